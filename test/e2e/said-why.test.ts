import { describe, expect, test } from 'vitest'
import { usePages } from '../shown/a-page.ts'
import { opened, take } from '../shown/opened.ts'
import { pages } from '../shown/scenes.ts'
import { NO_CHROMIUM } from './shells.ts'

/** Every screen under the circumstances that refuse something, every page without a frame and all that opens: what is refused says why. */

if (NO_CHROMIUM) console.info(`skipped: refusals, because ${NO_CHROMIUM}`)
/** Those with fewer rights, a recorded day, no link, nothing there, and the busiest. */
const CIRCUMSTANCES = [
  'still,13,yours,conflicts,counting',
  'still,13,clerk,counting',
  'still,13,replay,counting',
  'still,13,offline,yours',
  'still,13,catching-up',
  'still,none',
] as const
/** Some hundred pages on a busy machine. */
const WHOLE_MS = 600_000

describe.skipIf(NO_CHROMIUM !== null)('refusals', () => {
  const begin = usePages()

  test(
    '[V395] what is refused keeps the focus and says why, on every screen and in all that opens',
    async () => {
      // The tour is offered anew on each page.
      const { context, steered } = await begin({ before: "localStorage.removeItem('tallydesk.tour')" })
      const found: string[] = []
      const look = async (where: string) => {
        for (const what of await steered.silent()) found.push(`${where}: ${what}`)
      }
      for (const scenario of CIRCUMSTANCES) {
        await steered.open(scenario)
        for (const screen of await steered.screens()) {
          await steered.go(screen)
          await look(`${screen} ${scenario}`)
        }
      }
      for (const { name, scenario, screen, typed } of pages) {
        await steered.open(scenario, screen)
        await steered.type(typed)
        await look(name)
      }
      for (const { name, scenario, screen, steps } of opened) {
        await steered.open(scenario, screen)
        await take(steered.page, steps, () => steered.rest())
        await look(name)
      }
      await context.close()
      expect([...new Set(found)]).toEqual([])
    },
    WHOLE_MS,
  )
})
