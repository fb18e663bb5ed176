import { describe, expect, test } from 'vitest'
import { usePages } from '../shown/a-page.ts'
import { BUSY, pages } from '../shown/scenes.ts'
import { listenFor, pressEverything } from '../shown/walk.ts'
import { NO_CHROMIUM } from './shells.ts'

/** Whoever presses everything on every screen finds nothing that breaks. The order is the seed's: `TALLYDESK_SEED=N` for the same again. */

if (NO_CHROMIUM) console.info(`skipped: pressing everything, because ${NO_CHROMIUM}`)
const SEED = Number(process.env['TALLYDESK_SEED'] ?? Math.floor(performance.timeOrigin % 1_000_000))
/** Some thousand presses on a busy machine. */
const WHOLE_MS = 1_200_000

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
  test(
    '[T46] while a screen is held still its bar covers no control that cannot be scrolled from under it',
    async () => {
      const { context, steered } = await begin()
      await steered.open(BUSY)
      const covered: string[] = []
      let looked = 0
      for (const screen of await steered.screens()) {
        await steered.go(screen)
        await steered.page.keyboard.press('f')
        await steered.rest()
        const bar = steered.page.getByRole('region', { name: 'The screen is held still' })
        expect([screen, await bar.count()]).toEqual([screen, 1])
        for (const [index, { name }] of (await steered.controls()).entries()) {
          const place = await steered.placeOf(index)
          looked += 1
          if (place?.coveredBy?.startsWith('<section class="_frozen')) covered.push(`${screen}: ${name}`)
        }
        await bar.getByRole('button').click()
      }
      await context.close()
      expect(covered).toEqual([])
      expect(looked).toBeGreaterThan(300)
    },
    WHOLE_MS,
  )

  test('[V473] where what had the focus in an open panel goes away the panel has it, and Escape closes it still', async () => {
    const { context, steered } = await begin()
    await steered.open('still,13,yours,conflicts')
    await steered.page.getByRole('button', { name: /^Yours/ }).press('Enter')
    const panel = steered.page.getByRole('dialog', { name: /^Yours|^What you did/ })
    const button = panel.getByRole('button', { name: /^I have read all/ })
    await button.press('Enter')
    await button.waitFor({ state: 'detached' })
    await steered.rest()
    expect(await panel.evaluate('globalThis.document.activeElement?.role')).toBe('dialog')
    await steered.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await context.close()
  })
})
