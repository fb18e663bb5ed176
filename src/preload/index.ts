import { ipcRenderer } from 'electron'
import { PORT, PORT_GIVE, PORT_REQUEST, READY } from '../shared/handover.ts'

/**
 * Carries one port from main to the page, each load anew, and exposes nothing. The page names its load by a nonce, so a
 * port meant for the document before it is not taken for its own. It never looks at what travels over the port.
 */

const isReady = (data: unknown): data is { nonce: string } =>
  typeof data === 'object' &&
  data !== null &&
  'type' in data &&
  data.type === READY &&
  'nonce' in data &&
  typeof data.nonce === 'string'

window.addEventListener('message', ({ source, origin, data }) => {
  // A frame inside the page is another source; another site is another origin.
  if (source !== window || origin !== location.origin || !isReady(data)) return
  ipcRenderer.send(PORT_REQUEST, { nonce: data.nonce })
})

ipcRenderer.on(PORT_GIVE, (event, { nonce }: { nonce: string }) => {
  window.postMessage({ type: PORT, nonce }, location.origin, event.ports)
})
