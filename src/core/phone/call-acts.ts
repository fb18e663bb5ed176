import type { CommandKey, ElectorNumber } from '../../shared/model/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CallOutcome, CallTurn } from '../../shared/view/calls.ts'
import type { User } from '../../shared/view/session.ts'
import { isOwn, scopeOf } from '../authority.ts'
import type { Book } from '../book.ts'
import type { Action } from '../outbox/action.ts'
import type { Clock, DiskFault } from '../ports.ts'

/** A claim nobody keeps ends by itself: longer than a call takes, shorter than a forgotten one may stand in the way. ms. */
export const CLAIM_LASTS = 10 * 60_000

type Fault = 'not-open' | 'not-allowed' | 'not-saved'
export type CallFault = Fault | 'not-to-call' | 'claimed' | 'not-claimed'
type Who = { readonly elector: ElectorNumber; readonly window: string }

export type CallParts = {
  readonly clock: Clock
  readonly book: () => Book | null
  readonly user: () => User | null
  readonly failed: (fault: DiskFault) => void
  /** Gives an action to the outbox. */
  readonly act: (action: Action) => Result<CommandKey, string>
}

/**
 * Who rings whom from this desk: written through to the disk, told by the projection to every window at once. The server has
 * no place for it, so another desk does not know; what it can carry of an outcome goes to it like anything else typed here.
 */
export class CallActs {
  readonly #parts: CallParts

  constructor(parts: CallParts) {
    this.#parts = parts
  }

  claim({ elector, window, caller }: Who & { readonly caller: string }): Result<{ until: number }, CallFault> {
    const ready = this.#ready(elector)
    if (!ready.ok) return ready
    const { book, by } = ready.value
    const now = this.#parts.clock.now()
    const held = book.projection.duty.calls.claimOf(elector, now)
    if (held && held.window !== window) return err('claimed')
    const until = now + CLAIM_LASTS
    const written = this.#write(book, { does: 'claimed', elector, by, caller, window, until })
    return written.ok ? ok({ until }) : written
  }

  release({ elector, window }: Who): Result<null, CallFault> {
    const ready = this.#holding({ elector, window })
    if (!ready.ok) return ready
    const { book, by } = ready.value
    return this.#write(book, { does: 'released', elector, by, window })
  }

  outcome(
    input: Who & { readonly caller: string; readonly outcome: CallOutcome; readonly note: string },
  ): Result<{ toServer: boolean }, CallFault> {
    const ready = this.#holding(input)
    if (!ready.ok) return ready
    const { book, by } = ready.value
    const { elector, window, caller, outcome, note } = input
    const written = this.#write(book, { does: 'called', elector, by, caller, window, outcome, note })
    if (!written.ok) return written
    return ok({ toServer: this.#tellServer(book, elector, outcome, note) })
  }

  /** Confirmation and note of the viewer's own guarantee. True where something is on its way. */
  #tellServer(book: Book, elector: ElectorNumber, outcome: CallOutcome, note: string): boolean {
    const user = this.#parts.user()
    const own = book.projection.desk.guaranteesOf(elector).find(({ record }) => isOwn(user, record))?.record
    if (!own) return false
    const confirmation = CONFIRMATION[outcome]
    const actions: Action[] = []
    if (confirmation !== null && confirmation !== own.confirmation)
      actions.push({ does: 'guarantee.confirm', id: own.id, confirmation })
    if (note !== '') actions.push({ does: 'guarantee.note', id: own.id, text: note, important: false })
    return actions.map((action) => this.#parts.act(action).ok).some(Boolean)
  }

  /** A call that is this window's. */
  #holding({ elector, window }: Who): Result<{ readonly book: Book; readonly by: string }, CallFault> {
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!user) return err('not-allowed')
    if (!book) return err('not-open')
    // What a call came to is kept also where the elector was seen meanwhile.
    const held = book.projection.duty.calls.claimOf(elector, this.#parts.clock.now())
    return held?.window === window ? ok({ book, by: user.email }) : err('not-claimed')
  }

  #ready(elector: ElectorNumber): Result<{ readonly book: Book; readonly by: string }, CallFault> {
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!user) return err('not-allowed')
    if (!book) return err('not-open')
    const scope = scopeOf(user)
    const isOpen = book.projection.desk.guaranteesOf(elector).some(({ record }) => {
      const place = book.figures.placeOf(record)
      return record.status === 'GUARANTEED' && place !== null && (scope?.has(place) ?? true)
    })
    if (!isOpen || book.figures.attendance.seenAt(elector) !== null) return err('not-to-call')
    return ok({ book, by: user.email })
  }

  #write(book: Book, turn: CallTurn): Result<null, 'not-saved'> {
    const written = book.commit([{ is: 'call', turn }], 'power')
    if (written.ok) return ok(null)
    this.#parts.failed(written.error)
    return err('not-saved')
  }
}

/** What the server has words for; null: nothing. */
const CONFIRMATION = {
  coming: 'CONFIRMED',
  came: null,
  'no-answer': 'NOT_AVAILABLE',
  'wrong-number': 'NOT_AVAILABLE',
  'not-coming': null,
} as const satisfies Record<CallOutcome, 'CONFIRMED' | 'NOT_AVAILABLE' | null>
