import type { CommitteeCode } from '../../shared/model/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { User } from '../../shared/view/session.ts'
import { seesCommittee } from '../authority.ts'
import type { Book } from '../book.ts'
import type { Clock, DiskFault } from '../ports.ts'
import type { PaperTurn } from './paper-turn.ts'
import { NO_MARKS, ownMarks, ownSums } from '../projection/own-marks.ts'

export type PaperFault =
  | 'not-allowed'
  | 'role-too-low'
  | 'not-your-committee'
  | 'not-open'
  | 'not-known'
  | 'needs-reason'
  | 'not-saved'

export type PaperParts = {
  readonly clock: Clock
  readonly book: () => Book | null
  readonly user: () => User | null
  readonly failed: (fault: DiskFault) => void
}

/**
 * Counts of the paper lists that lie in the polling places: written through to the disk, with what the server had at that
 * moment, and never sent: no server has a place for them. A count is never changed; a later one takes its place, with a reason.
 */
export class PaperActs {
  readonly #parts: PaperParts

  constructor(parts: PaperParts) {
    this.#parts = parts
  }

  enter(input: {
    readonly committee: CommitteeCode
    readonly count: number
    readonly reason: string
  }): Result<null, PaperFault> {
    const { committee, count, reason } = input
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!user) return err('not-allowed')
    if (user.role === 'VIEWER') return err('role-too-low')
    if (!seesCommittee(user, committee)) return err('not-your-committee')
    if (!book) return err('not-open')
    const { figures, projection } = book
    if (!figures.idOf.has(committee)) return err('not-known')
    if (projection.paper.of(committee) !== null && reason === '') return err('needs-reason')
    const { attended } = figures.attendance.of(committee)
    const { unsent, unseen } = ownSums(ownMarks(projection, committee)).get(committee) ?? NO_MARKS
    const at = this.#parts.clock.now()
    const then = { attended, waiting: unsent + unseen }
    const turn: PaperTurn = { does: 'counted', committee, by: user.email, at, count, reason, ...then }
    const written = book.commit([{ is: 'paper', turn }], 'power')
    if (written.ok) return ok(null)
    this.#parts.failed(written.error)
    return err('not-saved')
  }
}
