import type { RevokedView } from '../shared/view/session.ts'
import type { DiskFault, Ports } from './ports.ts'
import type { Book } from './book.ts'
import type { Current } from './patch/relay.ts'
import type { Session } from './session/session.ts'
import type { Revocation } from './session/revocation.ts'
import type { Revoked } from './settings.ts'

/**
 * Removes every journal of a server and all that was made of them here, except those in which something typed waits for an
 * answer. `waiting`: how many such there are. `events`: removed. No book of these journals may be open.
 */
export type Wiper = (
  server: string,
  why: string,
) => { readonly waiting: number; readonly events: number; readonly fault: DiskFault | null }

/** The running core, as far as orders go by it. */
type Desk = {
  readonly server: { readonly id: string }
  readonly session: Pick<Session, 'user'>
  readonly book: Current<Book | null>
}
type Kept = Readonly<Record<string, Revoked>>
export type RevocationsParts = {
  readonly ports: Pick<Ports, 'vault' | 'log' | 'clock'>
  readonly kept: () => Kept
  /** False: the disk refused. */
  readonly keep: (revoked: Kept) => boolean
  /** Null: this host removes nothing by itself. */
  readonly wipe: Wiper | null
}

/**
 * What servers ordered about accounts of this desk: written down when heard, carried out before anything of that server is
 * shown again, told until somebody signs in. It owns those entries and the carrying out. It never acts on a refusal that is
 * no order, and never removes what waits for an answer.
 */
export class Revocations {
  readonly #parts: RevocationsParts
  /** Orders the disk would not take: they hold while this process lives, and are heard again by the next. */
  readonly #unkept = new Map<string, Revoked>()

  constructor(parts: RevocationsParts) {
    this.#parts = parts
  }

  /** What holds for a server; null: nobody was revoked there. */
  of(server: string): Revoked | null {
    return this.#unkept.get(server) ?? this.#parts.kept()[server] ?? null
  }
  /** Whether the disk has the order. Where it has not, the sign-in is left in the keychain so that it is heard again. */
  isKept(server: string): boolean {
    return !this.#unkept.has(server)
  }
  isOwed(server: string): boolean {
    const revoked = this.of(server)
    return revoked !== null && revoked.wipe && revoked.is !== 'wiped'
  }

  /** Writes an order down. False: the disk refused. */
  heard({ server: { id: server }, book }: Desk, { order, by, at, wipe, account }: Revocation): boolean {
    const now = this.#parts.ports.clock.now()
    const waiting = book.now()?.projection.outbox.waiting.size ?? 0
    const entry = { order, by, at, wipe, account: account.email, heardAt: now, waiting, events: 0 }
    this.#parts.ports.log.warn('account revoked', { server, order, wipe, waiting })
    return this.#set(server, { ...entry, is: 'locked', signIn: 'left' })
  }

  /** Carries out what is owed. Called while no book of this server is open. */
  async settle(server: string): Promise<void> {
    const { vault, log } = this.#parts.ports
    const found = this.of(server)
    if (!found || !this.isKept(server)) return
    if (found.signIn === 'left') {
      const erased = await vault.erase(server)
      if (erased.ok) this.#set(server, { ...found, signIn: 'gone' })
      else log.warn('revoked sign-in not erased', { is: erased.error.is })
    }
    if (this.isOwed(server)) this.#wipe(server)
  }

  #wipe(server: string): void {
    const owed = this.of(server)
    if (!owed) return
    const { wipe, ports } = this.#parts
    const done = wipe?.(server, `ordered by the server: ${owed.order}`) ?? NOT_HERE
    const events = owed.events + done.events
    const is = done.fault ? 'failed' : done.waiting > 0 ? 'held' : 'wiped'
    ports.log.warn('revoked', { server, is, waiting: done.waiting, events, detail: done.fault?.detail ?? null })
    this.#set(server, { ...owed, is, waiting: done.waiting, events })
  }

  /** Whoever signed in meanwhile has left, and what is owed can be done. Who is signed in now ends what no longer holds. */
  isDue({ server: { id }, session, book }: Desk): boolean {
    const user = session.user()
    if (user) this.#signedIn(id, user.email)
    return user === null && book.now() !== null && this.isOwed(id)
  }

  /**
   * Somebody is signed in at this server again: what was carried out is no longer told. The account itself gets in only once
   * it was opened again, which takes the order back; anybody else leaves what is still owed as it is.
   */
  #signedIn(server: string, email: string): void {
    const found = this.of(server)
    if (!found || (this.isOwed(server) && email.toLowerCase() !== found.account.toLowerCase())) return
    this.#unkept.delete(server)
    const { [server]: _gone, ...others } = this.#parts.kept()
    if (_gone) this.#parts.keep(others)
  }

  view(server: string): RevokedView | null {
    const found = this.of(server)
    if (!found) return null
    const { by, at, account, wipe, is, waiting, events } = found
    return { by, at, account, wipe, is, waiting, events }
  }

  #set(server: string, revoked: Revoked): boolean {
    const kept = this.#parts.keep({ ...this.#parts.kept(), [server]: revoked })
    if (kept) this.#unkept.delete(server)
    else this.#unkept.set(server, revoked)
    return kept
  }
}

const NOT_HERE = { waiting: 0, events: 0, fault: { is: 'missing', detail: 'this host cannot wipe' } } as const
