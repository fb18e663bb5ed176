import type { CauseCode } from '../../shared/model/link.ts'
import { assertNever } from '../../shared/result.ts'
import { retryAfterMs, safeWords } from '../backend/envelope.ts'
import type { NetworkFault, UpgradeRefusal } from '../ports.ts'
import { networkCause } from '../session/sign-in-answer.ts'
import type { TokenFault } from '../session/session.ts'
import { leadsTo } from './page-cause.ts'
import type { ProbeAnswer } from './probe.ts'
import { LINK_WAITS } from './waits.ts'

/** What was seen when a try failed or a link was lost. */
export type Evidence =
  /** No connection came about. `heldAgoMs`: since a link last held; null when none did. */
  | {
      readonly is: 'fault'
      readonly fault: NetworkFault
      readonly heldAgoMs: number | null
      readonly networkOff: boolean
    }
  /** The upgrade was declined. `probe`: what the same token is worth over REST, once asked. */
  | {
      readonly is: 'refusal'
      readonly refusal: UpgradeRefusal
      readonly probe: ProbeAnswer | null
      /** The token was got for this very try. */
      readonly freshToken: boolean
      /** The server's own origin was sent, so origin is not the reason. */
      readonly ownOrigin: boolean
    }
  | { readonly is: 'closed'; readonly code: number; readonly reason: string; readonly lastedMs: number }
  | { readonly is: 'token'; readonly fault: TokenFault }
  | { readonly is: 'no-ticket'; readonly detail: string }
  | { readonly is: 'no-hello' | 'forgotten' | 'asleep' | 'recycled' }
  | { readonly is: 'silent' | 'behind'; readonly ms: number }
  /** An answer is overdue and still waited for: named before it is given up. */
  | { readonly is: 'slow'; readonly on: 'token' | 'dialling' | 'probing' | 'greeting'; readonly ms: number }

/**
 * What follows. `retry` after a backoff; `spread`: the same, though not at once; `fresh-token`: the same with a new
 * token; `ask`: a probe must tell first; `no-socket`: poll, and ask for a socket now and then; `poll`: poll, and keep trying;
 * `refused` and `signed-out`: a person must act.
 */
export type Verdict = 'retry' | 'spread' | 'fresh-token' | 'ask' | 'no-socket' | 'poll' | 'refused' | 'signed-out'
export type Finding = {
  readonly code: CauseCode
  readonly proof: string
  readonly verdict: Verdict
  readonly retryAfterMs: number | null
}

const finding = (code: CauseCode, proof: string, verdict: Verdict, retryAfter: number | null = null): Finding => ({
  code,
  proof,
  verdict,
  retryAfterMs: retryAfter,
})

/** The cause by evidence, not by code. Pure and total. */
export function classify(evidence: Evidence): Finding {
  switch (evidence.is) {
    case 'fault':
      return ofFault(evidence)
    case 'refusal':
      return ofRefusal(evidence)
    case 'closed':
      return ofClose(evidence)
    case 'token':
      return ofToken(evidence.fault)
    case 'no-ticket':
      return finding('unknown', `no connection ticket: ${evidence.detail}`, 'retry')
    case 'no-hello':
      return finding('silent', `the socket opened, no greeting came in ${LINK_WAITS.hello / 1000} s`, 'retry')
    case 'forgotten':
      return finding('timed-out', `no answer at all in ${LINK_WAITS.forgotten / 1000} s`, 'retry')
    case 'asleep':
      return finding('asleep', 'this computer slept or was held up', 'retry')
    case 'recycled':
      return finding('recycled', 'socket renewed before the server ends it', 'retry')
    case 'silent':
      return finding('silent', `nothing was heard for ${Math.round(evidence.ms / 1000)} s`, 'retry')
    case 'behind':
      return finding(
        'silent',
        `no ping was answered for ${Math.round(evidence.ms / 1000)} s: what came was late`,
        'retry',
      )
    case 'slow':
      return ofSlow(evidence)
    default:
      return assertNever(evidence)
  }
}

function ofSlow({ on, ms }: Extract<Evidence, { is: 'slow' }>): Finding {
  const after = `after ${Math.round(ms / 1000)} s, still waiting`
  switch (on) {
    case 'token':
      return finding('timed-out', `no answer to the token refresh ${after}`, 'retry')
    case 'dialling':
      return finding('timed-out', `no answer to the dial ${after}`, 'retry')
    case 'probing':
      return finding('timed-out', `no answer to users/me ${after}`, 'retry')
    case 'greeting':
      return finding('silent', `the socket opened, no greeting ${after}`, 'retry')
    default:
      return assertNever(on)
  }
}

function ofFault({ fault, heldAgoMs, networkOff }: Extract<Evidence, { is: 'fault' }>): Finding {
  const proof = safeWords(`${fault.is}: ${fault.detail}`)
  const local = fault.is === 'name-not-found' || fault.is === 'unreachable' || fault.is === 'timed-out'
  if (networkOff && local) return finding('network-off', `the system reports no network; ${proof}`, 'retry')
  const wentDown = fault.is === 'refused' && heldAgoMs !== null && heldAgoMs <= LINK_WAITS.restarting
  if (wentDown) return finding('server-restarting', `cut ${Math.round(heldAgoMs / 1000)} s ago, now ${proof}`, 'retry')
  return finding(networkCause(fault), proof, 'retry')
}

function ofRefusal(evidence: Extract<Evidence, { is: 'refusal' }>): Finding {
  const { status, headers, body } = evidence.refusal
  const wait = retryAfterMs(headers)
  const proof = `upgrade answered ${status}`
  if (status === 401 || status === 403) return ofDenial(evidence, proof)
  if (status >= 300 && status < 400) return finding('redirected', `${proof}, to ${leadsTo(headers)}`, 'retry')
  if (status >= 200 && status < 300) return ofPage(evidence, proof)
  if (status === 407) return finding('proxy', `${proof}: a proxy asks for a sign-in`, 'retry')
  if (status === 429) return finding('too-many', proof, 'retry', wait)
  if (status === 502 || status === 503 || status === 504) return finding('proxy', proof, 'retry', wait)
  if (status === 500)
    return finding('wrong-path', `${proof}: ${safeWords(body) || 'no such path there, or a fault'}`, 'poll')
  if (status > 500 && status !== 501) return finding('server-fault', proof, 'retry', wait)
  if ([400, 404, 405, 410, 426, 501].includes(status))
    return finding('no-socket-there', `${proof}${/<html/i.test(body) ? ' with a page' : ''}`, 'no-socket')
  return finding('unknown', proof, 'retry', wait)
}

/** A page where a socket was asked for: a front end that answers everything, or a network's sign-in page. REST tells which. */
function ofPage({ refusal, probe }: Extract<Evidence, { is: 'refusal' }>, proof: string): Finding {
  const isPage = /<html|<!doctype html/i.test(refusal.body)
  if (isPage && probe === null) return finding('unknown', `${proof} with a page`, 'ask')
  if (probe?.is === 'stranger') return finding('redirected', `${proof} with a page; ${probe.detail}`, 'retry')
  if (probe?.is === 'no-token') return ofToken(probe.fault)
  if (probe?.is === 'no-answer') return finding(networkCause(probe.fault), `${proof}; then ${probe.fault.is}`, 'retry')
  return finding('no-socket-there', `${proof}${isPage ? ' with a page' : ''}`, 'no-socket')
}

/** 401 and 403 mean token, origin, or a message layer that is down; the same token over REST tells which. */
function ofDenial({ probe, freshToken, ownOrigin }: Extract<Evidence, { is: 'refusal' }>, proof: string): Finding {
  if (probe === null) return finding('unknown', proof, 'ask')
  switch (probe.is) {
    case 'good':
      return ownOrigin
        ? finding('layer-down', `${proof}; the token is good and the origin is the server's own`, 'poll')
        : finding('origin-refused', `${proof}; the token is good`, 'poll')
    case 'token-bad':
      return freshToken
        ? finding('token-refused', `${proof}; a new token is refused too: ${probe.detail}`, 'fresh-token')
        : finding('token-expired', `${proof}; ${probe.detail}`, 'fresh-token')
    case 'forbidden':
      return finding('forbidden', `${proof}; ${probe.detail}`, 'refused')
    case 'stranger':
      return finding('redirected', `${proof}; ${probe.detail}`, 'retry')
    case 'no-token':
      return ofToken(probe.fault)
    case 'no-answer':
      return finding(networkCause(probe.fault), `${proof}; then ${safeWords(probe.fault.detail)}`, 'retry')
    case 'trouble':
      return finding('unknown', `${proof}; asked who we are: ${probe.detail}`, 'retry')
    default:
      return assertNever(probe)
  }
}

function ofToken(fault: TokenFault): Finding {
  switch (fault.is) {
    case 'signed-out':
      return finding('signed-out', 'nobody is signed in', 'signed-out')
    case 'refused':
      return finding(fault.cause.code, fault.cause.proof, 'signed-out')
    case 'no-answer':
      return finding(fault.cause.code, fault.cause.proof, 'retry', fault.retryAfterMs)
    default:
      return assertNever(fault)
  }
}

type Meaning = readonly [CauseCode, Verdict]
const CLOSES: Readonly<Record<number, Meaning>> = {
  1001: ['server-restarting', 'spread'],
  1006: ['cut', 'retry'],
  1009: ['frame-too-big', 'retry'],
  1011: ['server-fault', 'spread'],
  1012: ['server-restarting', 'spread'],
  1013: ['server-restarting', 'spread'],
  4001: ['token-refused', 'fresh-token'],
  4002: ['server-fault', 'spread'],
  4003: ['token-expired', 'fresh-token'],
  4008: ['too-slow', 'retry'],
  4029: ['too-many', 'retry'],
}

function ofClose({ code, reason, lastedMs }: Extract<Evidence, { is: 'closed' }>): Finding {
  const said = safeWords(reason)
  const proof = `closed ${code}${said === '' ? '' : ` "${said}"`} after ${age(lastedMs)}`
  if (code === 1000 || code === 1005)
    return finding(lastedMs >= LINK_WAITS.dayLimit ? 'day-limit' : 'cut', `${proof}, unasked`, 'retry')
  const [cause, verdict] = CLOSES[code] ?? ['unknown', 'retry']
  return finding(cause, proof, verdict, waitInWords(said))
}

/** `retry after 30` or `retry-after=30s` in a close reason: the only place a close frame has for it. */
const waitInWords = (reason: string): number | null => {
  const seconds = /retry[- ]after[=: ]*(\d{1,3})/i.exec(reason)?.[1]
  return seconds === undefined ? null : Number(seconds) * 1000
}

/** `3 s`, `12 min`, `23 h`: for a proof. */
const age = (ms: number): string =>
  ms < 120_000
    ? `${Math.round(ms / 1000)} s`
    : ms < 7_200_000
      ? `${Math.round(ms / 60_000)} min`
      : `${Math.round(ms / 3_600_000)} h`
