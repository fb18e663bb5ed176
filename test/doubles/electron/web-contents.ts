import { EventEmitter } from 'node:events'
import { toElectron } from './addresses.ts'
import type { Chromium } from './chromium.ts'
import { ipcMain } from './ipc-main.ts'
import { type MessagePortMain, transfer } from './message-port.ts'
import { applyPermissions, defaultSession } from './session.ts'
import { Tab } from './tab.ts'
import type { FromWorld } from './wire.ts'

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'deny' | 'allow' }
type FromFar = (message: { readonly data: unknown } | 'closed') => void

let contentsMade = 0
let portsGiven = 0
/** The page behind each web contents: for the doubles beside this one, out of the app's reach. */
export const tabOf = new WeakMap<WebContents, Tab>()

/** A page as main sees it. */
export class WebContents extends EventEmitter {
  readonly id = ++contentsMade
  readonly session = defaultSession
  readonly #ports = new Map<number, FromFar>()
  readonly #chromium: Chromium
  #openHandler: OpenHandler | null = null
  #destroyed = false

  constructor(chromium: Chromium, preload: string | null) {
    super()
    this.#chromium = chromium
    const tab = new Tab(chromium, preload, {
      navigated: (address) => this.emit('did-navigate', {}, toElectron(address), 200, 'OK'),
      loaded: () => this.emit('did-finish-load', {}),
      fell: () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
      said: (message) => this.#said(message),
      worldGone: () => this.#portsGone(),
      opening: (address) => this.#opening(toElectron(address)),
      closed: () => this.#gone(),
    })
    tabOf.set(this, tab)
  }

  get mainFrame() {
    return { url: this.getURL(), parent: null }
  }

  getURL(): string {
    return toElectron(tabOf.get(this)?.address ?? '')
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  async loadURL(address: string): Promise<void> {
    await applyPermissions(this.#chromium, this, address)
    await tabOf.get(this)?.load(address)
  }

  reload(): void {
    this.loadURL(this.getURL()).catch((cause: unknown) => console.error('[stand-in] reload:', cause))
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  forcefullyCrashRenderer(): void {
    void tabOf.get(this)?.crash()
  }

  postMessage(channel: string, message: unknown, given: readonly MessagePortMain[] = []): void {
    const ports = given.map((port) => this.#give(port))
    tabOf.get(this)?.deliver({ t: 'event', channel, args: [message], ports })
  }

  #give(port: MessagePortMain): number {
    const id = ++portsGiven
    const fromFar = transfer(port, {
      post: (data) => tabOf.get(this)?.deliver({ t: 'port', id, data }),
      close: () => {
        this.#ports.delete(id)
        tabOf.get(this)?.deliver({ t: 'port-close', id })
      },
    })
    this.#ports.set(id, fromFar)
    return id
  }

  #said(message: FromWorld) {
    switch (message.t) {
      case 'send':
        return void ipcMain.emit(
          message.channel,
          { sender: this, senderFrame: this.mainFrame, ports: [] },
          ...message.args,
        )
      case 'port':
        return this.#ports.get(message.id)?.({ data: message.data })
      case 'preload-error':
        console.error('[stand-in] preload:', message.message)
        return void this.emit('preload-error', {}, '', new Error(message.message))
    }
  }

  #opening(url: string) {
    if (this.#openHandler?.({ url }).action === 'deny') return
    throw new Error('Windows opened by a page are not implemented in the stand-in: refuse them')
  }

  #portsGone() {
    const gone = [...this.#ports.values()]
    this.#ports.clear()
    for (const fromFar of gone) fromFar('closed')
  }

  #gone() {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#portsGone()
    this.emit('destroyed')
  }
}
