import type { Cause } from '../../shared/model/link.ts'
import { assertNever, err, ok, type Result } from '../../shared/result.ts'
import type { SessionView, User } from '../../shared/view/session.ts'
import type { Clock, Http, Log, Random, Vault } from '../ports.ts'
import { causeAt, readRefresh, readSignIn, type Refreshed } from './sign-in-answer.ts'
import { isOf, type Revocation } from './revocation.ts'
import type { Session, SignInFault, TokenFault } from './session.ts'
import { atMost, post } from './auth-call.ts'
import { KeptSecret } from './kept-secret.ts'
import { RenewalPause } from './renewal-pause.ts'
import { RenewalTurn } from './renewal-turn.ts'
import { ageOf, isGood, takeUp, type Access } from './tokens.ts'
import { SESSION_WAITS } from './waits.ts'

/** The server a session or a link belongs to. `url`: an origin without a path. */
export type ServerAddress = { readonly url: string; readonly authority: string | null }
export type SessionParts = {
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  readonly vault: Vault
  readonly log: Log
  readonly server: ServerAddress
  /** The name of this server's entry in the vault. */
  readonly vaultName: string
  /** The server issued this access token just now. */
  readonly issued?: (access: string) => void
}

export function createSession(parts: SessionParts): Session {
  return new TokenSession(parts)
}

/**
 * Owns the two tokens of one user at one server: sign-in, early single-flight refresh, rotation into the vault, sign-out.
 * It never signs anybody out because of a network fault, never puts a token into a log, a fault or a URL, and ignores
 * whatever answers after sign-out.
 */
class TokenSession implements Session {
  readonly #parts: SessionParts
  #state: SessionView['state'] = 'signed-out'
  #user: User | null = null
  #refresh: string | null = null
  #access: Access | null = null
  #refusedBy: Cause | null = null
  /** Counts sign-ins and sign-outs: an answer that carries an older number is late. */
  #era = 0
  #tries = 0
  readonly #pause: RenewalPause
  readonly #renewals: RenewalTurn
  readonly #secret: KeptSecret
  readonly #changeListeners = new Set<() => void>()
  readonly #renewedListeners = new Set<(token: string) => void>()
  readonly #revokedListeners = new Set<(order: Revocation) => boolean>()

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.#pause = new RenewalPause(parts.clock, parts.random)
    this.#renewals = new RenewalTurn(parts.clock, () => this.#renew())
    this.#secret = new KeptSecret(parts.vault, parts.vaultName, parts.log)
  }

  state(): SessionView['state'] {
    return this.#state
  }
  user(): User | null {
    return this.#user
  }
  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener)
    return () => void this.#changeListeners.delete(listener)
  }
  onRenewed(listener: (token: string) => void): () => void {
    this.#renewedListeners.add(listener)
    return () => void this.#renewedListeners.delete(listener)
  }
  onRevoked(listener: (order: Revocation) => boolean): () => void {
    this.#revokedListeners.add(listener)
    return () => void this.#revokedListeners.delete(listener)
  }

  async restore(): Promise<boolean> {
    const era = this.#era
    const kept = await this.#secret.read()
    if (era !== this.#era || this.#state !== 'signed-out') return this.#state === 'signed-in'
    if (kept === null) return false
    this.#era += 1
    this.#refresh = kept.refresh
    this.#become('signed-in', kept.user)
    return true
  }

  signIn(email: string, password: string): Promise<Result<User, SignInFault>> {
    return this.#enter('/api/auth/login/', { email, password })
  }

  pair(code: string): Promise<Result<User, SignInFault>> {
    return this.#enter('/api/walls/pair/', { code })
  }

  async #enter(path: string, proof: unknown): Promise<Result<User, SignInFault>> {
    const mine = ++this.#tries
    this.#become('signing-in', this.#user)
    const sent = await post(this.#parts, path, proof, SESSION_WAITS.signIn, null)
    // A later sign-in, or a sign-out, makes this one void.
    if (mine !== this.#tries) return err('no-answer')
    const answer = sent.ok ? readSignIn(sent.value) : err<SignInFault>('no-answer')
    if (!answer.ok) {
      this.#become(this.#refresh === null ? 'signed-out' : 'signed-in', this.#user)
      this.#parts.log.info('session.sign-in-failed', {
        fault: answer.error,
        status: sent.ok ? sent.value.status : null,
      })
      return answer
    }
    const { access, refresh, user } = answer.value
    this.#era += 1
    this.#dropTokens()
    await this.#secret.write({ refresh, user }, () => mine === this.#tries)
    if (mine !== this.#tries) return err('no-answer')
    this.#refresh = refresh
    this.#use(access)
    this.#become('signed-in', user)
    return ok(user)
  }

  async signOut(): Promise<void> {
    const refresh = this.#refresh
    const access = this.#access?.token ?? null
    this.#era += 1
    this.#tries += 1
    this.#dropTokens()
    this.#refusedBy = null
    const erased = this.#secret.erase()
    this.#become('signed-out', null)
    const told =
      refresh === null ? null : post(this.#parts, '/api/auth/logout/', { refresh }, SESSION_WAITS.signOut, access)
    await atMost(this.#parts.clock, SESSION_WAITS.signOut, Promise.all([erased, told]))
  }

  async token(fresh: boolean): Promise<Result<string, TokenFault>> {
    if (this.#refresh === null)
      return err(this.#refusedBy === null ? { is: 'signed-out' } : { is: 'refused', cause: this.#refusedBy })
    const { clock } = this.#parts
    const access = this.#access
    const good = access !== null && isGood(access, clock)
    if (good && (!fresh || ageOf(access, clock) < SESSION_WAITS.justRenewed)) {
      if (ageOf(access, clock) >= access.renewAfterMs && this.#pause.left === 0) void this.#renewals.take()
      return ok(access.token)
    }
    const paused = this.#pause.fault
    return paused === null ? this.#renewals.take() : err(paused)
  }

  /** A refresh under way is let finish: its rotated token must reach the vault, or the next start is signed out. */
  stop(): void {
    this.#renewals.stop()
    this.#changeListeners.clear()
    this.#renewedListeners.clear()
    this.#revokedListeners.clear()
  }

  async #renew(): Promise<Result<string, TokenFault>> {
    const era = this.#era
    const refresh = this.#refresh
    if (refresh === null) return err({ is: 'signed-out' })
    const answer = readRefresh(await post(this.#parts, '/api/auth/refresh/', { refresh }, SESSION_WAITS.refresh, null))
    if (answer.is !== 'no-answer' || !answer.reachedNobody) this.#pause.spend()
    if (era !== this.#era) return this.#lateAnswer()
    switch (answer.is) {
      case 'renewed':
        return this.#renewed(era, answer.access, answer.refresh ?? refresh)
      case 'refused':
        return this.#refused(answer.proof, answer.order)
      case 'no-answer':
        return this.#unanswered(answer)
      default:
        return assertNever(answer)
    }
  }

  /** Someone signed in or out meanwhile: what came back belongs to nobody now. */
  #lateAnswer(): Result<string, TokenFault> {
    return this.#access === null ? err({ is: 'signed-out' }) : ok(this.#access.token)
  }

  async #renewed(era: number, access: string, refresh: string): Promise<Result<string, TokenFault>> {
    // The old refresh token is dead from here on. The new one is saved before anything else happens.
    this.#refresh = refresh
    const user = this.#user
    if (user !== null) await this.#secret.write({ refresh, user }, () => era === this.#era)
    if (era !== this.#era) return this.#lateAnswer()
    this.#pause.end()
    this.#use(access)
    this.#parts.log.info('session.renewed')
    for (const listener of [...this.#renewedListeners]) listener(access)
    return ok(access)
  }

  #refused(proof: string, order: Revocation | null): Result<string, TokenFault> {
    const cause = causeAt('sign-in-refused', proof, this.#parts.clock.now())
    this.#parts.log.warn('session.refused', { proof })
    const isNoted = order === null || !isOf(order, this.#user) || this.#tellRevoked(order)
    this.#era += 1
    this.#dropTokens()
    this.#refusedBy = cause
    if (isNoted) void this.#secret.erase()
    this.#become('signed-out', null)
    return err({ is: 'refused', cause })
  }

  #tellRevoked(order: Revocation): boolean {
    return [...this.#revokedListeners].map((noted) => noted(order)).every(Boolean)
  }

  #unanswered(answer: Extract<Refreshed, { is: 'no-answer' }>): Result<string, TokenFault> {
    const { clock, log } = this.#parts
    const { ms: pauseMs, fault } = this.#pause.begin(answer)
    log.warn('session.not-renewed', { cause: fault.cause.code, proof: fault.cause.proof, pauseMs })
    this.#renewals.schedule(Math.max(pauseMs, 1_000))
    // The old token may still be good: a server that is away for a moment changes nothing.
    if (this.#access !== null && isGood(this.#access, clock)) return ok(this.#access.token)
    return err(fault)
  }

  #use(access: string): void {
    this.#access = takeUp(access, this.#parts.clock, this.#parts.random)
    this.#refusedBy = null
    this.#parts.issued?.(access)
    this.#renewals.schedule(this.#access.renewAfterMs)
  }

  #dropTokens(): void {
    this.#access = null
    this.#refresh = null
    this.#pause.end()
    this.#renewals.forget()
  }

  #become(state: SessionView['state'], user: User | null): void {
    this.#state = state
    this.#user = user
    for (const listener of [...this.#changeListeners]) listener()
  }
}
