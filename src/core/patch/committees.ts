import type { CommitteeId } from '../../shared/model/ids.ts'
import type { BallotEntry, Committee } from '../../shared/model/records.ts'
import { EVERYTHING, type Source } from '../../shared/rpc/define.ts'
import type { CommitteeRow } from '../../shared/view/board.ts'
import { silenceIn } from '../projection/silence.ts'
import type { Shown } from '../projection/shown.ts'
import type { Moved } from '../projection/figures.ts'
import { RHYTHM_BUCKET } from '../projection/attendance-figures.ts'
import type { Shift } from '../projection/table.ts'
import type { Clock } from '../ports.ts'
import type { Scope } from './headline.ts'
import { every, PACE, paced } from './pace.ts'

/** Bars of the sparkline: two hours. */
const BARS = 12
/** A committee is behind when its turnout is below this share of the whole election's. */
const BEHIND = 0.7
/** Of those who came, so many may leave no ballot: somebody goes home with it, or is marked by mistake. */
const WITHOUT_BALLOT = 0.01
/** Turnout says nothing before so many electors came. */
const ENOUGH = 50

/** How often it is looked what time alone has changed, ms. */
const LOOK_EVERY = 5_000

/** The row of one committee as it is now. */
export function committeeRow(book: Shown, committee: Committee, now: number): CommitteeRow {
  const { figures, projection } = book
  const attendance = figures.attendance.of(committee.code)
  const guarantees = figures.guarantees.of(committee.code, committee.name)
  const entry = projection.of('entry').get(committee.id)?.record
  const until = lastBar(book, now)
  return {
    id: committee.id,
    code: committee.code,
    name: committee.name,
    gender: committee.gender,
    electors: committee.electors,
    attended: attendance.attended,
    pending: attendance.pending,
    pledged: guarantees.pledged,
    pledgedAttended: guarantees.pledgedAttended,
    rhythm: Array.from({ length: BARS }, (_, bar) => attendance.rhythm.in(until - BARS + 1 + bar)),
    lastMarkAt: attendance.rhythm.latest,
    entry: entry?.status ?? 'NOT_STARTED',
    ballotsCast: entry?.cast ?? 0,
    votes: figures.counts.committee(committee.id).votes,
    condition: conditionIn(book)(committee),
  }
}

/** The number of the sparkline's last bar. A rehearsal's day may run ahead of this desk's clock. */
const lastBar = (book: Shown, now: number): number =>
  Math.floor(Math.max(now, book.figures.attendance.perMinute.latest ?? 0) / RHYTHM_BUCKET)

/**
 * Whether a sheet that is done fits those who came: never more ballots, and not fewer by more than one in a hundred. Where
 * nobody's attendance was marked there is nothing to hold the ballots against.
 */
function fitsWhoCame(entry: BallotEntry | undefined, attended: number): boolean {
  if (!entry || attended === 0 || (entry.status !== 'COMPLETED' && entry.status !== 'VERIFIED')) return true
  return entry.cast <= attended && attended - entry.cast <= attended * WITHOUT_BALLOT
}

/** Which committees need somebody, worst first: over its electors, silent, ballots that do not fit, behind. */
function conditionIn(book: Shown): (committee: Committee) => CommitteeRow['condition'] {
  const { figures, projection } = book
  const silence = silenceIn(book)
  const [election] = projection.of('election').values()
  const isVoting = election?.record.phase === 'VOTING_DAY'
  const whole = figures.attendance.attended
  const usual = whole < ENOUGH || figures.electors === 0 ? null : whole / figures.electors
  return (committee) => {
    const { attended } = figures.attendance.of(committee.code)
    if (attended > committee.electors) return 'over'
    const fits = fitsWhoCame(projection.of('entry').get(committee.id)?.record, attended)
    if (!isVoting) return fits ? 'fine' : 'count'
    if (silence(committee)) return 'silent'
    if (!fits) return 'count'
    if (usual === null || committee.electors === 0) return 'fine'
    return attended / committee.electors < usual * BEHIND ? 'behind' : 'fine'
  }
}

/** Which committees a shift concerns. */
function concerned(book: Shown, shift: Shift, moved: Moved): readonly CommitteeId[] {
  const { figures, projection } = book
  const ids = new Set<CommitteeId | undefined>()
  if (shift.kind === 'committee' || shift.kind === 'entry') ids.add(shift.key)
  if (shift.kind === 'count') ids.add((shift.after ?? shift.before)?.record.committee)
  if (shift.kind === 'attendance') {
    for (const held of [shift.before, shift.after]) if (held) ids.add(figures.idOf.get(held.record.committeeCode))
  }
  const guarantees = moved.guarantees.map((id) => projection.of('guarantee').get(id) ?? null)
  if (shift.kind === 'guarantee') guarantees.push(shift.before, shift.after)
  for (const held of guarantees) {
    if (!held) continue
    const place = figures.placeOf(held.record)
    if (place) ids.add(figures.idOf.get(place))
  }
  return [...ids].filter((id) => id !== undefined)
}

/**
 * What changes in a row although nothing happens to its committee: it falls silent, or behind the others, and its
 * sparkline moves on. Gives the rows concerned since the last look.
 */
function watchTime(book: Shown): (now: number) => readonly CommitteeId[] {
  const conditions = new Map<CommitteeId, CommitteeRow['condition']>()
  let bar = Number.NaN
  return (now) => {
    const moved = bar !== lastBar(book, now)
    bar = lastBar(book, now)
    const ids: CommitteeId[] = []
    const conditionOf = conditionIn(book)
    for (const { record } of book.projection.of('committee').values()) {
      const condition = conditionOf(record)
      if (moved || condition !== conditions.get(record.id)) ids.push(record.id)
      conditions.set(record.id, condition)
    }
    return ids
  }
}

/** All committees, then each as it changes. A committee taken away changes everything: the window gets a new snapshot. */
export const committeesSource =
  (book: Shown, clock: Clock, scope: () => Scope): Source<null, CommitteeRow[], CommitteeRow> =>
  (_input, changed) => {
    const pace = paced(clock, PACE.rows, changed)
    const movedBy = watchTime(book)
    movedBy(clock.now())
    const look = () => {
      for (const id of movedBy(clock.now())) pace.tell(String(id))
    }
    const stop = book.listen({
      timeMoved: look,
      shifted: (shift, moved) => {
        if (shift.kind === 'committee' && !(shift.before && shift.after)) return pace.tell(EVERYTHING)
        if (shift.kind === 'election') return pace.tell(EVERYTHING)
        for (const id of concerned(book, shift, moved)) pace.tell(String(id))
      },
    })
    const stopClock = every(clock, LOOK_EVERY, look)
    const isShown = (committee: Committee) => scope()?.has(committee.code) ?? true
    return {
      snapshot: () => {
        const now = clock.now()
        const committees = [...book.projection.of('committee').values()].map((held) => held.record)
        return committees.filter(isShown).map((committee) => committeeRow(book, committee, now))
      },
      patch: (key) => {
        const held = book.projection.of('committee').get(Number(key) as CommitteeId) // keys are told above from these ids
        return held && isShown(held.record) ? committeeRow(book, held.record, clock.now()) : null
      },
      stop: () => {
        stopClock()
        stop()
        pace.stop()
      },
    }
  }
