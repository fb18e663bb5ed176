import { needsPlainAccepted } from '../settings.ts'
import { doubtful, type Examination, faulted, good, placeOf, skipped, ANSWER_WAIT } from './chart.ts'

const DAY = 86_400_000
/** A certificate with less than this to go is renewed before the day, not on it. */
const ENDS_SOON = 14 * DAY

export const lookUpName: Examination = async ({ patient, ports }) => {
  const { host } = placeOf(patient.server.url)
  if (/^[\d.]+$/.test(host) || host.includes(':')) return good('name-is-address', host)
  const found = await ports.network.addressesOf(host, ANSWER_WAIT)
  return found.ok ? good('name-known', `${host} is ${found.value.join(', ')}`) : faulted(found.error)
}

export const reachPort: Examination = async ({ patient, ports }) => {
  const { host, port } = placeOf(patient.server.url)
  const reached = await ports.network.reach(host, port, ANSWER_WAIT)
  return reached.ok ? good('tcp-open', `${reached.value} took the connection at port ${port}`) : faulted(reached.error)
}

export const seeCertificate: Examination = async ({ patient, ports }) => {
  const { url, authority } = patient.server
  const { secure, host, port } = placeOf(url)
  if (!secure) {
    const seen = `http://${host}:${port}`
    return needsPlainAccepted(url) ? doubtful('tls-none', seen) : skipped('tls-none-here', seen)
  }
  const shown = await ports.network.secure(host, port, { authority }, ANSWER_WAIT)
  if (!shown.ok) return faulted(shown.error)
  const { protocol, subject, issuer, names, validTo } = shown.value
  const left = validTo === null ? null : validTo - ports.clock.now()
  const ends = left === null ? 'no end stated' : `ends in ${Math.floor(left / DAY)} days`
  const own = authority === null ? '' : '; an extra authority is trusted here'
  const proof = `${protocol}: "${subject}" for ${names || 'no names'}, signed by "${issuer}", ${ends}${own}`
  return left !== null && left < ENDS_SOON ? doubtful('tls-ends-soon', proof) : good('tls-good', proof)
}
