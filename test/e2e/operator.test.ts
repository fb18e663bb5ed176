import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { look, violations } from './axe.ts'
import { HubServer } from './hub-server.ts'
import { focused, tabTo } from './keys.ts'
import { card, isLive, linkState, rootOf, shows } from './page-world.ts'
import { isBuilt, NOT_BUILT } from './program.ts'
import { BROWSER_SHELL, type Desk, NO_CHROMIUM } from './shells.ts'
import { ADMIN, COLLECTOR, PASSWORD } from './small-election.ts'

/** What operators do all day, with the keyboard alone, and every screen under axe. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: an operator's day, because ${missing}`)
const SCREENS = ['board', 'guarantees', 'radar', 'attendance', 'count', 'results', 'conflicts', 'link'] as const

describe.skipIf(missing !== null)('an operator with a keyboard', () => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    await hub.mark(1059)
    desk = await BROWSER_SHELL.start(['--server', hub.url])
    page = await desk.openWindow()
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await hub?.stop()
    expect(code).toBe(0)
  })
  async function signIn(email: string): Promise<void> {
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await tabTo(page, /autocomplete="username"/)
    await page.keyboard.type(email)
    await tabTo(page, /autocomplete="current-password"/)
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await isLive(page)
  }
  async function palette(words: string): Promise<void> {
    await page.keyboard.press('Control+k')
    await waitFor('the palette', async () => ((await focused(page)).includes('palette-list') ? true : null))
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await page.locator('#palette-list').waitFor({ state: 'detached' })
  }

  test('[E10] signs in: email, password, Enter; a wrong password is said and keeps the email', async () => {
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await tabTo(page, /autocomplete="username"/)
    await page.keyboard.type(ADMIN)
    await tabTo(page, /autocomplete="current-password"/)
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'does not know this email with this password' }).waitFor()
    expect(await page.getByLabel('Email').inputValue()).toBe(ADMIN)
    await tabTo(page, /autocomplete="current-password"/)
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await isLive(page)
    await shows(page, 1)
  })

  test('[E11] marks an attendance: m, number, committee, Enter; saved here, then confirmed, and the field is ready for the next', async () => {
    await page.keyboard.press('m')
    await waitFor('the field', async () => ((await focused(page)).includes('mark-number') ? true : null))
    await page.keyboard.type('1002')
    await page.keyboard.press('Tab')
    await page.keyboard.type('C2')
    await tabTo(page, /Mark attended/)
    await page.keyboard.press('Enter')
    const words = page.getByRole('form', { name: 'Mark attendance' }).getByRole('status')
    await words.filter({ hasText: /saved here|sent|confirmed by the server/i }).waitFor()
    await words.filter({ hasText: /confirmed by the server/i }).waitFor()
    expect(hub.truth().attendance.map((each) => each.elector)).toEqual(['1059', '1002'])
    expect(await page.locator('#mark-number').inputValue()).toBe('')
    expect(await focused(page)).toContain('mark-number')
    await page.keyboard.type('1002')
    await page.keyboard.press('Enter')
    // The fact is confirmed; that it was not this doing is said.
    await words.filter({ hasText: /it was so already/i }).waitFor()
    expect(hub.truth().attended).toBe(2)
    await page.keyboard.type('١٠٠٥')
    await page.keyboard.press('Enter')
    await words.filter({ hasText: /confirmed by the server/i }).waitFor()
    expect(hub.truth().attendance.map((each) => each.elector)).toEqual(['1059', '1002', '1005'])
  })

  test('[E12] what was done is listed at the foot with what became of it', async () => {
    await tabTo(page, /Yours: /)
    await page.keyboard.press('Enter')
    const list = page
      .getByRole('dialog')
      .filter({ has: page.getByRole('heading', { name: 'What you did at this desk' }) })
    await list.waitFor()
    expect(await list.innerText()).toMatch(
      /Attendance · 1005[^]*Confirmed[^]*1002[^]*Confirmed[^]*It was so already[^]*1002[^]*Confirmed/,
    )
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
  })

  test('[E13] moves by keys: g and a letter, the palette, the list of keys, Escape', async () => {
    await tabTo(page, /<main/, 'Shift+Tab')
    for (const [letter, name] of [
      ['g', 'Guarantees'],
      ['c', 'Count'],
      ['l', 'Link'],
      ['r', 'Results'],
      ['a', 'Attendance'],
      ['b', 'Board'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press(letter)
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ state: 'attached' })
    }
    await palette('count')
    await page.getByRole('heading', { level: 1, name: 'Count', exact: true }).waitFor({ state: 'attached' })
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await palette('committee 3')
    await page.getByRole('heading', { level: 1, name: 'Attendance', exact: true }).waitFor({ state: 'attached' })
  })

  test('[E14] switches to Arabic and to dark, and back; the page turns with it and a reload keeps it', async () => {
    await palette('العربية')
    await waitFor('Arabic', async () => ((await rootOf(page)).lang === 'ar' ? true : null))
    expect(await rootOf(page)).toMatchObject({ dir: 'rtl', lang: 'ar' })
    await palette('داكن')
    await waitFor('dark', async () => ((await rootOf(page)).theme === 'dark' ? true : null))
    await page.reload()
    await waitFor('both again', async () => {
      const { dir, theme } = await rootOf(page)
      return dir === 'rtl' && theme === 'dark' ? true : null
    })
    await page.locator('header').waitFor()
    await palette('English')
    await palette('light')
    await waitFor('both back', async () => {
      const { dir, theme } = await rootOf(page)
      return dir === 'ltr' && theme === 'light' ? true : null
    })
  })

  test('[E15] signs out by the menu; a collector signs in and changes a promise, which the server confirms', async () => {
    await tabTo(page, /aria-label="Menu"/)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    await tabTo(page, /Sign out/)
    await page.keyboard.press('Enter')
    await signIn(COLLECTOR)
    const [guarantee] = hub.truth().guarantees.filter((each) => each.status === 'PENDING')
    await page.keyboard.press('g')
    await page.keyboard.press('g')
    await page.getByRole('table', { name: 'Guarantees' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type(guarantee?.elector ?? '')
    await page.locator('[role=table][aria-rowcount="2"]').waitFor()
    await tabTo(page, /Promise of [^"]*: Open\. Change\./)
    await page.keyboard.press('Enter')
    await waitFor('the item', async () => {
      if (/aria-pressed="false".* Promised/.test(await focused(page))) return true
      await page.keyboard.press('ArrowDown')
      return null
    })
    await page.keyboard.press('Enter')
    await waitFor('the promise at the hub', async () =>
      hub.truth().guarantees.find((each) => each.id === guarantee?.id)?.status === 'GUARANTEED' ? true : null,
    )
    await page.locator('button[aria-description$=": Promised. Change."]').waitFor()
  })

  test('[E16] typed while the server is away: saved here, sent when it is back', async () => {
    await page.keyboard.press('Escape')
    await tabTo(page, /<main/, 'Shift+Tab')
    await hub.kill()
    await waitFor('a lost link', async () => ((await linkState(page)) === 'live' ? null : true))
    await palette('sign out')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await hub.comeBack()
    await signIn(ADMIN)
    await hub.kill()
    await waitFor('a lost link', async () => ((await linkState(page)) === 'live' ? null : true))
    await page.keyboard.press('m')
    await waitFor('the field', async () => ((await focused(page)).includes('mark-number') ? true : null))
    await page.keyboard.type('1008')
    await page.keyboard.press('Tab')
    await page.keyboard.type('C2')
    await tabTo(page, /Mark attended/)
    await page.keyboard.press('Enter')
    const words = page.getByRole('form', { name: 'Mark attendance' }).getByRole('status')
    await words.filter({ hasText: /saved (here|at this desk)/i }).waitFor()
    await page.getByRole('button', { name: /Yours: 1 waiting/ }).waitFor()
    await hub.comeBack()
    await words.filter({ hasText: /confirmed by the server/i }).waitFor()
    expect(hub.truth().attendance.filter((each) => each.elector === '1008')).toHaveLength(1)
    await page.keyboard.press('Escape')
    await tabTo(page, /<main/, 'Shift+Tab')
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await waitFor('the board', async () => ((await card(page, 'Turnout'))?.value === 4 ? true : null))
  })

  test.each(['en', 'ar'] as const)('[E17] axe finds nothing on any screen in %s, light and dark', async (language) => {
    const found: string[] = []
    for (const theme of ['light', 'dark'] as const) {
      await look(page, language, theme)
      for (const screen of SCREENS) {
        await page.evaluate(
          (hash) => Object.assign((globalThis as unknown as { location: object }).location, { hash }),
          `#/${screen}`,
        )
        await page.locator('main h1').waitFor({ state: 'attached' })
        found.push(...(await violations(page, `${screen} ${language} ${theme}`)))
      }
    }
    expect(found).toEqual([])
  })

  test('[E17] axe finds nothing on the dialogs and the sign-in, light and dark, in both languages', async () => {
    const found: string[] = []
    for (const language of ['en', 'ar'] as const)
      for (const theme of ['light', 'dark'] as const) {
        const where = `${language} ${theme}`
        await look(page, language, theme)
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').waitFor()
        found.push(...(await violations(page, `palette ${where}`)))
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    await look(page, 'en', 'light')
    await palette('sign out')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    for (const language of ['en', 'ar'] as const)
      for (const theme of ['light', 'dark'] as const) {
        await look(page, language, theme)
        await page.locator('h1').waitFor()
        found.push(...(await violations(page, `sign-in ${language} ${theme}`)))
        await page
          .locator('main button')
          .filter({ hasText: /Connect|اتصل|اتّصل|الاتصال/ })
          .first()
          .click()
        await page.getByRole('dialog').waitFor()
        found.push(...(await violations(page, `connect ${language} ${theme}`)))
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    expect(found).toEqual([])
  })
})
