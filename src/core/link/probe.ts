import { err, ok, type Result } from '../../shared/result.ts'
import { isOurs, readAnswer, safeWords } from '../backend/envelope.ts'
import { causeOfPage } from './page-cause.ts'
import type { Http, HttpAnswer, NetworkFault } from '../ports.ts'
import type { Session, TokenFault } from '../session/session.ts'

/** What the token is worth over REST. Words in `detail` never hold a secret. */
export type ProbeAnswer =
  | { readonly is: 'good' }
  | { readonly is: 'token-bad'; readonly detail: string }
  /** The server knows this user and lets them in no more. */
  | { readonly is: 'forbidden'; readonly detail: string }
  /** Somebody's page answered in the server's place. */
  | { readonly is: 'stranger'; readonly detail: string }
  | { readonly is: 'no-token'; readonly fault: TokenFault }
  | { readonly is: 'no-answer'; readonly fault: NetworkFault }
  | { readonly is: 'trouble'; readonly detail: string }
/** Why there is no ticket. `not-offered`: this server has none to give. */
export type TicketFault =
  | { readonly is: 'not-offered' }
  | { readonly is: 'token'; readonly fault: TokenFault }
  | { readonly is: 'token-bad' }
  | { readonly is: 'trouble'; readonly detail: string }

/** Two questions over REST that tell why a handshake was declined, or open it. One request each, never repeated. */
export interface Probe {
  /** Asks who we are, with the current token. */
  me(): Promise<ProbeAnswer>
  /** A single-use ticket for one handshake. */
  ticket(): Promise<Result<string, TicketFault>>
}

export type ProbeParts = {
  readonly http: Http
  readonly session: Session
  readonly server: { readonly url: string; readonly authority: string | null }
}
/** Each question is asked while a person waits to learn the cause, ms. */
const PROBE_WAIT = 5_000
const LARGEST_ANSWER = 256 * 1024

export function createProbe({ http, session, server }: ProbeParts): Probe {
  const ask = (method: 'GET' | 'POST', path: string, token: string) =>
    http({
      method,
      url: `${server.url}${path}`,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      body: method === 'POST' ? '{}' : null,
      timeoutMs: PROBE_WAIT,
      maxBytes: LARGEST_ANSWER,
      tls: { authority: server.authority },
    })
  return {
    async me() {
      const token = await session.token(false)
      if (!token.ok) return { is: 'no-token', fault: token.error }
      return readMe(await ask('GET', '/api/users/me/', token.value))
    },
    async ticket() {
      const token = await session.token(false)
      if (!token.ok) return err({ is: 'token', fault: token.error })
      return readTicket(await ask('POST', '/api/auth/ws-ticket/', token.value))
    },
  }
}

/** What an answer to users/me says of the token that asked. */
export function readMe(sent: Result<HttpAnswer, NetworkFault>): ProbeAnswer {
  if (!sent.ok) return { is: 'no-answer', fault: sent.error }
  const { status } = sent.value
  const page = causeOfPage(sent.value)
  if (page !== null) return { is: 'stranger', detail: `users/me: ${page.proof}` }
  const reply = readAnswer(sent.value)
  if (reply.ok) return { is: 'good' }
  const said =
    reply.error.is === 'answer' ? reply.error.message : reply.error.is === 'not-ours' ? reply.error.detail : ''
  const detail = safeWords(`users/me answered ${status}: ${said}`)
  if (!isOurs(sent.value)) return { is: 'trouble', detail }
  if (/inactive|deactivated|disabled|user_inactive/i.test(said) && (status === 401 || status === 403))
    return { is: 'forbidden', detail }
  if (status === 401) return { is: 'token-bad', detail }
  return status === 403 ? { is: 'forbidden', detail } : { is: 'trouble', detail }
}

function readTicket(sent: Result<HttpAnswer, NetworkFault>): Result<string, TicketFault> {
  if (!sent.ok) return err({ is: 'trouble', detail: safeWords(`${sent.error.is}: ${sent.error.detail}`) })
  const { status } = sent.value
  if (status === 404 || status === 405) return err({ is: 'not-offered' })
  if (status === 401) return err({ is: 'token-bad' })
  const reply = readAnswer(sent.value)
  const ticket = reply.ok ? ticketIn(reply.value.data) : null
  return ticket === null ? err({ is: 'trouble', detail: `ws-ticket answered ${status}` }) : ok(ticket)
}

function ticketIn(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, 'ticket')) return null
  const { ticket } = data as { ticket: unknown } // own property, checked above
  return typeof ticket === 'string' && ticket !== '' && ticket.length <= 4096 ? ticket : null
}
