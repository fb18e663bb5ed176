/** Which browser pages may speak to the hub. A program that is no browser sends no Origin and is judged by its token alone. */
export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(name) || name === '[::1]'
const isAddress = (name: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name.startsWith('[')

/**
 * Lets in: none, loopback, the hub's own name or address, and the origins named in the settings. A host name is only
 * ever "own" when it was configured: what the Host header claims could have been made up by a rebinding page.
 */
export function originCheck(ownHost: string, allowed: readonly string[]): OriginCheck {
  const named = new Set(allowed.map((origin) => origin.toLowerCase().replace(/\/$/, '')))
  return (origin, host) => {
    if (origin === undefined) return true
    if (named.has('*') || named.has(origin.toLowerCase())) return true
    if (!URL.canParse(origin)) return false
    const { protocol, hostname } = new URL(origin)
    if (protocol !== 'http:' && protocol !== 'https:') return false
    if (isLoopback(hostname) || hostname === ownHost.toLowerCase()) return true
    return (
      isAddress(hostname) &&
      host !== undefined &&
      URL.canParse(`http://${host}`) &&
      new URL(`http://${host}`).hostname === hostname
    )
  }
}

export const isLoopbackAddress = (address: string | undefined): boolean =>
  address !== undefined && (/^(::ffff:)?127\./.test(address) || address === '::1')
