import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from '../e2e/shells.ts'
import { type Served, servePage } from './page.ts'
import { Steered } from './steered.ts'

/** A page of the made-up day in a context of its own; whoever began it closes the context. */
export type Begun = { readonly context: BrowserContext; readonly steered: Steered }

type Wishes = {
  /** Runs in every page before its own scripts. */
  readonly before?: string
}

/** The paper that a page would print on is nobody's here. */
const NO_PRINTER = 'globalThis.print = () => undefined'

/**
 * The opening of every spec that walks the made-up day: one built page and one browser for all its tests, ended after them;
 * each test begins a page of its own.
 */
export function usePages(): (wishes?: Wishes) => Promise<Begun> {
  let served: Served
  let browser: Browser
  beforeAll(async () => {
    served = await servePage()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await served?.stop()
  })
  return async ({ before } = {}) => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
    await context.addInitScript(NO_PRINTER)
    if (before !== undefined) await context.addInitScript(before)
    return { context, steered: new Steered(await context.newPage(), served.url) }
  }
}
