/** The one place the window's page comes from. */
export const SCHEME = 'app'
export const HOST = 'tallydesk'
export const PAGE = `${SCHEME}://${HOST}/index.html`

/** Whether this address is ours. `URL.origin` is no help: outside a browser it is "null" for every scheme of one's own. */
export function isOwnUrl(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null && url.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === ''
  )
}

/** What a window may load at all: our files, and what our page made itself. */
export function mayLoad(address: string, options: { readonly devtools: boolean }): boolean {
  if (isOwnUrl(address) || address.startsWith('data:')) return true
  if (address.startsWith('blob:')) return isOwnUrl(address.slice('blob:'.length))
  return options.devtools && address.startsWith('devtools:')
}

/** Whether a link may be opened in the system's browser: https, and beginning with an address on the list. */
export function mayOpenOutside(address: string, allowed: readonly string[]): boolean {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  return allowed.some((start) => {
    const base = URL.parse(start)
    return base !== null && url.origin === base.origin && url.pathname.startsWith(base.pathname)
  })
}
