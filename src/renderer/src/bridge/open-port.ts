import { PORT, READY } from '../../../shared/handover.ts'
import type { Port } from '../../../shared/port.ts'
import { HostRefusal } from '../store/link-to-core.ts'
import { messagePort } from './message-port.ts'
import { openSocketPort } from './socket-port.ts'

/** How long the preload may take to hand the port over before the page asks again, ms. */
const HAND_OVER_WAIT_MS = 3_000

/** What of the window this needs. */
export type PageWindow = Pick<Window, 'addEventListener' | 'removeEventListener' | 'postMessage'> & {
  readonly location: Pick<Location, 'protocol' | 'host' | 'search' | 'origin'>
  readonly navigator: Pick<Navigator, 'userAgent'>
}

/** `window`: a preload posts the port. `socket`: the loopback host serves it at /port. */
export function bridgeKind(page: PageWindow): 'window' | 'socket' {
  const asked = new URLSearchParams(page.location.search).get('bridge')
  if (asked === 'window' || asked === 'socket') return asked
  // Under `npm run dev` Electron loads the page over http: only the user agent tells it from a browser.
  return page.location.protocol === 'app:' || /\bElectron\//.test(page.navigator.userAgent) ? 'window' : 'socket'
}

/** The page's one way to the core, open and ready. Rejects when the host is not there; call again later. */
export function openPort(page: PageWindow = window): Promise<Port> {
  if (bridgeKind(page) === 'window') return awaitHandOver(page)
  const scheme = page.location.protocol === 'https:' ? 'wss:' : 'ws:'
  return openSocketPort(`${scheme}//${page.location.host}/port`).catch(async (cause: unknown) => {
    // A browser does not tell why a socket was refused; asked for the page itself, the host does.
    throw (await turnedAway()) ? new HostRefusal('the host does not know this page') : cause
  })
}

const turnedAway = (): Promise<boolean> =>
  fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
    (answer) => answer.status === 401 || answer.status === 403,
    () => false,
  )

/** Says it is ready, then takes the first port posted by this very window's preload. */
function awaitHandOver(page: PageWindow): Promise<Port> {
  return new Promise((resolve, reject) => {
    const nonce = crypto.randomUUID()
    const hear = (event: MessageEvent<unknown>) => {
      const port = handedPort(event, page, nonce)
      if (!port) return
      stop()
      resolve(messagePort(port))
    }
    const late = setTimeout(() => {
      stop()
      reject(new Error('no port was handed over'))
    }, HAND_OVER_WAIT_MS)
    const stop = () => {
      clearTimeout(late)
      page.removeEventListener('message', hear)
    }
    page.addEventListener('message', hear)
    page.postMessage({ type: READY, nonce }, page.location.origin)
  })
}

/** Only a port given to this very load of this very page. */
function handedPort(event: MessageEvent<unknown>, page: PageWindow, nonce: string): MessagePort | null {
  if (event.source !== page || event.origin !== page.location.origin || event.ports.length !== 1) return null
  const data = event.data
  if (typeof data !== 'object' || data === null || !('type' in data) || !('nonce' in data)) return null
  return data.type === PORT && data.nonce === nonce ? (event.ports[0] ?? null) : null
}
