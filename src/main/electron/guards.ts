import { app, type Session, shell, type WebContents } from 'electron'
import type { Log } from '../../core/ports.ts'
import { isOwnUrl, mayLoad, mayOpenOutside } from './origin.ts'

/**
 * What a window is refused, whatever its page asks: leaving our page, opening windows, other people's addresses,
 * permissions but three, embedded browsers, bad certificates. Each refusal is logged; none is shown, for our own page asks none.
 */

export type GuardOptions = {
  /** Developer tools may be opened. */
  readonly devtools: boolean
  /** Beginnings of https addresses that may be opened in the system's browser. */
  readonly outside: readonly string[]
}

/** Guards every page the app will ever hold. Said before the first window. */
export function guardApp(options: GuardOptions, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, options, log))
  app.on('certificate-error', (event, _contents, url, error, _certificate, answer) => {
    event.preventDefault()
    log.warn('certificate.refused', { url, error })
    answer(false)
  })
}

function guardContents(contents: WebContents, options: GuardOptions, log: Log) {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (isOwnUrl(event.url)) return
    event.preventDefault()
    log.warn('navigation.refused', { url: event.url })
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    log.warn('webview.refused')
  })
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url, options.outside)) {
      shell.openExternal(url).catch((cause: unknown) => log.warn('link.not-opened', { url, cause: String(cause) }))
    } else log.warn('window.refused', { url })
    return { action: 'deny' }
  })
}

/** What our own page may do beyond showing itself: notes of the system, putting text into the clipboard, keeping a wall's screen on. */
const GRANTED: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write', 'screen-wake-lock'])

/** Guards what the windows' session may fetch and what its pages may be permitted. */
export function guardSession(session: Session, options: GuardOptions, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const granted = GRANTED.has(permission) && isOwnUrl(details.requestingUrl)
    if (!granted) log.warn('permission.refused', { permission })
    answer(granted)
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => GRANTED.has(permission) && isOwnUrl(origin))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !mayLoad(details.url, options)
    if (cancel) log.warn('request.refused', { url: details.url, kind: details.resourceType })
    answer({ cancel })
  })
}
