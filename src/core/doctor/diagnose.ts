import { z } from 'zod'
import { causeWords } from '../../shared/words/cause-words.ts'
import type { CauseCode } from '../../shared/model/link.ts'
import type { Clock, Dial, Http, HttpAnswer, NetworkFault, UpgradeRefusal } from '../ports.ts'

/** Each step may take this long, ms: a person waits. */
const STEP_WAIT = 5_000
/** A clock this far off makes tokens and times wrong, ms. */
const SKEW = 2_000
const SOCKET_PATH = '/ws/election-updates/'

export type Finding = {
  readonly step: 'name' | 'tcp' | 'http' | 'clock' | 'rest' | 'upgrade'
  readonly verdict: 'good' | 'doubtful' | 'bad' | 'skipped'
  /** Told to the operator: what it means and what to do. */
  readonly operator: string
  /** Told to the technician: what was seen. */
  readonly technician: string
  /** How long the step took, ms. */
  readonly ms: number
}
export type DoctorPorts = { readonly http: Http; readonly dial: Dial; readonly clock: Clock }
export type DoctorServer = { readonly url: string; readonly origin: string | null; readonly authority: string | null }

type Step = Finding['step']
const UNREACHED: Readonly<Record<NetworkFault['is'], { readonly step: Step; readonly cause: CauseCode }>> = {
  'name-not-found': { step: 'name', cause: 'name-not-found' },
  refused: { step: 'tcp', cause: 'refused' },
  'timed-out': { step: 'tcp', cause: 'timed-out' },
  unreachable: { step: 'tcp', cause: 'unreachable' },
  reset: { step: 'tcp', cause: 'reset' },
  tls: { step: 'tcp', cause: 'tls' },
  'too-big': { step: 'http', cause: 'unknown' },
  'bad-url': { step: 'name', cause: 'unknown' },
  aborted: { step: 'http', cause: 'timed-out' },
}

/** What a connection to this server meets, step by step. Nothing is signed in to and nothing is changed. */
export async function* diagnose(ports: DoctorPorts, server: DoctorServer): AsyncGenerator<Finding> {
  const begun = ports.clock.elapsed()
  const took = () => ports.clock.elapsed() - begun
  const answer = await ports.http({
    method: 'GET',
    url: `${server.url}/api/users/me/`,
    headers: { accept: 'application/json' },
    body: null,
    timeoutMs: STEP_WAIT,
    maxBytes: 64 * 1024,
    tls: { authority: server.authority },
  })
  if (!answer.ok) {
    const { step, cause } = UNREACHED[answer.error.is]
    yield bad(step, cause, answer.error.detail, took())
    return
  }
  yield good('name', 'The name is known.', server.url, 0)
  yield good('tcp', 'The server answers.', `HTTP ${answer.value.status}`, took())
  yield* rest(answer.value, took())
  yield clock(answer.value, ports.clock.now(), took())
  yield await upgrade(ports, server)
}

function* rest({ status, headers, body }: HttpAnswer, ms: number): Generator<Finding> {
  if (status >= 300 && status < 400) {
    return yield bad('http', 'redirected', `HTTP ${status} to ${headers.location ?? 'nowhere'}`, ms)
  }
  if (status === 502 || status === 503 || status === 504) return yield bad('http', 'proxy', `HTTP ${status}`, ms)
  yield good('http', 'Nothing stands between.', `HTTP ${status}, no redirect`, ms)
  const isOurs = Envelope.safeParse(parse(body)).success
  if (isOurs) return yield good('rest', 'It is an election server.', `HTTP ${status} in the envelope`, ms)
  yield {
    step: 'rest',
    verdict: 'bad',
    operator: 'Something answers there, but no election server. Check the address.',
    technician: `HTTP ${status}, ${headers['content-type'] ?? 'no content type'}, not the envelope`,
    ms,
  }
}

const Envelope = z.object({ status: z.enum(['success', 'error']) })

function clock({ headers }: HttpAnswer, now: number, ms: number): Finding {
  const theirs = Date.parse(headers.date ?? '')
  if (Number.isNaN(theirs)) {
    return {
      step: 'clock',
      verdict: 'skipped',
      operator: 'The server does not tell its time.',
      technician: 'no Date header',
      ms,
    }
  }
  // The header has whole seconds: half of one is the best guess.
  const skew = theirs + 500 - now
  const technician = `server minus desk: ${Math.round(skew / 1000)} s`
  if (Math.abs(skew) <= SKEW) return good('clock', 'Both clocks agree.', technician, ms)
  return {
    step: 'clock',
    verdict: 'doubtful',
    operator: 'The clocks differ. Set this machine to network time.',
    technician,
    ms,
  }
}

/** Asks for a socket without a token: a server that has one refuses, and how it refuses tells what is there. */
async function upgrade({ dial, clock: time }: DoctorPorts, server: DoctorServer): Promise<Finding> {
  const begun = time.elapsed()
  const seen = await new Promise<UpgradeRefusal | NetworkFault | 'opened'>((resolve) => {
    const socket = dial(
      {
        url: `${server.url.replace(/^http/, 'ws')}${SOCKET_PATH}`,
        headers: {},
        origin: server.origin ?? server.url,
        timeoutMs: STEP_WAIT,
        maxFrameBytes: 64 * 1024,
        tls: { authority: server.authority },
      },
      {
        opened: () => {
          resolve('opened')
          socket.drop()
        },
        refused: resolve,
        failed: resolve,
        text: () => {},
        binary: () => {},
        alive: () => {},
        closed: () => {},
      },
    )
  })
  const ms = time.elapsed() - begun
  if (seen === 'opened') return good('upgrade', 'Live updates are there.', 'HTTP 101', ms)
  if ('is' in seen) return bad('upgrade', UNREACHED[seen.is].cause, seen.detail, ms)
  const { status } = seen
  if (status === 401 || status === 403)
    return good('upgrade', 'Live updates are there, for those signed in.', `HTTP ${status} without a token`, ms)
  return bad(
    'upgrade',
    status === 500 ? 'wrong-path' : status >= 502 ? 'proxy' : 'no-socket-there',
    `HTTP ${status}`,
    ms,
  )
}

const good = (step: Step, operator: string, technician: string, ms: number): Finding => ({
  step,
  verdict: 'good',
  operator,
  technician,
  ms,
})

function bad(step: Step, cause: CauseCode, proof: string, ms: number): Finding {
  const { operator, next, technician } = causeWords(cause)
  return { step, verdict: 'bad', operator: `${operator} ${next}`, technician: `${proof}. ${technician}`, ms }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
