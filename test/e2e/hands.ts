import type { Page } from 'playwright-core'
import { waitFor } from '../electron/shell.ts'

/** Further than any screen of ours is long. */
const STEPS = 160
/** What holds the focus says its name at once, ms. */
const AT_ONCE_MS = 1_000

/** Two hands on a keyboard and no pointer: keys, and what the focus is on, as whoever listens hears it. */
export class Hands {
  readonly #of: () => Page

  constructor(of: () => Page) {
    this.#of = of
  }

  /** Role, name, state and description of what holds the focus: `button "Save" [pressed] …`; empty where nothing does. */
  async on(): Promise<string> {
    const at = this.#of().locator('*:focus')
    const heard = (work: Promise<string | null>) => work.catch(() => null) // it went away meanwhile
    const [spoken, description] = await Promise.all([
      heard(at.ariaSnapshot({ timeout: AT_ONCE_MS })),
      heard(at.getAttribute('aria-description', { timeout: AT_ONCE_MS })),
    ])
    const [line = ''] = (spoken ?? '').split('\n')
    return `${line.replace(/^- '?/, '')} ${description ?? ''}`.replaceAll(/[\u2066-\u2069]/g, '')
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#of().keyboard.press(key)
  }

  /** Types with the next key at once, as a quick hand does. */
  type(text: string): Promise<void> {
    return this.#of().keyboard.type(text)
  }

  /** Waits until the focus is there by itself. */
  at(fits: RegExp): Promise<unknown> {
    return waitFor(`the focus on ${fits}`, async () => (fits.test(await this.on()) ? true : null))
  }

  /** Presses Tab, or another key that moves the focus, until it is where a person looks for it. */
  async to(fits: RegExp, key = 'Tab'): Promise<void> {
    const passed: string[] = []
    for (let step = 0; step < STEPS; step++) {
      const on = await this.on()
      if (fits.test(on)) return
      passed.push(on.slice(0, 80))
      await this.press(key)
    }
    throw new Error(`${fits} is not to be reached by ${key}; passed: ${passed.slice(-60).join(' | ')}`)
  }

  /** Goes there and presses it. */
  async use(fits: RegExp, key = 'Tab'): Promise<void> {
    await this.to(fits, key)
    await this.press('Enter')
  }

  /** Goes to a field and types over what it says. */
  async fill(fits: RegExp, text: string): Promise<void> {
    await this.to(fits)
    await this.press('Control+a')
    await this.type(text)
  }

  /** To a screen by `g` and its letter, once nothing lies over it; out of a field first, where letters are only letters. */
  async go(letter: string): Promise<void> {
    await this.#of().getByRole('dialog').waitFor({ state: 'detached' })
    await this.to(/^(?!textbox|searchbox|combobox|spinbutton)/)
    await this.press('g', letter)
  }
}
