import { z } from 'zod'
import type { Cause, CauseCode } from '../../shared/model/link.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { Role, User } from '../../shared/view/session.ts'
import { isOurs, readAnswer, retryAfterMs, safeWords } from '../backend/envelope.ts'
import { causeOfPage } from '../link/page-cause.ts'
import type { HttpAnswer, NetworkFault } from '../ports.ts'
import { readRevocation, type Revocation } from './revocation.ts'
import type { SignInFault } from './session.ts'

const Token = z.string().min(1).max(16_384)
const UserAnswer = z.object({
  id: z.number(),
  email: z.string(),
  fullName: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  role: Role,
  committees: z.array(z.string()).default([]),
})
const SignInAnswer = z.object({ access: Token, refresh: Token, user: UserAnswer })
const RefreshAnswer = z.object({ access: Token, refresh: Token.optional() })

export type SignedIn = { readonly access: string; readonly refresh: string; readonly user: User }

/** The user as the server states it, in the console's words. */
export function readUser(data: unknown): Result<User, string> {
  const parsed = UserAnswer.safeParse(data)
  if (!parsed.success) return err(fields(parsed.error))
  const { id, email, role, committees, fullName, firstName, lastName } = parsed.data
  const name = fullName ?? [firstName, lastName].filter(Boolean).join(' ')
  const user = User.safeParse({ id, email, role, committees, name: name === '' ? email : name })
  return user.success ? ok(user.data) : err(fields(user.error))
}

/** What the answer to a sign-in means to the person who typed. */
export function readSignIn(answer: HttpAnswer): Result<SignedIn, SignInFault> {
  if (answer.status === 429) return err('too-many-tries')
  if (answer.status >= 500) return err('no-answer')
  const reply = readAnswer(answer)
  if (!reply.ok) {
    const refused = reply.error.is === 'answer' && [400, 401, 403].includes(answer.status)
    return err(refused ? 'wrong-credentials' : 'not-a-tally-server')
  }
  const parsed = SignInAnswer.safeParse(reply.value.data)
  if (!parsed.success) return err('not-a-tally-server')
  const user = readUser(parsed.data.user)
  if (!user.ok) return err('not-a-tally-server')
  return ok({ access: parsed.data.access, refresh: parsed.data.refresh, user: user.value })
}

export type Refreshed =
  | { readonly is: 'renewed'; readonly access: string; readonly refresh: string | null }
  /** The server itself, in its own JSON, called the refresh token bad. Nothing less signs anybody out. */
  | { readonly is: 'refused'; readonly proof: string; readonly order: Revocation | null }
  | {
      readonly is: 'no-answer'
      readonly code: CauseCode
      readonly proof: string
      /** False when no byte came back: another try soon costs nobody anything. */
      readonly declined: boolean
      /** No connection came about: the server and its proxy counted nothing. */
      readonly reachedNobody: boolean
      readonly retryAfterMs: number | null
    }

/** Faults that say that no request came to the other side. A reset or a timeout may have come after one did. */
const NOWHERE: ReadonlySet<NetworkFault['is']> = new Set(['name-not-found', 'refused', 'unreachable', 'tls', 'bad-url'])

/** What the answer to a refresh proves. */
export function readRefresh(result: Result<HttpAnswer, NetworkFault>): Refreshed {
  if (!result.ok) {
    const proof = `token refresh: ${safeWords(result.error.detail)}`
    const reachedNobody = NOWHERE.has(result.error.is)
    return {
      is: 'no-answer',
      code: networkCause(result.error),
      proof,
      declined: false,
      reachedNobody,
      retryAfterMs: null,
    }
  }
  const answer = result.value
  const reply = readAnswer(answer)
  if (reply.ok) {
    const parsed = RefreshAnswer.safeParse(reply.value.data)
    if (parsed.success) return { is: 'renewed', access: parsed.data.access, refresh: parsed.data.refresh ?? null }
  }
  if (!reply.ok && reply.error.is === 'answer' && answer.status === 401 && isOurs(answer))
    return {
      is: 'refused',
      proof: `token refresh answered 401: ${reply.error.message}`,
      order: readRevocation(reply.error.errors),
    }
  const said = reply.ok ? 'an answer without a token' : reply.error.is === 'answer' ? reply.error.message : ''
  return {
    is: 'no-answer',
    code: causeOfPage(answer)?.code ?? statusCause(answer.status),
    proof: `token refresh answered ${answer.status} ${said}`.trim(),
    declined: true,
    reachedNobody: false,
    retryAfterMs: retryAfterMs(answer.headers),
  }
}

/** The cause a bare network fault proves. */
export function networkCause(fault: NetworkFault): CauseCode {
  switch (fault.is) {
    case 'too-big':
      return 'frame-too-big'
    case 'bad-url':
    case 'aborted':
      return 'unknown'
    default:
      return fault.is
  }
}

/** The cause an HTTP status proves when nothing else is known. */
export function statusCause(status: number): CauseCode {
  if (status >= 300 && status < 400) return 'redirected'
  if (status === 407 || status === 502 || status === 503 || status === 504) return 'proxy'
  if (status === 429) return 'too-many'
  return status >= 500 ? 'server-fault' : 'unknown'
}

export const causeAt = (code: CauseCode, proof: string, at: number): Cause => ({ code, proof, at })

const fields = (fault: z.ZodError): string =>
  fault.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    .join('; ')
