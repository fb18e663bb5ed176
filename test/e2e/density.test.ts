import { describe, expect, test } from 'vitest'
import { usePages } from '../shown/a-page.ts'
import { BUSY } from '../shown/scenes.ts'
import { NO_CHROMIUM } from './shells.ts'

if (NO_CHROMIUM) console.info(`skipped: density, because ${NO_CHROMIUM}`)

/** The height of the first row of each list and table of the page, px, by what it is; and what is cut in one. */
const ROWS = `(() => {
  const rows = {}
  for (const row of document.querySelectorAll('main :is(tbody tr, [role="row"]:not(:has([role="columnheader"])), li)')) {
    const { height } = row.getBoundingClientRect()
    const list = row.parentElement
    const name = list.className.toString().split(' ')[0] + ' > ' + row.tagName + '.' + row.className.toString().split(' ')[0]
    if (height > 0 && !(name in rows)) rows[name] = { height, cut: row.scrollHeight - row.clientHeight }
  }
  return rows
})()`
type Rows = Readonly<Record<string, { readonly height: number; readonly cut: number }>>

describe.skipIf(NO_CHROMIUM !== null)('density', () => {
  const begin = usePages()

  test('[V462] compact, the rows of no list are higher than roomy, most are lower, and nothing is cut', async () => {
    const { context, steered } = await begin()
    await steered.open(BUSY)
    const [higher, cut]: [string[], string[]] = [[], []]
    let [lower, all] = [0, 0]
    for (const screen of await steered.screens()) {
      await steered.go(screen)
      await steered.look({ density: 'comfortable' })
      const roomy = await steered.page.evaluate<Rows>(ROWS)
      await steered.look({ density: 'compact' })
      for (const [name, row] of Object.entries(await steered.page.evaluate<Rows>(ROWS))) {
        const before = roomy[name]
        if (!before) continue
        all += 1
        if (row.height < before.height) lower += 1
        if (row.height > before.height) higher.push(`${screen}: ${name} ${before.height} ${row.height}`)
        if (row.cut > Math.max(0, before.cut)) cut.push(`${screen}: ${name} by ${row.cut}`)
      }
    }
    await context.close()
    expect({ higher, cut }).toEqual({ higher: [], cut: [] })
    expect(lower / all).toBeGreaterThan(0.8)
  })
})
