import type { CommandKey, ElectorNumber } from '../../shared/model/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CallOutcome, CallTurn, Claim } from '../../shared/view/calls.ts'
import type { User } from '../../shared/view/session.ts'
import { isOwn, scopeOf } from '../authority.ts'
import type { Book } from '../book.ts'
import type { Action } from '../outbox/action.ts'
import type { Clock, DiskFault } from '../ports.ts'
import type { Sharing } from '../sharing.ts'
import type { Teller } from '../teller.ts'
import { CALL_PATHS, callIn, callInRefusal, keepCall } from './call-record.ts'

/** A claim nobody keeps ends by itself: longer than a call takes, shorter than a forgotten one may stand in the way. ms. */
export const CLAIM_LASTS = 10 * 60_000

type Fault = 'not-open' | 'not-allowed' | 'not-saved'
export type CallFault = Fault | 'not-to-call' | 'claimed' | 'not-claimed'
type Who = { readonly elector: ElectorNumber; readonly window: string }
type Claimed = { readonly until: number; readonly from: Claim['from'] }
type Ready = { readonly book: Book; readonly by: string }

export type CallParts = {
  readonly clock: Clock
  readonly book: () => Book | null
  readonly user: () => User | null
  readonly failed: (fault: DiskFault) => void
  /** Gives an action to the outbox. */
  readonly act: (action: Action) => Result<CommandKey, string>
  readonly sharing: Sharing
  readonly teller: Teller
  readonly newKey: () => CommandKey
}

/**
 * Who rings whom. Where the server holds calls for all desks it is asked first, and its word is what counts; where it cannot be
 * reached, or has no place for it, the claim is this desk's alone and says so. What a call came to is on this desk's disk before
 * anybody is told.
 */
export class CallActs {
  readonly #parts: CallParts

  constructor(parts: CallParts) {
    this.#parts = parts
  }

  async claim({ elector, window, caller }: Who & { readonly caller: string }): Promise<Result<Claimed, CallFault>> {
    const ready = this.#ready(elector)
    if (!ready.ok) return ready
    const { book, by } = ready.value
    const { clock, sharing } = this.#parts
    const held = book.projection.duty.calls.claimOf(elector, clock.now())
    if (held && held.window !== window) return err('claimed')
    const key = this.#parts.newKey()
    if (sharing.of('calls') === 'shared') {
      const told = await sharing.tell(CALL_PATHS.claimed, { elector, caller, window }, key)
      if (this.#parts.book() !== book) return err('not-open')
      if (told.is === 'taken') {
        keepCall(book, callIn(told.reply), told.reply.position)
        const now = clock.now()
        const mine = book.projection.duty.calls.claimOf(elector, now)
        return ok({ until: mine?.until ?? now + CLAIM_LASTS, from: 'server' })
      }
      if (told.is === 'refused') {
        keepCall(book, callInRefusal(told.errors), null)
        return err(told.status === 409 ? 'claimed' : 'not-to-call')
      }
    }
    const until = clock.now() + CLAIM_LASTS
    const written = this.#write(book, { does: 'claimed', elector, by, caller, window, until, ...this.#owed(key) })
    if (!written.ok) return written
    void this.#parts.teller.look()
    return ok({ until, from: 'desk' })
  }

  async release({ elector, window }: Who): Promise<Result<null, CallFault>> {
    const ready = this.#holding({ elector, window })
    if (!ready.ok) return ready
    const { book, by } = ready.value
    const key = this.#parts.newKey()
    const written = this.#write(book, { does: 'released', elector, by, window, ...this.#owed(key) })
    if (written.ok) await this.#parts.teller.look()
    return written
  }

  async outcome(
    input: Who & { readonly caller: string; readonly outcome: CallOutcome; readonly note: string },
  ): Promise<Result<{ toServer: boolean; shared: boolean }, CallFault>> {
    const ready = this.#holding(input)
    if (!ready.ok) return ready
    const { book, by } = ready.value
    const { elector, window, caller, outcome, note } = input
    const key = this.#parts.newKey()
    const turn = { does: 'called', elector, by, caller, window, outcome, note, ...this.#owed(key) } as const // a turn's literal
    const written = this.#write(book, turn)
    if (!written.ok) return written
    const toServer = this.#tellServer(book, elector, outcome, note)
    await this.#parts.teller.look()
    const isTold = this.#parts.sharing.of('calls') !== 'alone' && !book.projection.duty.calls.hasUntold(elector)
    return ok({ toServer, shared: isTold })
  }

  /** The server is to be told, now or later, where it has a place for it. */
  #owed(key: CommandKey): { readonly key?: CommandKey } {
    return this.#parts.sharing.of('calls') === 'alone' ? {} : { key }
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
  #holding({ elector, window }: Who): Result<Ready, CallFault> {
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!user) return err('not-allowed')
    if (!book) return err('not-open')
    // What a call came to is kept also where the elector was seen meanwhile.
    const isTaken = book.projection.duty.calls.isTakenBy(elector, window, this.#parts.clock.now())
    return isTaken ? ok({ book, by: user.email }) : err('not-claimed')
  }

  #ready(elector: ElectorNumber): Result<Ready, CallFault> {
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
