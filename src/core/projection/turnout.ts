import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { TurnoutPoint } from '../../shared/view/board.ts'
import type { Shown } from './shown.ts'

/** A chart never gets more points than it has pixels for. */
const MOST_POINTS = 240

/** Turnout through the day as a running sum, thinned to at most 240 points; of one committee or of all. */
export function turnoutOf(book: Shown, committee: CommitteeCode | null): TurnoutPoint[] {
  const { attendance } = book.figures
  const marks = committee === null ? attendance.perMinute : attendance.of(committee).rhythm
  const span = marks.span()
  if (!span) return []
  const { first, last } = span
  const step = Math.ceil((last - first + 1) / MOST_POINTS)
  const buckets = Array.from({ length: Math.ceil((last - first + 1) / step) }, () => ({ attended: 0, pledged: 0 }))
  // A moment whose own mark was taken away since still counts, at the end it is nearest to.
  const bucketOf = (number: number) =>
    buckets[Math.min(buckets.length - 1, Math.max(0, Math.floor((number - first) / step)))]
  for (const [number, count] of marks.each()) {
    const bucket = bucketOf(number)
    if (bucket) bucket.attended += count
  }
  for (const { record } of book.projection.of('guarantee').values()) {
    if (record.status !== 'GUARANTEED') continue
    if (committee !== null && book.figures.placeOf(record) !== committee) continue
    const seenAt = attendance.seenAt(record.elector)
    const bucket = seenAt === null ? undefined : bucketOf(marks.numberOf(seenAt))
    if (bucket) bucket.pledged += 1
  }
  let attended = 0
  let pledgedAttended = 0
  return buckets.map((bucket, index) => {
    attended += bucket.attended
    pledgedAttended += bucket.pledged
    return { at: (first + index * step + step / 2) * marks.width, attended, pledgedAttended }
  })
}
