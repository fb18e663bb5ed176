import { EventEmitter } from 'node:events'
import { toChromium } from './addresses.ts'
import type { Chromium } from './chromium.ts'
import { only } from './missing.ts'

type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { readonly requestingUrl: string; readonly isMainFrame: boolean },
) => void
type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean
type BeforeRequest = (
  details: { readonly id: number; readonly url: string; readonly method: string; readonly resourceType: string },
  answer: (response: { readonly cancel?: boolean }) => void,
) => void

/** Electron's name of a permission, and Chromium's own for the same. */
const PERMISSIONS: readonly (readonly [
  string,
  readonly { readonly name: string; readonly [more: string]: unknown }[],
])[] = [
  ['notifications', [{ name: 'notifications' }]],
  ['geolocation', [{ name: 'geolocation' }]],
  ['media', [{ name: 'camera' }, { name: 'microphone' }]],
  ['midi', [{ name: 'midi' }]],
  ['clipboard-read', [{ name: 'clipboard-read' }]],
  ['clipboard-sanitized-write', [{ name: 'clipboard-write' }]],
  ['screen-wake-lock', [{ name: 'screen-wake-lock' }]],
  ['idle-detection', [{ name: 'idle-detection' }]],
  ['window-management', [{ name: 'window-management' }]],
]

class WebRequest {
  before: BeforeRequest | null = null

  onBeforeRequest(listener: BeforeRequest | null): void {
    this.before = listener
  }
}
const webRequest = new WebRequest()

const decide = Symbol('decide')

export class Session extends EventEmitter {
  readonly webRequest = only('webRequest', webRequest)
  #request: RequestHandler | null = null
  #check: CheckHandler | null = null

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler
  }

  /** No device ever offers itself here. */
  setDevicePermissionHandler(): void {}

  /** Without handlers Electron grants everything, and so does the stand-in. */
  [decide](contents: unknown, permission: string, address: string): boolean {
    let granted = this.#request === null
    this.#request?.(contents, permission, (answer) => (granted = answer), { requestingUrl: address, isMainFrame: true })
    return granted && (this.#check === null || this.#check(contents, permission, address, {}))
  }
}
const whole = new Session()
export const defaultSession = only('session', whole)
export const session = only('session', { defaultSession })

/** What the app lets a page request: null when it has no say. */
export function refusesRequest(details: Parameters<BeforeRequest>[0]): boolean {
  let cancelled = false
  webRequest.before?.(details, ({ cancel }) => (cancelled = cancel === true))
  return cancelled
}

/** Asks the app's handlers about every permission, and gives Chromium the answers for this page's origin. */
export async function applyPermissions({ cdp }: Chromium, contents: unknown, address: string): Promise<void> {
  const origin = new URL(toChromium(address)).origin
  for (const [permission, kinds] of PERMISSIONS) {
    const setting = whole[decide](contents, permission, address) ? 'granted' : 'denied'
    for (const kind of kinds) await cdp.send('Browser.setPermission', { permission: kind, setting, origin })
  }
}
