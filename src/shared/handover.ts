/**
 * The words by which a page gets its port: page → preload → main and back. Plain constants, so that the preload that
 * uses them stays one small file.
 */

/** Page → preload, by `window.postMessage`: `{ type, nonce }`. Repeated by the page until it is answered. */
export const READY = 'tallydesk:ready'
/** Preload → page, by `window.postMessage`: `{ type, nonce }` with the one port. */
export const PORT = 'tallydesk:port'
/** Preload → main: `{ nonce }`. */
export const PORT_REQUEST = 'port.request'
/** Main → preload: `{ nonce }` with the one port. */
export const PORT_GIVE = 'port.give'
