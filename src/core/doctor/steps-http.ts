import { isOurs, readAnswer, safeWords } from '../backend/envelope.ts'
import { causeOfPage } from '../link/page-cause.ts'
import type { HttpAnswer, NetworkFault } from '../ports.ts'
import type { Result } from '../../shared/result.ts'
import { statusCause } from '../session/sign-in-answer.ts'
import { bad, caused, type Chart, doubtful, type Examination, faulted, good, skipped, ANSWER_WAIT } from './chart.ts'

/** A clock this far off makes tokens and times wrong, ms. */
const SKEW = 2_000
/** An answer of the kind looked at here is small; a page larger than this is nobody's. Bytes. */
const LARGEST_LOOK = 512 * 1024

/** One GET, with the token or without; never repeated, never redirected. */
export function look(
  { ports, patient }: Pick<Chart, 'ports' | 'patient'>,
  path: string,
  token: string | null,
): Promise<Result<HttpAnswer, NetworkFault>> {
  return ports.http({
    method: 'GET',
    url: `${patient.server.url}${path}`,
    headers: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: null,
    timeoutMs: ANSWER_WAIT,
    maxBytes: LARGEST_LOOK,
    tls: { authority: patient.server.authority },
  })
}

export const askPlainly: Examination = async (chart) => {
  const answer = await look(chart, '/api/users/me/', null)
  if (!answer.ok) return faulted(answer.error)
  chart.answer = answer.value
  const { status, headers } = answer.value
  const proof = `HTTP ${status}${headers.server ? ` from ${headers.server}` : ''}`
  const strange = causeOfPage(answer.value)
  if (strange !== null) return caused(strange.code, strange.proof)
  const gateway = statusCause(status)
  if (gateway === 'proxy' || gateway === 'too-many') {
    const wait = headers['retry-after']
    return caused(gateway, wait === undefined ? proof : `${proof}, Retry-After ${wait}`)
  }
  return status >= 500 ? bad('http-failing', proof) : good('http-straight', `${proof}, no redirect`)
}

export const compareClocks: Examination = async ({ answer, ports }) => {
  const theirs = Date.parse(answer?.headers.date ?? '')
  if (Number.isNaN(theirs)) return skipped('clock-not-told', 'no Date header')
  // The header has whole seconds: half of one is the best guess.
  const skew = theirs + 500 - ports.clock.now()
  const proof = `server minus this computer: ${Math.round(skew / 1000)} s (Date header)`
  return Math.abs(skew) <= SKEW ? good('clocks-agree', proof) : doubtful('clocks-differ', proof)
}

export const readShape: Examination = async (chart) => {
  const { answer, token } = chart
  if (token === null) {
    const said = answer ? `${answer.status}, ${answer.headers['content-type'] ?? 'no type'}` : 'nothing'
    return answer && isEnvelope(answer) ? good('rest-guarded', said) : bad('rest-strange', said)
  }
  const [list, current] = await Promise.all([
    look(chart, '/api/elections/', token),
    look(chart, '/api/elections/current/', token),
  ])
  if (!list.ok) return faulted(list.error)
  const reply = readAnswer(list.value)
  if (!reply.ok || !Array.isArray(reply.value.data)) {
    const { status, headers } = list.value
    return bad('rest-strange', `elections answered ${status}, ${headers['content-type'] ?? 'no type'}`)
  }
  const usual = current.ok && current.value.status === 404 ? ' (404 is usual on the day; it is not used)' : ''
  const there = `current: ${current.ok ? current.value.status : current.error.is}${usual}`
  const proof = `elections in the envelope: ${reply.value.data.length}; ${there}`
  return reply.value.data.length === 0 ? doubtful('rest-no-election', proof) : good('rest-good', proof)
}

const isEnvelope = (answer: HttpAnswer): boolean =>
  isOurs(answer) && /"status"\s*:\s*"(success|error)"/.test(safeWords(answer.body.slice(0, 400)))
