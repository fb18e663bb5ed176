import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/** What the server showed of itself, kept to explain a refusal in words. */
export type CertificateFacts = {
  readonly subject: string
  readonly issuer: string
  readonly names: string
  readonly validFrom: string
  readonly validTo: string
}

/** Reads the peer's certificate before it is judged: afterwards a refused socket has none any more. */
export function noteCertificate(socket: Socket, note: (facts: CertificateFacts) => void): void {
  if (!(socket instanceof TLSSocket)) return
  socket.prependOnceListener('secure', () => {
    const shown = socket.getPeerCertificate()
    if (!shown?.subject) return
    note({
      subject: commonName(shown.subject),
      issuer: commonName(shown.issuer),
      names: shown.subjectaltname ?? '',
      validFrom: day(shown.valid_from),
      validTo: day(shown.valid_to),
    })
  })
}

/** A TLS refusal as a sentence with the remedy in it. `code` is the platform's word for it. */
export function explainCertificate(code: string, host: string, facts: CertificateFacts | null): string {
  const whose = `certificate of ${host}`
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `${whose} expired${facts ? ` on ${facts.validTo}` : ''}: renew it on the server (or this machine's clock is wrong)`
    case 'CERT_NOT_YET_VALID':
      return `${whose} is valid only from ${facts ? facts.validFrom : 'a later day'}: this machine's clock may be wrong`
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `${whose} is self-signed: give it to this desk as an extra authority, or install one that is signed`
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `${whose} is signed by ${facts ? `"${facts.issuer}"` : 'an authority'}, which this desk does not know: add that authority's PEM, or let the server send its whole chain`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return `${whose} is for ${facts ? facts.names || facts.subject : 'another name'}, not for ${host}: use the name it was made for`
    case 'CERT_REVOKED':
      return `${whose} was revoked by its authority`
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `${host} does not speak TLS at this port (${code}): the address may need http or ws instead`
    default:
      return `no secure connection to ${host} (${code})`
  }
}

export function commonName(
  name: { readonly CN?: string | string[]; readonly O?: string | string[] } | undefined,
): string {
  const word = name?.CN ?? name?.O ?? 'unnamed'
  return Array.isArray(word) ? word.join(', ') : word
}

function day(text: string): string {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? text : at.toISOString().slice(0, 10)
}
