import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { Committee } from '../../shared/model/records.ts'
import { type AttendanceFigures, RHYTHM_BUCKET } from './attendance-figures.ts'
import type { Marks } from './marks.ts'
import type { Shown } from './shown.ts'

/** Nobody is called silent sooner, ms: a queue may be read off in one go. */
export const SHORTEST_SILENCE = 5 * 60_000
/**
 * Marks missed before a committee is called silent. If electors come independently of each other, a committee that goes on
 * working misses twelve in a row by chance six times in a million (e^-12): less than once on a day of 100 000 marks.
 */
export const MISSED_MARKS = 12
/** Marks of all committees before the day is said to have begun. */
const BEGUN = 50
/** A committee's share is looked at by the half hour: so many bars of its rhythm. */
const BARS = 3
/** A half hour in which fewer marks were made elsewhere says nothing of a share. */
const BUSY = 20
/** Half hours before a committee is held against its own rhythm, not against its size. */
const LEARNT = 3
/** Turnout differs: where only the size is known, so much of what it would give is expected. */
const BY_SIZE = 0.5

/** A committee that marks nobody while the others go on. Times in ms by the day's clock. */
export type Silence = {
  /** Null: it has marked nobody at all. */
  readonly lastMarkAt: number | null
  readonly quietMs: number
  /** Marks it would have made since, at its own share of what was made elsewhere. */
  readonly missed: number
  /** Marks of all others since. */
  readonly elsewhere: number
  /** At its share of the last hour's marks elsewhere. */
  readonly perHour: number
}

/**
 * Says which committees are silent: the one source of that fact. The method: a committee's rhythm is its share of the marks
 * made elsewhere, as the median over the half hours of its day before its last mark. The median is robust: a lunch break, a
 * bus-load or an earlier silence moves it little; and a share follows the neighbours' pace, so that a slow hour for
 * everybody is no silence. What it would have marked since its last mark is that share of what the others have marked since
 * then. Silent is who has missed twelve and been quiet for five minutes. A committee too slow for a median above nought is
 * held against its share of the whole day, one with less than three half hours behind it against half its share of the
 * electors. The clock is the latest mark of all: while nothing comes from anywhere nobody falls silent, the link is. Before
 * the day has begun, in any other phase than voting, and where every elector has come, nobody is.
 */
export function silenceIn({ figures, projection }: Shown): (committee: Committee) => Silence | null {
  const { attendance } = figures
  const { latest } = attendance.perMinute
  const [election] = projection.of('election').values()
  if (latest === null || attendance.attended < BEGUN || election?.record.phase !== 'VOTING_DAY') return () => null
  let day: WholeDay | null = null
  return (committee) => {
    const { attended, rhythm } = attendance.of(committee.code)
    if (attended >= committee.electors) return null
    if (rhythm.latest !== null && latest - rhythm.latest < SHORTEST_SILENCE) return null
    day ??= wholeDay(attendance.perMinute)
    const all = day
    const last = rhythm.latest ?? all.from
    const quietMs = latest - last
    if (quietMs < SHORTEST_SILENCE) return null
    const elsewhere = all.since(last)
    const share =
      learntShare(rhythm, all, last) ??
      (BY_SIZE * committee.electors) / Math.max(1, figures.electors - committee.electors)
    const missed = share * elsewhere
    if (missed < MISSED_MARKS) return null
    const perHour = share * (attendance.within(60, latest) - ownLately(rhythm, latest))
    return {
      lastMarkAt: rhythm.latest,
      quietMs,
      missed: Math.round(missed),
      elsewhere,
      perHour: Math.round(perHour),
    }
  }
}

/**
 * The part of the others' marks that a committee makes at its own pace; null: too little of the day is behind it to know.
 */
export function usualShare(attendance: AttendanceFigures, committee: CommitteeCode): number | null {
  const { latest } = attendance.perMinute
  if (latest === null) return null
  return learntShare(attendance.of(committee).rhythm, wholeDay(attendance.perMinute), latest)
}

/** A committee's own marks within an hour, to a bar. */
function ownLately(rhythm: Marks, latest: number): number {
  const last = rhythm.numberOf(latest)
  let own = 0
  for (let bar = 0; bar < 2 * BARS; bar++) own += rhythm.in(last - bar)
  return own
}

type WholeDay = {
  /** Start of the first half hour with a mark, ms. */
  readonly from: number
  readonly first: number
  /** Marks in the half hour of this number. */
  in(half: number): number
  /** Marks in the minutes after that of `at`, ms. */
  since(at: number): number
}

const HALF = BARS * RHYTHM_BUCKET

/** The whole election's marks by half hour and since a minute, each summed when first asked for. */
function wholeDay(perMinute: Marks): WholeDay {
  const halves = new Map<number, number>()
  const span = perMinute.span() ?? { first: 0, last: 0 }
  const perHalf = HALF / perMinute.width
  for (const [minute, count] of perMinute.each()) {
    const half = Math.floor(minute / perHalf)
    halves.set(half, (halves.get(half) ?? 0) + count)
  }
  const sums = new Map<number, number>()
  return {
    from: span.first * perMinute.width,
    first: Math.floor(span.first / perHalf),
    in: (half) => halves.get(half) ?? 0,
    since(at) {
      const from = perMinute.numberOf(at)
      const known = sums.get(from)
      if (known !== undefined) return known
      let sum = 0
      for (let minute = from + 1; minute <= span.last; minute++) sum += perMinute.in(minute)
      sums.set(from, sum)
      return sum
    },
  }
}

/** Null: too little of the day is behind it to know. */
function learntShare(rhythm: Marks, all: WholeDay, last: number): number | null {
  const shares: number[] = []
  const sum = { own: 0, elsewhere: 0 }
  for (let half = all.first; (half + 1) * HALF <= last; half++) {
    let own = 0
    for (let bar = 0; bar < BARS; bar++) own += rhythm.in(half * BARS + bar)
    const elsewhere = all.in(half) - own
    if (elsewhere < BUSY) continue
    shares.push(own / elsewhere)
    sum.own += own
    sum.elsewhere += elsewhere
  }
  if (shares.length < LEARNT) return null
  shares.sort((a, b) => a - b)
  const middle = shares.length >> 1
  const upper = shares[middle] ?? 0
  const median = shares.length % 2 === 1 ? upper : ((shares[middle - 1] ?? 0) + upper) / 2
  return median > 0 ? median : sum.own / sum.elsewhere
}
