import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { Span, TurnoutPoint } from '../../shared/view/board.ts'
import type { Target } from '../../shared/view/incident.ts'
import { expectedBy } from './expected.ts'
import type { Marks } from './marks.ts'
import type { Shown } from './shown.ts'

/** A chart never gets more points than it has pixels for. */
const MOST_POINTS = 240

/** `electors`: those that the target is a share of. */
export type Wished = {
  readonly committee: CommitteeCode | null
  /** The part of the day, ms; null: all of it. */
  readonly span?: Span | null
  readonly target?: Target | null
  readonly electors?: number
}

/** From which stretch to which, how many of them make one point, and whether what lies outside belongs to the ends. */
type Range = { readonly first: number; readonly last: number; readonly step: number; readonly isPart: boolean }

/**
 * Turnout through the day as a running sum, of one committee or of all, with what was expected by then. At most 240 points; of a
 * part of the day they are finer, with one on either side so that the line goes on to the edge.
 */
export function turnoutOf(
  book: Shown,
  { committee, span = null, target = null, electors = 0 }: Wished,
): TurnoutPoint[] {
  const { attendance } = book.figures
  const marks = committee === null ? attendance.perMinute : attendance.of(committee).rhythm
  const range = rangeOf(marks, span)
  if (!range) return []
  const { first, last, step, isPart } = range
  const before = { attended: 0, pledged: 0 }
  const buckets = Array.from({ length: Math.ceil((last - first + 1) / step) }, () => ({ attended: 0, pledged: 0 }))
  // A moment whose own mark was taken away since still counts, at the end it is nearest to.
  const bucketOf = (number: number) => {
    if (isPart && number < first) return before
    if (isPart && number > last) return undefined
    return buckets[Math.min(buckets.length - 1, Math.max(0, Math.floor((number - first) / step)))]
  }
  for (const [number, count] of marks.each()) {
    const bucket = bucketOf(number)
    if (bucket) bucket.attended += count
  }
  for (const { record } of book.projection.of('guarantee').values()) {
    if (book.figures.guarantees.pledgeOf(record.elector)?.id !== record.id) continue
    if (committee !== null && book.figures.placeOf(record) !== committee) continue
    const seenAt = attendance.seenAt(record.elector)
    const bucket = seenAt === null ? undefined : bucketOf(marks.numberOf(seenAt))
    if (bucket) bucket.pledged += 1
  }
  let { attended, pledged: pledgedAttended } = before
  return buckets.map((bucket, index) => {
    attended += bucket.attended
    pledgedAttended += bucket.pledged
    const at = (first + index * step + step / 2) * marks.width
    return { at, attended, pledgedAttended, expected: target && expectedBy(target, electors, at) }
  })
}

/** Null: nothing was marked, or nothing of it lies there. */
function rangeOf(marks: Marks, part: Span | null): Range | null {
  const span = marks.span()
  if (!span) return null
  const first = part === null ? span.first : Math.max(span.first, marks.numberOf(part.from) - 1)
  const last = part === null ? span.last : Math.min(span.last, marks.numberOf(part.to) + 1)
  return last < first ? null : { first, last, step: Math.ceil((last - first + 1) / MOST_POINTS), isPart: part !== null }
}
