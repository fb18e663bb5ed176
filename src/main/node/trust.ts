import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { NetworkFault, TlsChoice } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * Whom to trust: the platform's authorities, and one more if the operator gave one. Parsing them all takes tens of
 * milliseconds, so each choice is prepared once.
 */
export function createTrust(): (choice: TlsChoice) => Result<SecureContext, NetworkFault> {
  const prepared = new Map<string, Result<SecureContext, NetworkFault>>()
  return (choice) => {
    const key = choice.authority ?? ''
    const known = prepared.get(key)
    if (known) return known
    const context = prepare(choice.authority)
    prepared.set(key, context)
    return context
  }
}

function prepare(authority: string | null): Result<SecureContext, NetworkFault> {
  if (authority === null) return ok(createSecureContext())
  // The platform passes over what it cannot read; the operator would then look for the fault at the server.
  if (!holdsCertificates(authority)) {
    return err({ is: 'tls', detail: 'the extra authority is not a certificate in PEM form' })
  }
  return ok(createSecureContext({ ca: [...getCACertificates('default'), authority] }))
}

function holdsCertificates(pem: string): boolean {
  const found = pem.match(CERTIFICATE) ?? []
  try {
    return found.map((one) => new X509Certificate(one)).length > 0
  } catch {
    return false
  }
}
