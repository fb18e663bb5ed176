import { classify } from '../link/close-cause.ts'
import { dialRequest, type Variant } from '../link/handshake.ts'
import type { DialRequest } from '../ports.ts'
import {
  caused,
  type Chart,
  doubtful,
  type Examination,
  faulted,
  good,
  noted,
  type Outcome,
  skipped,
  ANSWER_WAIT,
  type Try,
} from './chart.ts'
import { type Opening, openLine } from './line.ts'

/** The console goes on by polling where these stand: not what one wants, and no reason to stop work. */
const WORKS_ON = new Set(['no-socket-there', 'wrong-path'])

/** Asks for the socket as the link would. Refused for want of rights, every other way is tried before a verdict. */
export const upgradeByHeader: Examination = async (chart) => {
  const header = await attempt(chart, 'header')
  if (header.is === 'open') return good('socket-there', `HTTP 101, origin ${requestFor(chart, 'header').origin}`)
  if (chart.token === null && isDenied(header)) return noted('good')('socket-guarded', proofOf(header))
  if (!isDenied(header)) return verdictOf(chart, header)
  const [query] = await Promise.all([
    attempt(chart, 'query'),
    attempt(chart, 'own-origin'),
    attempt(chart, 'no-origin'),
  ])
  if (query.is === 'open') return doubtful('query-works', `header: ${proofOf(header)}; address: 101`)
  return verdictOf(chart, header)
}

export const upgradeByQuery: Examination = async (chart) => {
  const header = chart.tries.get('header')
  if (header === undefined) return skipped('not-reached')
  if (header.is === 'open' || chart.token === null) return skipped('query-not-needed', 'the token went in the header')
  if (!isDenied(header)) return skipped('not-reached', proofOf(header))
  const query = await attempt(chart, 'query')
  return query.is === 'open' ? doubtful('query-works', 'HTTP 101') : verdictOf(chart, query)
}

export const upgradeByOrigin: Examination = async (chart) => {
  const header = chart.tries.get('header')
  if (header === undefined || chart.token === null)
    return skipped(chart.token === null ? 'not-signed-in' : 'not-reached')
  if (header.is !== 'open' && !isDenied(header)) return skipped('not-reached', proofOf(header))
  const [own, none] = await Promise.all([attempt(chart, 'own-origin'), attempt(chart, 'no-origin')])
  const proof = `ours ${proofOf(header)}, the server's own ${proofOf(own)}, none ${proofOf(none)}`
  if (header.is === 'open') return none.is === 'open' ? good('origin-any', proof) : good('origin-checked', proof)
  if (own.is === 'open') return { ...caused('origin-refused', proof), note: 'origin-own-works' }
  return caused(verdictOf(chart, header).cause ?? 'unknown', proof)
}

/** One dial of each kind and no more; the first socket that opens is kept for what follows. */
async function attempt(chart: Chart, kind: Try): Promise<Opening> {
  const known = chart.tries.get(kind)
  if (known) return known
  const opening = await openLine(chart.ports.clock, chart.ports.dial, requestFor(chart, kind))
  chart.tries.set(kind, opening)
  if (opening.is === 'open') {
    if (chart.line === null && !chart.over) chart.line = opening.line
    else opening.line.drop()
  }
  return opening
}

function requestFor({ patient, token }: Chart, kind: Try): DialRequest {
  const method = kind === 'query' ? 'query' : 'bearer'
  const variant: Variant = { method, origin: kind === 'own-origin' ? 'own' : 'configured' }
  const request = dialRequest(patient.server, variant, token ?? '')
  return {
    ...request,
    ...(token === null ? { headers: {} } : {}),
    ...(kind === 'no-origin' ? { origin: null } : {}),
    timeoutMs: ANSWER_WAIT,
  }
}

const isDenied = (opening: Opening): boolean =>
  opening.is === 'refused' && (opening.refusal.status === 401 || opening.refusal.status === 403)

function proofOf(opening: Opening): string {
  if (opening.is === 'open') return '101'
  return opening.is === 'refused' ? `HTTP ${opening.refusal.status}` : opening.fault.is
}

/** What a refused handshake means, by the link's own rules, with everything that was tried as evidence. */
function verdictOf(chart: Chart, opening: Opening): Outcome {
  if (opening.is === 'failed') return faulted(opening.fault)
  if (opening.is === 'open') return good('socket-there', '101')
  const own = chart.tries.get('own-origin')
  const found = classify({
    is: 'refusal',
    refusal: opening.refusal,
    probe: chart.probe,
    freshToken: true,
    ownOrigin: own !== undefined && own.is !== 'open',
  })
  return caused(found.code, found.proof, WORKS_ON.has(found.code) ? 'doubtful' : 'bad')
}
