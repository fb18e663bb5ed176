import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { waitFor } from '../electron/shell.ts'
import { rootOf } from './page-world.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Sets language and theme where the page keeps them, and loads it anew. */
export async function look(page: Page, language: string, theme: string): Promise<void> {
  await page.evaluate(
    ([tongue, colours]) => {
      const { localStorage } = globalThis as unknown as {
        localStorage: { getItem(name: string): string | null; setItem(name: string, text: string): void }
      } // a browser's window
      const kept = JSON.parse(localStorage.getItem('tallydesk.preferences') ?? '{"state":{},"version":1}') as {
        state: object
      } // written by the page
      localStorage.setItem(
        'tallydesk.preferences',
        JSON.stringify({ ...kept, state: { ...kept.state, language: tongue, theme: colours } }),
      )
    },
    [language, theme] as const,
  )
  await page.reload()
  await waitFor(`${language} ${theme}`, async () => {
    const at = await rootOf(page)
    return at.lang === language && at.theme === theme ? true : null
  })
  await page.locator('main h1').waitFor({ state: 'attached' })
}

/** Whatever moves on a page has come to rest by then, or never does, ms. */
const AT_REST_MS = 2_000

type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

/** Axe's own verdict, with everything it looks at by default. Pictures in motion are let come to rest first. */
export async function violations(page: Page, where: string): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page)
  const { result: known } = await cdp.send('Runtime.evaluate', { expression: 'typeof axe' })
  // Past the policy of the page, which rightly refuses scripts that are not its own.
  if (known.value === 'undefined') await cdp.send('Runtime.evaluate', { expression: AXE })
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: `(async () => {
      const late = new Promise((done) => setTimeout(done, ${AT_REST_MS}))
      const rest = Promise.all(document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => {})))
      await Promise.race([rest, late])
      return JSON.stringify((await axe.run()).violations)
    })()`,
    awaitPromise: true,
    returnByValue: true,
  })
  await cdp.detach()
  const found = JSON.parse(String(result.value)) as Violation[] // axe's own shape
  return found.map(
    ({ id, nodes }) =>
      `${where}: ${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary?.replaceAll(/\s+/g, ' ').slice(0, 160)})`).join('; ')}`,
  )
}
