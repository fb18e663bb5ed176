import type { Page } from 'playwright-core'

/** How the window looks, as the page's own preferences name it. */
export type Look = {
  readonly language: 'en' | 'ar'
  readonly theme: 'light' | 'dark'
  readonly contrast: 'normal' | 'more'
  readonly density?: 'comfortable' | 'compact'
}
export type Control = { readonly kind: string; readonly name: string }
export type Shift = { readonly by: number; readonly what: readonly string[] }

/** The made-up page's own steering, as `src/renderer/src/dev/steer.ts` puts it on the window. */
type Steering = {
  readonly screens: readonly string[]
  look(change: object): Promise<void>
  faults(): string[]
  silent(): string[]
  leadless(): string[]
  leads(): string[]
  controls(): Control[]
  placeOf(index: number): { x: number; y: number; coveredBy: string | null } | null
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

/** A number is asked about once the typing rests; the made-up core answers at once. ms. */
const ANSWER_MS = 700

/** One page with a made-up core. Owns nothing: whoever opened the page closes it. */
export class Steered {
  readonly page: Page
  readonly #url: string
  #loads = 0

  constructor(page: Page, url: string) {
    this.page = page
    this.#url = url
  }

  /** Loads the page with these made-up circumstances. */
  async open(scenario: string, screen = 'board'): Promise<void> {
    // Another address each time: with the same one only its screen would change.
    await this.page.goto(`${this.#url}/?fake=${encodeURIComponent(scenario)}&load=${++this.#loads}#/${screen}`)
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
  silent = (): Promise<string[]> =>
    this.page.evaluate(() => (globalThis as unknown as PageWorld).tallydeskSteering.silent()) // the same
  leadless = (): Promise<string[]> =>
    this.page.evaluate(() => (globalThis as unknown as PageWorld).tallydeskSteering.leadless()) // the same
  leads = (): Promise<string[]> =>
    this.page.evaluate(() => (globalThis as unknown as PageWorld).tallydeskSteering.leads()) // the same
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
  /** Brings the control at this place of the list into sight. */
  placeOf = (index: number): Promise<{ x: number; y: number; coveredBy: string | null } | null> =>
    this.page.evaluate((at) => (globalThis as unknown as PageWorld).tallydeskSteering.placeOf(at), index) // the same
  /** Presses the control at this place of the list, as a pointer would; what covers it, where something does. */
  async press(index: number): Promise<string | null> {
    const place = await this.placeOf(index)
    if (!place) return null
    if (place.coveredBy !== null) return place.coveredBy
    await this.page.mouse.click(place.x, place.y)
    await this.rest()
    return null
  }
}
