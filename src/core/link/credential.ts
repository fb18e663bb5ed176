import type { Session } from '../session/session.ts'
import type { Method } from './handshake.ts'
import type { LinkEvent } from './link-model.ts'
import type { Probe } from './probe.ts'

export type CredentialParts = { readonly session: Session; readonly probe: Probe }
export type CredentialListener = {
  take(event: LinkEvent): void
  /** The call is the one under way; of another nothing is kept. */
  isCurrent(call: number): boolean
  /** The session has a new access token. */
  renewed(token: string): void
}

/**
 * What the link is let in by: it owns the secret of the try under way, knows whose it is, and tells what becomes of the session.
 * It holds the secret until the dial takes it and no longer, and never signs anybody in or out.
 */
export class Credential {
  readonly #session: Session
  readonly #probe: Probe
  readonly #on: CredentialListener
  #secret = ''
  #userId: number | null = null
  /** The session has another token than the one dialled with. */
  #renewedSince = false
  #stops: readonly (() => void)[] = []

  constructor({ session, probe }: CredentialParts, on: CredentialListener) {
    this.#session = session
    this.#probe = probe
    this.#on = on
  }

  start(): void {
    this.#userId = this.#session.user()?.id ?? null
    this.#stops = [
      this.#session.onChange(() => this.#changed()),
      this.#session.onRenewed((token) => {
        this.#renewedSince = true
        this.#on.renewed(token)
      }),
    ]
  }
  stop(): void {
    for (const stop of this.#stops) stop()
    this.#stops = []
    this.#secret = ''
  }

  /** Gets a token, or a ticket, for this call. */
  async get(call: number, fresh: boolean, method: Method): Promise<void> {
    const token = await this.#session.token(fresh)
    if (!token.ok) return this.#on.take({ is: 'token-failed', call, fault: token.error })
    if (method !== 'ticket') return this.#hold(call, token.value)
    const ticket = await this.#probe.ticket()
    if (!ticket.ok) return this.#on.take({ is: 'ticket-failed', call, fault: ticket.error })
    this.#hold(call, ticket.value)
  }

  /** The secret, for the dial, and then no more. */
  spend(): string {
    const secret = this.#secret
    this.#secret = ''
    this.#renewedSince = false
    return secret
  }

  /**
   * Asks what the dialled token is worth. What a newer one is worth says nothing of the one that was refused; taken for it, the
   * next try would go another way, with the token in its address.
   */
  async probe(call: number): Promise<void> {
    const found = await this.#probe.me()
    const isOther = found.is === 'good' && this.#renewedSince
    const answer = isOther ? ({ is: 'token-bad', detail: 'it was renewed meanwhile' } as const) : found
    this.#on.take({ is: 'probed', call, answer })
  }

  #hold(call: number, secret: string): void {
    if (!this.#on.isCurrent(call)) return
    this.#secret = secret
    this.#on.take({ is: 'token', call })
  }

  #changed(): void {
    const session = this.#session
    const state = session.state()
    if (state === 'signed-in') {
      const userId = session.user()?.id ?? null
      const isOther = this.#userId !== null && userId !== this.#userId
      this.#userId = userId
      if (isOther) this.#on.take({ is: 'recycle' })
      this.#on.take({ is: 'signed-in' })
    }
    if (state !== 'signed-out') return
    this.#userId = null
    this.#on.take({ is: 'signed-out', fault: { is: 'signed-out' } })
    // Signed out by the operator, or proven bad by the server? The session knows.
    void session.token(false).then((token) => {
      if (!token.ok && token.error.is === 'refused') this.#on.take({ is: 'signed-out', fault: token.error })
    })
  }
}
