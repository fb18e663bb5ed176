import type { Source } from '../../shared/rpc/define.ts'
import type { Headline } from '../../shared/view/board.ts'
import type { Book } from '../book.ts'
import type { Clock } from '../ports.ts'
import { PACE, paced } from './pace.ts'

/** The sums of the whole election, made from figures that are always up to date. */
export function headlineOf(book: Book, now: number): Headline {
  const { figures, projection } = book
  const { attendance, guarantees, counts } = figures
  // A rehearsal's day may run ahead of this desk's clock: then "the last 15 minutes" are the day's.
  const until = Math.max(now, attendance.latestAt ?? 0)
  const [election] = projection.of('election').values()
  return {
    election: election?.record ?? null,
    electors: figures.electors,
    attended: attendance.attended,
    pendingAttendance: attendance.pending,
    attendedLast: {
      m15: attendance.within(15, until),
      m30: attendance.within(30, until),
      m60: attendance.within(60, until),
    },
    ...guarantees.all,
    committees: projection.of('committee').size,
    entries: { ...counts.entries },
    ballotsCast: counts.cast,
    ballotsInvalid: counts.invalid,
    votes: counts.votes,
    votesVerified: counts.votesVerified,
    latestAttendanceAt: attendance.latestAt,
  }
}

export const headlineSource =
  (book: Book, clock: Clock): Source<null, Headline, Headline> =>
  (_input, changed) => {
    const pace = paced(clock, PACE.figures, changed)
    const stop = book.listen({ shifted: () => pace.tell('headline') })
    const read = () => headlineOf(book, clock.now())
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        stop()
        pace.stop()
      },
    }
  }
