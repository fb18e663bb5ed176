import { EventEmitter } from 'node:events'
import type { Chromium } from './chromium.ts'
import { tabOf, WebContents } from './web-contents.ts'

type WebPreferences = Readonly<Record<string, unknown>> & { readonly preload?: string }
type WindowOptions = Readonly<Record<string, unknown>> & {
  readonly show?: boolean
  readonly webPreferences?: WebPreferences
}

/** The only page settings the stand-in can keep its word about. */
const KEPT: Readonly<Record<string, unknown>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
}
/** Settings it records and does nothing about. */
const NOTED = new Set(['preload', 'devTools', 'backgroundThrottling', 'spellcheck'])

const open = new Map<number, BrowserWindow>()
const optionsOf = new WeakMap<BrowserWindow, WindowOptions>()
let windowsMade = 0
let behind: {
  readonly chromium: Chromium
  readonly made: (contents: WebContents) => void
  readonly allGone: () => void
} | null = null

/** Gives windows their browser: before, none can be made. */
export function windowsOver(given: NonNullable<typeof behind>) {
  behind = given
}
export const givenOptions = (window: BrowserWindow): WindowOptions => optionsOf.get(window) ?? {}

export class BrowserWindow extends EventEmitter {
  readonly id = ++windowsMade
  readonly webContents: WebContents
  #visible: boolean
  #minimized = false
  #shownOnce = false

  static getAllWindows(): BrowserWindow[] {
    return [...open.values()]
  }

  constructor(options: WindowOptions = {}) {
    super()
    if (behind === null) throw new Error('Cannot create BrowserWindow before app is ready')
    checkPreferences(options.webPreferences ?? {})
    optionsOf.set(this, options)
    this.#visible = options.show !== false
    this.webContents = new WebContents(behind.chromium, options.webPreferences?.preload ?? null)
    open.set(this.id, this)
    this.webContents.once('destroyed', () => this.#gone())
    this.webContents.on('did-finish-load', () => {
      if (this.#shownOnce) return
      this.#shownOnce = true
      this.emit('ready-to-show')
    })
    behind.made(this.webContents)
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address)
  }

  show(): void {
    this.#visible = true
    this.emit('show')
  }

  focus(): void {
    this.emit('focus')
  }

  isVisible(): boolean {
    return this.#visible
  }

  minimize(): void {
    this.#minimized = true
  }

  isFocused(): boolean {
    return this.isVisible()
  }
  flashFrame(_on: boolean): void {}
  isMinimized(): boolean {
    return this.#minimized
  }

  restore(): void {
    this.#minimized = false
  }

  isDestroyed(): boolean {
    return !open.has(this.id)
  }

  close(): void {
    let stay = false
    this.emit('close', { preventDefault: () => (stay = true) })
    if (!stay) this.destroy()
  }

  destroy(): void {
    void tabOf.get(this.webContents)?.close()
    this.#gone()
  }

  #gone() {
    if (!open.delete(this.id)) return
    this.emit('closed')
    if (open.size === 0) behind?.allGone()
  }
}

function checkPreferences(preferences: WebPreferences) {
  for (const [name, value] of Object.entries(preferences)) {
    if (NOTED.has(name)) continue
    if (!Object.hasOwn(KEPT, name) || KEPT[name] !== value) {
      throw new Error(`webPreferences.${name}: ${String(value)} is not implemented in the stand-in`)
    }
  }
  for (const name of ['sandbox', 'contextIsolation']) {
    if (preferences[name] !== true) throw new Error(`The stand-in wants webPreferences.${name} said: true`)
  }
}
