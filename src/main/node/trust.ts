import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import type { TlsChoice } from '../../core/ports.ts'

/**
 * Whom to trust: the platform's authorities, and one more if the operator gave one. Parsing them all takes tens of
 * milliseconds, so each choice is prepared once. Throws when the extra authority is not a certificate.
 */
export function createTrust(): (choice: TlsChoice) => SecureContext {
  const prepared = new Map<string, SecureContext>()
  return (choice) => {
    const key = choice.authority ?? ''
    const known = prepared.get(key)
    if (known) return known
    const context = createSecureContext(
      choice.authority === null ? {} : { ca: [...getCACertificates('default'), choice.authority] },
    )
    prepared.set(key, context)
    return context
  }
}
