import { act, cleanup, configure, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'
import { App } from '../../src/renderer/src/app.tsx'
import { createFakeCore, type FakeCore } from '../../src/renderer/src/dev/fake-core.ts'
import { parseScenario } from '../../src/renderer/src/dev/scenario.ts'
import { CoreProvider } from '../../src/renderer/src/store/core-context.tsx'
import { forgetTyped } from '../../src/renderer/src/store/drafts.ts'
import { type CoreLink, linkToCore } from '../../src/renderer/src/store/link-to-core.ts'
import { type Preferences, usePreferences } from '../../src/renderer/src/store/preferences.ts'
import { followAddress, parseRoute, useRoute } from '../../src/renderer/src/store/route.ts'
import { createStreams } from '../../src/renderer/src/store/streams.ts'
import type { Port } from '../../src/shared/port.ts'

/** What a browser has and jsdom has not: sizes, and two observers. */
function fillIn() {
  const size = (value: number) => ({ configurable: true, get: () => value })
  for (const name of ['offsetHeight', 'clientHeight']) Object.defineProperty(HTMLElement.prototype, name, size(600))
  for (const name of ['offsetWidth', 'clientWidth']) Object.defineProperty(HTMLElement.prototype, name, size(1000))
  Object.defineProperty(window, 'matchMedia', {
    configurable: true,
    value: (query: string) => ({
      matches: false,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      addListener: () => undefined,
      removeListener: () => undefined,
    }),
  })
  class Observer {
    readonly #tell: ResizeObserverCallback
    constructor(tell: ResizeObserverCallback) {
      this.#tell = tell
    }
    observe(target: Element) {
      const contentRect = { width: 1000, height: 600 } as DOMRectReadOnly // the two sides anyone reads
      const entry = { target, contentRect, borderBoxSize: [{ inlineSize: 1000, blockSize: 600 }] }
      this.#tell([entry as unknown as ResizeObserverEntry], this) // the part anyone reads
    }
    unobserve() {}
    disconnect() {}
  }
  Object.defineProperty(window, 'ResizeObserver', { configurable: true, value: Observer })
  HTMLElement.prototype.scrollTo = () => undefined
}

const PREFERENCES: Preferences = {
  language: 'en',
  theme: 'light',
  contrast: 'normal',
  density: 'comfortable',
  digits: 'latn',
  singleKeys: true,
  sound: true,
}

/** A busy machine draws late; a failure shows its words, not the whole page. */
configure({ asyncUtilTimeout: 8_000, getElementError: (message) => new Error((message ?? '').split('\n')[0]) })

const stops: (() => void)[] = []

/** Call once at the top of a file that draws. */
export function usePage() {
  beforeEach(() => {
    fillIn()
    localStorage.clear()
    forgetTyped()
    usePreferences.setState(PREFERENCES)
  })
  afterEach(() => {
    cleanup()
    for (const stop of stops.splice(0)) stop()
    document.body.replaceChildren()
  })
}

export type Page = { readonly core: FakeCore; readonly link: CoreLink }
type PageOptions = {
  readonly at?: string
  readonly preferences?: Partial<Preferences>
  readonly open?: (core: FakeCore) => () => Promise<Port>
}

/** Draws the whole page over a made-up core that stands still. */
export async function drawPage(scenario: string, options: PageOptions = {}): Promise<Page> {
  usePreferences.setState({ ...PREFERENCES, ...options.preferences })
  location.hash = `#/${options.at ?? 'board'}`
  useRoute.setState(parseRoute(location.hash), true)
  const core = createFakeCore(parseScenario(`still,${scenario}`))
  const link = linkToCore(options.open ? options.open(core) : core.open)
  const streams = createStreams(link)
  stops.push(followAddress(), () => streams.stop(), link.stop, core.stop)
  render(
    <CoreProvider core={{ link, streams }}>
      <App />
    </CoreProvider>,
  )
  await waitFor(() => {
    if (document.querySelector('[data-state], form, h1') === null) throw new Error('nothing is drawn yet')
  })
  return { core, link }
}

/** Lets what was sent arrive and be drawn. */
export async function settle() {
  await act(async () => {
    for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => requestAnimationFrame(() => resolve(null)))
  })
}

export const text = () => document.body.textContent ?? ''
export { screen }
