import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { Headline } from '../../shared/view/board.ts'
import type { Target } from '../../shared/view/incident.ts'
import { expectedBy } from '../projection/expected.ts'
import type { Shown } from '../projection/shown.ts'
import type { Clock } from '../ports.ts'
import { every, PACE, paced } from './pace.ts'

/** "The last 15 minutes" move on by themselves: told again this often, ms. */
const TIME_MOVES = 15_000

/** Committees whose attendance the viewer sees; null: all. Others are left out of both sides of each share. */
export type Scope = ReadonlySet<string> | null

/** The sums of the whole election, made from figures that are always up to date. */
export function headlineOf(book: Shown, now: number, scope: Scope, target: Target | null = null): Headline {
  const { figures, projection } = book
  const { attendance, guarantees, counts } = figures
  // A rehearsal's day may run ahead of this desk's clock: then "the last 15 minutes" are the day's.
  const until = Math.max(now, attendance.perMinute.latest ?? 0)
  const [election] = projection.of('election').values()
  const electors = electorsOf(book, null, scope)
  const { pledgedElectors: _electors, pledgedElectorsSeen: _seen, ...pledges } = guarantees.all
  return {
    election: election?.record ?? null,
    electors,
    expected: target && { ...target, now: expectedBy(target, electors, until) },
    attended: attendance.attended,
    pendingAttendance: attendance.pending,
    attendedLast: {
      m15: attendance.within(15, until),
      m30: attendance.within(30, until),
      m60: attendance.within(60, until),
    },
    ...pledges,
    promised: promisedIn(book, scope),
    committees: scope === null ? projection.of('committee').size : scope.size,
    entries: { ...counts.entries },
    ballotsCast: counts.cast,
    ballotsInvalid: counts.invalid,
    votes: counts.votes,
    votesVerified: counts.votesVerified,
    latestAttendanceAt: attendance.perMinute.latest,
  }
}

/** Who promised in committees this desk knows and the viewer sees; and how many others did. */
function promisedIn(book: Shown, scope: Scope): Headline['promised'] {
  const promised = { electors: 0, seen: 0, beyond: 0 }
  for (const [code, { electors, electorsSeen }] of book.figures.pledgedElectors()) {
    if (code === null || !(scope?.has(code) ?? true)) promised.beyond += electors
    else {
      promised.electors += electors
      promised.seen += electorsSeen
    }
  }
  return promised
}

/** Entitled to vote in one committee, or in all the viewer sees. */
export function electorsOf(book: Shown, committee: CommitteeCode | null, scope: Scope): number {
  if (committee === null && scope === null) return book.figures.electors
  let electors = 0
  for (const { record } of book.projection.of('committee').values())
    if (committee === null ? scope?.has(record.code) : record.code === committee) electors += record.electors
  return electors
}

export const headlineSource =
  (book: Shown, clock: Clock, scope: () => Scope, target: () => Target | null): Source<null, Headline, Headline> =>
  (_input, changed) => {
    const pace = paced(clock, PACE.figures, changed)
    const tell = () => pace.tell('headline')
    const stop = book.listen({ shifted: tell, timeMoved: tell })
    const stopClock = every(clock, TIME_MOVES, tell)
    const read = () => headlineOf(book, clock.now(), scope(), target())
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        stopClock()
        stop()
        pace.stop()
      },
    }
  }
