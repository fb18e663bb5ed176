import { readFileSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import { toChromium } from './addresses.ts'
import type { Chromium } from './chromium.ts'
import { makeCodec } from './codec.ts'
import type { FromWorld, ToWorld } from './wire.ts'
import { DELIVER, isolatedWorld, SEND_BINDING, WORLD } from './world.ts'

const { encode, decode } = makeCodec()

export type TabListener = {
  /** A new document stands in the main frame. */
  navigated(address: string): void
  loaded(): void
  fell(): void
  said(message: FromWorld): void
  /** The preload's world went, and with it every port in it. */
  worldGone(): void
  /** The page called `window.open`. */
  opening(address: string): void
  closed(): void
}

type Opened = { readonly page: Page; readonly cdp: CDPSession; world: string | null }

/**
 * One page of Chromium behind one window, with the preload's world in it. After its renderer died the next load is made
 * in a fresh page, because a crashed one cannot be driven any more; the window does not notice.
 */
export class Tab {
  readonly #chromium: Chromium
  readonly #preload: string | null
  readonly #listener: TabListener
  #opened: Promise<Opened>
  #current: Opened | null = null
  #fallen = false
  /** The address main itself is loading, as Chromium knows it: such a load is not asked about. */
  #ownLoad: string | null = null

  constructor(chromium: Chromium, preload: string | null, listener: TabListener) {
    this.#chromium = chromium
    this.#preload = preload
    this.#listener = listener
    this.#opened = this.#open()
  }

  get page(): Page | null {
    return this.#current?.page ?? null
  }

  get address(): string {
    return this.page?.url() ?? ''
  }

  get fallen(): boolean {
    return this.#fallen
  }

  /** True once for the load main asked for itself. */
  takeOwnLoad(address: string): boolean {
    if (this.#ownLoad !== address) return false
    this.#ownLoad = null
    return true
  }

  async load(address: string): Promise<void> {
    const old = await this.#opened
    if (this.#fallen) {
      this.#fallen = false
      this.#opened = this.#open()
      await this.#opened
      await old.page.close().catch(() => {}) // already half gone
    }
    const { page } = await this.#opened
    const url = new URL(toChromium(address)).href
    this.#ownLoad = url
    await page.goto(url, { waitUntil: 'load' })
  }

  async crash(): Promise<void> {
    const { cdp } = await this.#opened
    await cdp.send('Page.crash').catch(() => {}) // it dies without answering
  }

  deliver(message: ToWorld): void {
    const { cdp, world } = this.#current ?? {}
    if (cdp === undefined || world === undefined || world === null) return
    const expression = `globalThis.${DELIVER}(${JSON.stringify(encode(message))})`
    cdp.send('Runtime.evaluate', { uniqueContextId: world, expression }).catch(() => {}) // the world went meanwhile
  }

  async close(): Promise<void> {
    const { page } = await this.#opened
    await page.close().catch(() => {}) // the browser went first
  }

  async #open(): Promise<Opened> {
    const page = await this.#chromium.newPage()
    const cdp = await this.#chromium.context.newCDPSession(page)
    const opened: Opened = { page, cdp, world: null }
    await this.#enterWorld(opened)
    this.#current = opened
    page.on('load', () => this.#listener.loaded())
    page.on('crash', () => {
      this.#fallen = true
      this.#worldGone(opened)
      this.#listener.fell()
    })
    page.on('close', () => {
      if (this.#current === opened) this.#listener.closed()
    })
    return opened
  }

  async #enterWorld(opened: Opened) {
    const { cdp } = opened
    const { frameTree } = await cdp.send('Page.getFrameTree')
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#listener.navigated(frame.url)
    })
    cdp.on('Page.windowOpen', ({ url }) => this.#listener.opening(url))
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const of: unknown = context.auxData?.frameId
      if (context.name === WORLD && of === frameTree.frame.id) opened.world = context.uniqueId
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId: id }) => {
      if (id === opened.world) this.#worldGone(opened)
    })
    cdp.on('Runtime.executionContextsCleared', () => this.#worldGone(opened))
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === SEND_BINDING) this.#listener.said(decode(payload) as FromWorld) // encoded by our own other side
    })
    await cdp.send('Emulation.setUserAgentOverride', { userAgent: this.#chromium.userAgent })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${refusedOpen})()` })
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    if (this.#preload === null) return
    await cdp.send('Runtime.addBinding', { name: SEND_BINDING, executionContextName: WORLD })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { worldName: WORLD, source: worldSource(this.#preload) })
  }

  #worldGone(opened: Opened) {
    if (opened.world === null) return
    opened.world = null
    if (this.#current === opened) this.#listener.worldGone()
  }
}

/**
 * Runs in the page: `window.open` answers null, as Electron's does for a refused window. Chromium still opens a page of
 * its own, which the stand-in closes before it has loaded anything, and tells main that it was asked for.
 */
function refusedOpen() {
  const page = globalThis as unknown as { open(address?: string, target?: string, features?: string): unknown } // a browser's window
  const original = page.open.bind(globalThis)
  page.open = (address) => {
    original(address, '_blank', 'noopener')
    return null
  }
}

function worldSource(preload: string): string {
  const given = [readFileSync(preload, 'utf8'), preload, SEND_BINDING, DELIVER].map((text) => JSON.stringify(text))
  return `(${isolatedWorld})(${makeCodec}, ${given.join(', ')})`
}
