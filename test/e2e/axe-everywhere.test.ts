import { describe, expect, test } from 'vitest'
import { usePages } from '../shown/a-page.ts'
import { BUSY, pages } from '../shown/scenes.ts'
import type { Look, Steered } from '../shown/steered.ts'
import { pressEverything } from '../shown/walk.ts'
import { violations } from './axe.ts'
import { NO_CHROMIUM } from './shells.ts'

/** Every screen, every page without a frame and everything that opens, in both languages and three themes, under axe: one page, turned by its preferences. */

if (NO_CHROMIUM) console.info(`skipped: axe on every screen, because ${NO_CHROMIUM}`)
const THEMES: readonly Pick<Look, 'theme' | 'contrast'>[] = [
  { theme: 'light', contrast: 'normal' },
  { theme: 'dark', contrast: 'normal' },
  { theme: 'light', contrast: 'more' },
]
/** A few hundred looks on a busy machine. */
const WHOLE_MS = 1_200_000
const SEED = 1

describe.skipIf(NO_CHROMIUM !== null)('axe', () => {
  const begin = usePages()
  /** What axe finds in each theme, the language as it is. */
  async function inEveryTheme(steered: Steered, where: string): Promise<string[]> {
    const found: string[] = []
    for (const theme of THEMES) {
      await steered.look(theme)
      found.push(...(await violations(steered.page, `${where} ${theme.theme} ${theme.contrast}`)))
    }
    return found
  }

  test.each(['en', 'ar'] as const)(
    '[E101] axe finds nothing on any screen in %s, light, dark and high contrast',
    async (language) => {
      const { context, steered } = await begin()
      const found: string[] = []
      await steered.open(BUSY)
      await steered.look({ language })
      for (const screen of await steered.screens()) {
        await steered.go(screen)
        found.push(...(await inEveryTheme(steered, `${screen} ${language}`)))
      }
      for (const { name, scenario, screen, typed } of pages) {
        await steered.open(scenario, screen)
        await steered.look({ language })
        await steered.type(typed)
        found.push(...(await inEveryTheme(steered, `${name} ${language}`)))
      }
      await context.close()
      expect(found).toEqual([])
    },
    WHOLE_MS,
  )

  test.each(['en', 'ar'] as const)(
    '[E101] axe finds nothing on what opens over a screen in %s, light, dark and high contrast',
    async (language) => {
      const { context, steered } = await begin()
      const found: string[] = []
      await steered.open(BUSY)
      const screens = await steered.screens()
      const pressed = new Map<string, number>()
      const seen = new Set<string>()
      for (const screen of screens) {
        const opened = async (by: { readonly kind: string; readonly name: string }) => {
          if (seen.has(by.kind)) return
          seen.add(by.kind)
          found.push(...(await inEveryTheme(steered, `${screen} ${language}, opened by “${by.name}”`)))
        }
        const walk = { steered, scenario: BUSY, screen, language, seed: SEED, pressed, wrong: () => undefined, opened }
        await pressEverything(walk)
      }
      console.info(`${seen.size} things that open looked at in ${language}`)
      await context.close()
      expect(found).toEqual([])
    },
    WHOLE_MS,
  )
})
