/**
 * Chromium does not know a scheme of our own, so `app://tallydesk/x` is loaded as `https://tallydesk.app.invalid/x`
 * (`.invalid` exists nowhere) and told to main as `app://tallydesk/x`. The page sees the https address.
 */
const schemes = new Set<string>()

export function knowScheme(scheme: string) {
  schemes.add(scheme)
}

export function toChromium(address: string): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(address) ?? []
  if (scheme === undefined || host === undefined || !schemes.has(scheme)) return address
  return `https://${host}.${scheme}.invalid${rest ?? ''}`
}

export function toElectron(address: string): string {
  const [, blob, host, scheme, rest] =
    /^(blob:)?https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.invalid(?=[/?#]|$)(.*)$/i.exec(address) ?? []
  if (host === undefined || scheme === undefined || !schemes.has(scheme)) return address
  return `${blob ?? ''}${scheme}://${host}${rest ?? ''}`
}
