import type { Page } from 'playwright-core'
import { waitFor } from '../electron/shell.ts'

type Focused = { readonly tagName: string; readonly outerHTML: string; readonly innerText?: string }

/** What holds the focus: its opening tag, and its words when it is something to press. */
export const focused = (page: Page) =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as { document: { activeElement: Focused | null } } // a browser's window
    const at = document.activeElement
    if (!at) return ''
    return `${at.outerHTML.slice(0, at.outerHTML.indexOf('>') + 1)} ${/^(A|BUTTON)$/.test(at.tagName) ? at.innerText : ''}`
  })

/** Presses Tab until the focus is where a person looks for it. */
export async function tabTo(page: Page, fits: RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = []
  for (let step = 0; step < 80; step++) {
    const at = await focused(page)
    if (fits.test(at)) return
    seen.push(at.slice(0, 100))
    await page.keyboard.press(key)
  }
  throw new Error(`${fits} is not to be reached by ${key}; passed: ${seen.join(' | ')}`)
}

/** Does what the palette names first for these words. */
export async function fromPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await waitFor('the palette', async () => ((await focused(page)).includes('palette-list') ? true : null))
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
  await page.locator('#palette-list').waitFor({ state: 'detached' })
}
