import type { Unsubscribe } from '../../shared/port.ts'
import { assertNever } from '../../shared/result.ts'
import type { CallTurn } from '../../shared/view/calls.ts'
import type { User } from '../../shared/view/session.ts'
import type { Book } from '../book.ts'
import { utc } from '../evidence/facts.ts'
import type { Clock } from '../ports.ts'
import type { Untold } from '../projection/calls.ts'
import type { Sharing, Told } from '../sharing.ts'
import { CALL_PATHS, callIn, callInRefusal, keepCall } from './call-record.ts'

/** What the server did not answer is told again after this, ms; a link that comes back asks at once. */
const AGAIN_AFTER = 15_000

export type TellerParts = {
  readonly clock: Clock
  readonly book: () => Book | null
  readonly user: () => User | null
  readonly sharing: Sharing
}

/**
 * Tells the server what was done about calls while it could not be asked: in order, each under the key it was written with, only
 * in the name of who did it. It owns one pass at a time and the wait before the next; what is left to tell is in the journal.
 */
export class CallTeller {
  readonly #parts: TellerParts
  #pass: Promise<void> | null = null
  #again: Unsubscribe = () => {}

  constructor(parts: TellerParts) {
    this.#parts = parts
  }

  /** Resolves once everything was told that can be told now. */
  async look(): Promise<void> {
    // What was written while a pass was under way may have come too late for it.
    while (this.#pass) await this.#pass
    this.#pass = this.#tellAll()
    await this.#pass
    this.#pass = null
  }

  stop(): void {
    this.#again()
  }

  async #tellAll(): Promise<void> {
    this.#again()
    for (;;) {
      const [book, user] = [this.#parts.book(), this.#parts.user()]
      if (!book || !user || this.#parts.sharing.of('calls') !== 'shared') return
      const next = book.projection.duty.calls.untold().find(({ turn }) => turn.by === user.email)
      if (!next) return
      const told = await this.#tell(next)
      if (this.#parts.book() !== book) return
      if (told.is === 'unreachable' || !this.#note(book, next, told)) {
        this.#again = this.#parts.clock.after(AGAIN_AFTER, () => void this.look())
        return
      }
    }
  }

  #tell({ key, at, turn }: Untold): Promise<Told> {
    const path = pathOf(turn)
    const { elector } = turn
    // Over by now: it need not be asked for any more.
    if (path === null || (turn.does === 'claimed' && turn.until <= this.#parts.clock.now()))
      return Promise.resolve({ is: 'refused', status: 0, message: '', errors: null })
    const window = 'window' in turn ? { window: turn.window } : {}
    const caller = 'caller' in turn ? { caller: turn.caller } : {}
    const came = turn.does === 'called' ? { outcome: turn.outcome, calledAt: utc(at) } : {}
    return this.#parts.sharing.tell(path, { elector, ...caller, ...window, ...came }, key)
  }

  /** False: the disk refuses; it is told again under the same key. */
  #note(book: Book, { key, turn }: Untold, told: Exclude<Told, { is: 'unreachable' }>): boolean {
    const { elector, by } = turn
    const how = told.is === 'taken' ? 'taken' : turn.does === 'claimed' ? 'lost' : 'refused'
    if (told.is === 'taken') keepCall(book, callIn(told.reply), told.reply.position)
    else keepCall(book, callInRefusal(told.errors), null)
    return book.commit([{ is: 'call', turn: { does: 'told', elector, by, key, how } }], 'power').ok
  }
}

function pathOf({ does }: CallTurn): string | null {
  switch (does) {
    case 'claimed':
    case 'released':
    case 'called':
      return CALL_PATHS[does]
    case 'told':
      return null
    default:
      return assertNever(does)
  }
}
