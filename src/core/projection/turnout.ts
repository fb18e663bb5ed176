import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { TurnoutPoint } from '../../shared/view/board.ts'
import type { Book } from '../book.ts'
import { RHYTHM_BUCKET } from './attendance-figures.ts'

/** A chart never gets more points than it has pixels for. */
const MOST_POINTS = 240
const MINUTE = 60_000

/** Turnout through the day as a running sum, thinned to at most 240 points; of one committee or of all. */
export function turnoutOf(book: Book, committee: CommitteeCode | null): TurnoutPoint[] {
  const { attendance } = book.figures
  const width = committee === null ? MINUTE : RHYTHM_BUCKET
  const marks = committee === null ? attendance.perMinute : attendance.of(committee).rhythm
  if (marks.size === 0) return []
  const { first, last } = span(marks)
  const step = Math.max(1, Math.ceil((last - first + 1) / MOST_POINTS))
  const buckets = Array.from({ length: Math.ceil((last - first + 1) / step) }, () => ({ attended: 0, pledged: 0 }))
  const bucketAt = (number: number) => buckets[Math.floor((number - first) / step)]
  for (const [number, count] of marks) {
    const bucket = bucketAt(number)
    if (bucket) bucket.attended += count
  }
  for (const { record } of book.projection.of('guarantee').values()) {
    if (record.status !== 'GUARANTEED') continue
    if (committee !== null && record.committeeCode !== committee) continue
    const seenAt = attendance.seenAt(record.elector)
    const bucket = seenAt === null ? undefined : bucketAt(Math.floor(seenAt / width))
    if (bucket) bucket.pledged += 1
  }
  let attended = 0
  let pledgedAttended = 0
  return buckets.map((bucket, index) => {
    attended += bucket.attended
    pledgedAttended += bucket.pledged
    return { at: (first + index * step + step / 2) * width, attended, pledgedAttended }
  })
}

function span(marks: ReadonlyMap<number, number>): { readonly first: number; readonly last: number } {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const number of marks.keys()) {
    first = Math.min(first, number)
    last = Math.max(last, number)
  }
  return { first, last }
}
