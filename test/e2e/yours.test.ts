import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { look, violations } from './axe.ts'
import { HubServer } from './hub-server.ts'
import { focused, tabTo } from './keys.ts'
import { isLive, linkState } from './page-world.ts'
import { isBuilt, NOT_BUILT } from './program.ts'
import { BROWSER_SHELL, type Desk, NO_CHROMIUM } from './shells.ts'
import { CLERK, COLLECTOR, PASSWORD } from './small-election.ts'

/** What became of what was typed: cards and arrivals; on a real hub, by the keyboard. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: what became of what was typed, because ${missing}`)

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await tabTo(page, /autocomplete="username"/)
  await page.keyboard.type(email)
  await tabTo(page, /autocomplete="current-password"/)
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
}

describe.skipIf(missing !== null)('what two desks did', () => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    desk = await BROWSER_SHELL.start(['--server', hub.url])
    page = await desk.openWindow()
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await hub?.stop()
    expect(code).toBe(0)
  })
  const cards = () => page.getByRole('article')
  test('[E18] a guarantee changed here and elsewhere is a card, decided with the keyboard alone', async () => {
    await signIn(page, COLLECTOR)
    await isLive(page)
    const [guarantee] = hub.truth().guarantees
    if (!guarantee) throw new Error('the small election has guarantees')
    await page.keyboard.press('g')
    await page.keyboard.press('g')
    await page.getByRole('table', { name: 'Guarantees' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type(guarantee.elector)
    await page.locator('[role=table][aria-rowcount="2"]').waitFor()
    await hub.kill()
    await waitFor('a lost link', async () => ((await linkState(page)) === 'live' ? null : true))
    await tabTo(page, /Confirmation of [^"]*: Not called\. Change\./)
    await page.keyboard.press('Enter')
    await waitFor('the item', async () => {
      if (/aria-pressed="false".* Confirmed/.test(await focused(page))) return true
      await page.keyboard.press('ArrowDown')
      return null
    })
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /Yours: 1 waiting/ }).waitFor()
    await hub.elsewhere(COLLECTOR, async (other) => {
      const body = { confirmation_status: 'NOT_AVAILABLE' }
      const answer = await other.call('PATCH', `/api/guarantees/${guarantee.id}/`, { body })
      expect(answer.status).toBe(200)
    })
    await hub.comeBack()
    await page.getByRole('button', { name: /to decide: 1/ }).waitFor({ timeout: 30_000 })
    await page.keyboard.press('Escape')
    await tabTo(page, /<main/, 'Shift+Tab')
    await page.keyboard.press('g')
    await page.keyboard.press('x')
    await cards().first().waitFor()
    const words = (await cards().first().innerText()).replaceAll(/[\u2066-\u2069]/g, '')
    expect(words).toContain('Guarantee changed by two desks')
    expect(words).toMatch(/Confirmation\s+Confirmed\s+Not reached/)
    expect(words).toContain(COLLECTOR)
    for (const [language, theme] of [
      ['ar', 'dark'],
      ['en', 'light'],
    ] as const) {
      await look(page, language, theme)
      await cards().first().waitFor()
      expect(await violations(page, `a card, ${language} ${theme}`)).toEqual([])
    }
    await tabTo(page, /<textarea/)
    await page.keyboard.type('I spoke to them myself')
    await tabTo(page, /Keep mine/)
    await page.keyboard.press('Enter')
    await cards().first().waitFor({ state: 'detached' })
    await waitFor('the decision at the hub', async () =>
      hub.truth().guarantees.find(({ id }) => id === guarantee.id)?.confirmation === 'CONFIRMED' ? true : null,
    )
    const decided = await page.getByRole('region', { name: 'Decided' }).innerText()
    expect(decided).toMatch(/Keep mine[^]*I spoke to them myself[^]*collector@tally\.example/)
  })
})

describe.skipIf(missing !== null)('a kiosk', () => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    desk = await BROWSER_SHELL.start(['--server', hub.url, '--kiosk'])
    page = await desk.openWindow()
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await hub?.stop()
    expect(code).toBe(0)
  })
  const arrival = (elector: string) => hub.truth().attendance.find((each) => each.elector === elector)?.status

  test('[E19] an elector of another committee and one the register lacks are recorded as pending', async () => {
    await signIn(page, CLERK)
    await page.locator('#kiosk-number').waitFor()
    await page.keyboard.type('1002')
    await page.getByRole('button', { name: /^Record as pending/ }).waitFor()
    expect(await violations(page, 'the kiosk')).toEqual([])
    await page.keyboard.press('Enter')
    await waitFor('the arrival at the hub', async () => (arrival('1002') === 'PENDING' ? true : null))
    await page.locator('li[data-state="confirmed"]').filter({ hasText: '1002' }).waitFor()
    await page.keyboard.type('9999')
    await page.getByText('Enter records the arrival as pending, with the name').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await violations(page, 'the arrival')).toEqual([])
    await page.keyboard.type('Noura Saleh')
    await page.keyboard.press('Enter')
    // A number the register lacks is a new elector there, to be approved, and no arrival yet.
    await page.locator('li[data-state]').filter({ hasText: '9999' }).waitFor()
    expect(hub.truth().attended).toBe(0)
  })
})
