import type { Page } from 'playwright-core'

/** How the window looks, as the page's own preferences name it. */
export type Look = {
  readonly language: 'en' | 'ar'
  readonly theme: 'light' | 'dark'
  readonly contrast: 'normal' | 'more'
}
export type Control = { readonly kind: string; readonly name: string }
export type Shift = { readonly by: number; readonly what: readonly string[] }

/** The made-up page's own steering, as `src/renderer/src/dev/steer.ts` puts it on the window. */
type Steering = {
  readonly screens: readonly string[]
  look(change: object): Promise<void>
  faults(): string[]
  controls(): Control[]
  choose(index: number): boolean
  isOpen(): boolean
  move(times: number, everyMs: number): Promise<Shift[]>
}
type PageWorld = {
  readonly tallydeskSteering: Steering
  readonly location: { hash: string }
  readonly document: {
    body: { textContent: string | null }
    documentElement: { lang: string }
    querySelector(selector: string): object | null
  }
}

/** A control that does not answer a press within this time is not there for anybody, ms. */
const PRESS_MS = 3_000

/** A number is asked about once the typing rests; the made-up core answers at once. ms. */
const ANSWER_MS = 700

/** One page with a made-up core. Owns nothing: whoever opened the page closes it. */
export class Steered {
  readonly page: Page
  readonly #url: string

  constructor(page: Page, url: string) {
    this.page = page
    this.#url = url
  }

  /** Loads the page with these made-up circumstances. */
  async open(scenario: string, screen = 'board'): Promise<void> {
    await this.page.goto(`${this.#url}/?fake=${encodeURIComponent(scenario)}#/${screen}`)
    await this.drawn()
  }
  async drawn(): Promise<void> {
    await this.page.locator('#root h1, #root main').first().waitFor({ state: 'attached' })
    await this.page.evaluate('document.fonts.ready.then(() => null)')
  }
  async go(screen: string): Promise<void> {
    await this.page.evaluate((at) => {
      const world = globalThis as unknown as PageWorld // the made-up page
      world.location.hash = `#/${at}`
    }, screen)
    await this.rest()
  }
  /** Types into whatever has the focus, and lets the answer come. */
  async type(text: string): Promise<void> {
    if (text === '') return
    await this.page.keyboard.type(text)
    await this.page.waitForTimeout(ANSWER_MS)
  }
  /** Two frames drawn and whatever comes in after them. */
  rest(): Promise<void> {
    return this.page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(null)))))',
    )
  }
  screens = (): Promise<readonly string[]> =>
    this.page.evaluate(() => (globalThis as unknown as PageWorld).tallydeskSteering.screens) // the made-up page
  look = (look: Partial<Look>): Promise<void> =>
    this.page.evaluate((change) => (globalThis as unknown as PageWorld).tallydeskSteering.look(change), look) // the same
  faults = (): Promise<string[]> =>
    this.page.evaluate(() => (globalThis as unknown as PageWorld).tallydeskSteering.faults()) // the same
  controls = (): Promise<Control[]> =>
    this.page.evaluate(() => (globalThis as unknown as PageWorld).tallydeskSteering.controls()) // the same
  isOpen = (): Promise<boolean> =>
    this.page.evaluate(() => (globalThis as unknown as PageWorld).tallydeskSteering.isOpen()) // the same
  /** Where the window is, and whether its frame is there. */
  where = (): Promise<{ screen: string; query: string; language: string; framed: boolean }> =>
    this.page.evaluate(() => {
      const world = globalThis as unknown as PageWorld // the same
      const [screen = '', query = ''] = world.location.hash.replace(/^#\/?/, '').split('?')
      const { documentElement } = world.document
      return { screen, query, language: documentElement.lang, framed: world.document.querySelector('nav') !== null }
    })
  /** What the page says from these words on; empty where it does not say them. */
  textFrom = (words: string): Promise<string> =>
    this.page.evaluate((wanted) => {
      const text = (globalThis as unknown as PageWorld).document.body.textContent ?? '' // the same
      return text.includes(wanted) ? text.slice(text.indexOf(wanted)) : ''
    }, words)
  move = (times: number, everyMs: number): Promise<Shift[]> =>
    this.page.evaluate(
      ([count, every]) => (globalThis as unknown as PageWorld).tallydeskSteering.move(count, every), // the same
      [times, everyMs] as const,
    )
  /** Presses the control at this place of the list, as a pointer would; false when it went away meanwhile. */
  async press(index: number): Promise<boolean> {
    const there = await this.page.evaluate(
      (at) => (globalThis as unknown as PageWorld).tallydeskSteering.choose(at), // the same
      index,
    )
    if (!there) return false
    await this.page.locator('[data-pressed-next]').first().click({ timeout: PRESS_MS })
    await this.rest()
    return true
  }
}
