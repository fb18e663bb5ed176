import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { violations } from './axe.ts'
import { HubServer } from './hub-server.ts'
import { isLive, shows } from './page-world.ts'
import { isBuilt, NOT_BUILT } from './program.ts'
import { BROWSER_SHELL, type Desk, NO_CHROMIUM } from './shells.ts'
import { ADMIN, PASSWORD } from './small-election.ts'

/** Looking back with the keyboard alone, while the day goes on. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: the time machine, because ${missing}`)

describe.skipIf(missing !== null)('the time machine', () => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    desk = await BROWSER_SHELL.start(['--server', hub.url])
    page = await desk.openWindow()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.locator('input[autocomplete="username"]').fill(ADMIN)
    await page.locator('input[autocomplete="current-password"]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await isLive(page)
    await hub.mark(1059)
    await shows(page, 1)
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await hub?.stop()
    expect(code).toBe(0)
  })

  const bar = () => page.getByRole('region', { name: 'Recorded day' })
  async function palette(words: string): Promise<void> {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
  }

  test('[T30] looks back from the palette, moves by keys, and l is live again; the day went on meanwhile', async () => {
    await palette('Look back')
    await bar().waitFor()
    const slider = page.getByRole('slider', { name: 'Time of the recorded day' })
    await waitFor('the slider', async () => ((await slider.evaluate((one) => one.matches(':focus'))) ? true : null))
    await shows(page, 1)
    await hub.mark(1002)
    await page.keyboard.press('Home')
    await waitFor('the beginning', async () => {
      const [now, least] = await Promise.all([
        slider.getAttribute('aria-valuenow'),
        slider.getAttribute('aria-valuemin'),
      ])
      return now === least ? true : null
    })
    await page.keyboard.press('End')
    await shows(page, 1)
    await page.keyboard.press('l')
    await bar().waitFor({ state: 'detached' })
    await shows(page, 2)
  })

  test('[T31] on every screen of a replay the bar is there, nothing can be done, and axe finds nothing', async () => {
    await palette('Look back')
    await bar().waitFor()
    for (const letter of ['b', 'g', 'a', 'c', 'r', 'l']) {
      await page.keyboard.press('g')
      await page.keyboard.press(letter)
      await bar().waitFor()
    }
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await page.getByText('nothing in it can be changed').first().waitFor()
    expect(await violations(page, 'replay')).toEqual([])
    await page.keyboard.press('l')
    await bar().waitFor({ state: 'detached' })
  })

  test('[T35] f holds the figures, counts what comes and lets it all in at once', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await shows(page, 2)
    await page.keyboard.press('f')
    const held = page.getByRole('region', { name: 'The screen is held still' })
    await held.waitFor()
    await hub.mark(1005)
    await held.getByText(/[1-9] events? held/).waitFor()
    await shows(page, 2)
    await page.keyboard.press('f')
    await held.waitFor({ state: 'detached' })
    await shows(page, 3)
  })
})
