import { describe, expect, test } from 'vitest'
import { usePages } from '../shown/a-page.ts'
import { BUSY, pages } from '../shown/scenes.ts'
import { listenFor, pressEverything } from '../shown/walk.ts'
import { NO_CHROMIUM } from './shells.ts'

/** Whoever presses everything on every screen finds nothing that breaks. The order is the seed's: `TALLYDESK_SEED=N` for the same again. */

if (NO_CHROMIUM) console.info(`skipped: pressing everything, because ${NO_CHROMIUM}`)
const SEED = Number(process.env['TALLYDESK_SEED'] ?? Math.floor(performance.timeOrigin % 1_000_000))
/** Some thousand presses on a busy machine. */
const WHOLE_MS = 600_000

describe.skipIf(NO_CHROMIUM !== null)('pressing everything', () => {
  const begin = usePages()

  test.each(['en', 'ar'] as const)(
    '[E100] every control of every screen can be pressed in %s and nothing breaks',
    async (language) => {
      const found = new Set<string>()
      const { context, steered } = await begin()
      let at = ''
      const wrong = (what: string) => void found.add(`${at}: ${what}`)
      listenFor(steered.page, wrong)
      await steered.open(BUSY)
      const pressed = new Map<string, number>()
      let presses = 0
      const scenes = [
        ...(await steered.screens()).map((screen) => ({ scenario: BUSY, screen })),
        { scenario: `${BUSY},replay`, screen: 'board' },
        ...pages,
      ]
      for (const { scenario, screen } of scenes) {
        at = `${screen} ${scenario}`
        const begun = performance.now()
        const before = presses
        presses += await pressEverything({ steered, scenario, screen, language, seed: SEED, pressed, wrong })
        console.info(`  ${at}: ${presses - before} presses in ${Math.round(performance.now() - begun)} ms`)
      }
      console.info(`pressed ${presses} controls in ${language}, seed ${SEED}`)
      await context.close()
      expect([...found]).toEqual([])
      expect(presses).toBeGreaterThan(150)
    },
    WHOLE_MS,
  )
})
