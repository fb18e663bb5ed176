import { err, ok, type Result } from '../../shared/result.ts'
import { type IncidentTurn, isOpen } from '../../shared/view/incident.ts'
import type { Role, User } from '../../shared/view/session.ts'
import type { Book } from '../book.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { Clock, DiskFault } from '../ports.ts'
import { shiftReport } from './shift-report.ts'

type Fault = 'not-open' | 'not-allowed' | 'not-saved'
export type IncidentFault = Fault | 'unknown' | 'resolved-already'

export type DutyParts = {
  readonly clock: Clock
  readonly book: () => Book | null
  readonly user: () => User | null
  readonly failed: (fault: DiskFault) => void
}

/** What people on duty do with incidents and with their shift: checked, written through to the disk, told by the projection. */
export class DutyActs {
  readonly #parts: DutyParts

  constructor(parts: DutyParts) {
    this.#parts = parts
  }

  /** Makes it one's own; whose it was before is in its history. */
  acknowledge(id: string): Result<null, IncidentFault> {
    return this.#turn(id, (by) => ({ does: 'acknowledged', by }))
  }
  resolve(id: string, note: string): Result<null, IncidentFault> {
    return this.#turn(id, (by) => ({ does: 'resolved', by, note }))
  }
  /** Quiet for so many ms. */
  snooze(id: string, ms: number): Result<null, IncidentFault> {
    return this.#turn(id, (by) => ({ does: 'snoozed', by, until: this.#parts.clock.now() + ms }))
  }
  escalate(id: string, to: Role, note: string): Result<null, IncidentFault> {
    return this.#turn(id, (by) => ({ does: 'escalated', by, to, note }))
  }
  note(id: string, note: string): Result<null, IncidentFault> {
    return this.#turn(id, (by) => ({ does: 'noted', by, note }), true)
  }

  handOver(note: string): Result<null, Fault> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, by } = ready.value
    const now = this.#parts.clock.now()
    const report = shiftReport(book, now)
    return this.#write(book, { is: 'shift', turn: { does: 'handed-over', id: `shift@${now}`, by, note, report } })
  }

  /** Whoever handed over cannot take it from themselves. */
  accept(id: string): Result<null, Fault | 'unknown' | 'accepted-already' | 'own-hand-over'> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, by } = ready.value
    const { handOver } = book.projection.duty
    if (handOver?.id !== id) return err('unknown')
    if (handOver.acceptedBy !== null) return err('accepted-already')
    if (handOver.by === by) return err('own-hand-over')
    return this.#write(book, { is: 'shift', turn: { does: 'accepted', id, by } })
  }

  #turn(id: string, make: (by: string) => IncidentTurn, alsoResolved = false): Result<null, IncidentFault> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, by } = ready.value
    const one = book.projection.duty.incidents.find(id)
    if (!one) return err('unknown')
    if (!alsoResolved && !isOpen(one)) return err('resolved-already')
    return this.#write(book, { is: 'incident', id, turn: make(by) })
  }

  #ready(): Result<{ readonly book: Book; readonly by: string }, 'not-open' | 'not-allowed'> {
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!user) return err('not-allowed')
    return book ? ok({ book, by: user.email }) : err('not-open')
  }

  #write(book: Book, event: JournalEvent): Result<null, 'not-saved'> {
    const written = book.commit([event], 'power')
    if (written.ok) return ok(null)
    this.#parts.failed(written.error)
    return err('not-saved')
  }
}
