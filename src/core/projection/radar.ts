import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { Polls } from '../../shared/view/incident.ts'
import type { Gap, Projection, RadarView } from '../../shared/view/pledges.ts'
import { atClosing, HALF_HOUR } from './closing.ts'
import type { Shown } from './shown.ts'

const HOUR = 2 * HALF_HOUR
/** Columns of hours: a day of polling and what is marked late. */
const MOST_HOURS = 18

export type RadarParts = {
  /** This desk's clock, ms. */
  readonly now: number
  /** When polls open and close, where the desk was told. */
  readonly target: Polls | null
  /** Committees whose attendance the viewer sees; null: all. */
  readonly scope: ReadonlySet<string> | null
}

type Tally = { pledged: number; seen: number; readonly halves: Map<number, number> }
const none = (): Tally => ({ pledged: 0, seen: 0, halves: new Map() })

/**
 * Who pledged and was not seen: electors, each once however many collectors they promised, by committee and by the hour they
 * were marked in. One pass over the guarantees.
 */
export function radarOf(book: Shown, { now, target, scope }: RadarParts): RadarView {
  const { perMinute } = book.figures.attendance
  const at = Math.max(now, perMinute.latest ?? 0)
  const [election] = book.projection.of('election').values()
  const day = dayOf(book, at, target)
  const { all, committees, beyond } = tallied(book, scope)
  const closing = (tally: Tally): Projection => {
    if (election?.record.phase !== 'VOTING_DAY') return { is: 'nothing', because: 'not-voting' }
    if (target === null) return { is: 'nothing', because: 'no-closing' }
    const halves = day.halves.map((half) => tally.halves.get(half) ?? 0)
    const [first = 0] = day.halves
    const before = [...tally.halves].reduce((sum, [half, seen]) => (half < first ? sum + seen : sum), 0)
    return atClosing({ pledged: tally.pledged, seen: tally.seen, before, halves, left: day.left })
  }
  const gapOf = (tally: Tally): Gap => ({
    pledged: tally.pledged,
    seen: tally.seen,
    byHour: day.hours.map((hour) => (tally.halves.get(2 * hour) ?? 0) + (tally.halves.get(2 * hour + 1) ?? 0)),
    closing: closing(tally),
  })
  const missing = ({ pledged, seen }: Gap) => pledged - seen
  return {
    at,
    closes: target?.closes ?? null,
    hours: day.hours.map((hour) => hour * HOUR),
    all: gapOf(all),
    committees: [...committees]
      .map(([code, tally]) => ({ code, ...gapOf(tally) }))
      .toSorted((a, b) => missing(b) - missing(a) || b.pledged - a.pledged || (a.code < b.code ? -1 : 1)),
    beyond,
  }
}

function tallied(book: Shown, scope: ReadonlySet<string> | null) {
  const { attendance, idOf } = book.figures
  const all = none()
  const committees = new Map<CommitteeCode, Tally>()
  let beyond = 0
  for (const { record } of book.projection.of('guarantee').values()) {
    if (book.figures.guarantees.pledgeOf(record.elector)?.id !== record.id) continue
    const place = book.figures.placeOf(record)
    if (place === null || !idOf.has(place) || !(scope?.has(place) ?? true)) {
      beyond += 1
      continue
    }
    const tally = committees.get(place) ?? none()
    committees.set(place, tally)
    const seenAt = attendance.seenAt(record.elector)
    for (const each of [all, tally]) {
      each.pledged += 1
      if (seenAt === null) continue
      each.seen += 1
      const half = Math.floor(seenAt / HALF_HOUR)
      each.halves.set(half, (each.halves.get(half) ?? 0) + 1)
    }
  }
  return { all, committees, beyond }
}

/** The hours the day has had, its whole half hours so far, and how many half hours are left to closing. */
function dayOf(book: Shown, at: number, target: RadarParts['target']) {
  const { perMinute } = book.figures.attendance
  const span = perMinute.span()
  const until = target ? Math.min(at, target.closes) : at
  if (span === null) return { hours: [], halves: [], left: leftOf(target, at) }
  const first = span.first * perMinute.width
  const last = span.last * perMinute.width
  // Marks from another day, as a test in the week before, are no hours of this one.
  const from = Math.max(first, last - (MOST_HOURS - 1) * HOUR)
  const hours = range(Math.floor(from / HOUR), Math.floor(last / HOUR))
  const opens = target && target.opens <= last ? Math.max(target.opens, from) : from
  const halves = range(Math.ceil(opens / HALF_HOUR - 1e-9), Math.floor(until / HALF_HOUR) - 1)
  return { hours, halves, left: leftOf(target, at) }
}

const leftOf = (target: RadarParts['target'], at: number): number =>
  target === null ? 0 : (target.closes - at) / HALF_HOUR

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
