import { describe, expect, test } from 'vitest'
import { usePages } from '../shown/a-page.ts'
import { NO_CHROMIUM } from './shells.ts'

/** The board on the smallest screen a desk has, in the built page. */

if (NO_CHROMIUM) console.info(`skipped: the board seen whole, because ${NO_CHROMIUM}`)

const HIDDEN = `(() => {
  const main = document.querySelector('main')
  return main.scrollHeight - main.clientHeight
})()`

describe.skipIf(NO_CHROMIUM !== null)('the board', () => {
  const begin = usePages()

  // The page begins with the bar of the tour over it.
  test.each(['still,13,yours,counting', 'still,30,counting', 'still,13,long,counting', 'still,13'])(
    '[V428] nothing of %s has to be scrolled to at 1366 by 768',
    async (scenario) => {
      const { context, steered } = await begin()
      await steered.open(scenario)
      await steered.page.getByRole('group', { name: 'Turnout' }).waitFor()
      for (const language of ['en', 'ar'] as const) {
        await steered.look({ language, theme: 'light', contrast: 'normal' })
        expect(await steered.page.evaluate<number>(HIDDEN), language).toBe(0)
      }
      await context.close()
    },
  )
})
