import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Whatever moves on a page has come to rest by then, or never does, ms. */
const AT_REST_MS = 2_000

type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

/** Axe's own verdict, with everything it looks at by default. Pictures in motion are let come to rest first. */
export async function violations(page: Page, where: string): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page)
  // Past the policy of the page, which rightly refuses scripts that are not its own.
  await cdp.send('Runtime.evaluate', { expression: AXE })
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
