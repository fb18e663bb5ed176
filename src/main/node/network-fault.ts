import type { IncomingHttpHeaders } from 'node:http'
import type { NetworkFault } from '../../core/ports.ts'
import { type CertificateFacts, explainCertificate } from './certificate.ts'

/** Where we tried to go; goes into the detail, so it names no user, no query and no token. */
export type Address = { readonly host: string; readonly port: string }

const TLS_CODE =
  /^(EPROTO$|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_|INVALID_CA|INVALID_PURPOSE|ERR_TLS_|ERR_SSL_|ERR_OSSL_)/

/** The platform's error as a fault of the port: by its code, never by its prose. */
export function networkFault(cause: unknown, at: Address, certificate: CertificateFacts | null): NetworkFault {
  const code = codeOf(cause)
  const place = `${at.host}:${at.port}`
  if (TLS_CODE.test(code)) return { is: 'tls', detail: explainCertificate(code, at.host, certificate) }
  switch (code) {
    case 'ENOTFOUND':
    case 'ENODATA':
      return { is: 'name-not-found', detail: `no machine is called ${at.host} (${code})` }
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return { is: 'name-not-found', detail: `the name server did not answer for ${at.host} (${code})` }
    case 'ECONNREFUSED':
      return { is: 'refused', detail: `nothing listens at ${place} (${code})` }
    case 'ETIMEDOUT':
      return { is: 'timed-out', detail: `${place} did not answer (${code})` }
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return { is: 'unreachable', detail: `no way to ${place} (${code})` }
    case 'EACCES':
    case 'EPERM':
      return { is: 'unreachable', detail: `this machine forbids the way to ${place}, perhaps its firewall (${code})` }
    case 'HPE_HEADER_OVERFLOW':
      return { is: 'too-big', detail: `${place} sent too many header bytes` }
    case 'ABORT_ERR':
      return { is: 'aborted', detail: 'given up by this desk' }
    default:
      if (code.startsWith('HPE_')) return { is: 'reset', detail: `what ${place} answered is not HTTP (${code})` }
      return { is: 'reset', detail: `${place} broke off${code ? ` (${code})` : ''}` }
  }
}

/** The error code, looking inside the bundle that trying several addresses produces. Empty when there is none. */
export function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return ''
  if ('code' in cause && typeof cause.code === 'string') return cause.code
  if (cause instanceof AggregateError) {
    for (const one of cause.errors) {
      const code = codeOf(one)
      if (code) return code
    }
  }
  return ''
}

/** Parses an address of one of these schemes; says why not otherwise. Credentials in an address would end up in logs. */
export function parseAddress(url: string, schemes: readonly string[]): URL | NetworkFault {
  const parsed = URL.parse(url)
  if (!parsed) return { is: 'bad-url', detail: 'not an address' }
  if (!schemes.includes(parsed.protocol)) {
    return { is: 'bad-url', detail: `the address must start with ${schemes.map((s) => `${s}//`).join(' or ')}` }
  }
  if (parsed.username || parsed.password) {
    return { is: 'bad-url', detail: 'the address must not carry a user name or a password' }
  }
  return parsed
}

/** Host and port of a parsed address, the scheme's own port filled in. */
export function addressOf(url: URL): Address {
  const secure = url.protocol === 'https:' || url.protocol === 'wss:'
  return { host: url.hostname, port: url.port || (secure ? '443' : '80') }
}

/** What this machine itself would not send. The platform's message names the header, never its value. */
export function refusedHere(cause: unknown): NetworkFault {
  return { is: 'bad-url', detail: cause instanceof Error ? cause.message : 'cannot be asked' }
}

/** Header names as they come (lower case), repeated values joined. */
export function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}
