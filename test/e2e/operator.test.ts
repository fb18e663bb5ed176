import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { look, violations } from './axe.ts'
import { focused, fromPalette, tabTo } from './keys.ts'
import { card, isLive, linkState, rootOf, shows } from './page-world.ts'
import { ADMIN, COLLECTOR, PASSWORD } from './small-election.ts'
import { describeBuilt, signIn, Workplace } from './workplace.ts'

/** What operators do all day, with the keyboard alone, and every screen under axe. */

const SCREENS = ['board', 'guarantees', 'radar', 'attendance', 'count', 'results', 'conflicts', 'link'] as const

describeBuilt('an operator with a keyboard', () => {
  const at = new Workplace({ before: (hub) => hub.mark(1059) })
  const signInAs = async (email: string) => {
    await signIn(at.page, email)
    await isLive(at.page)
  }

  test('[E10] signs in: email, password, Enter; a wrong password is said and keeps the email', async () => {
    await at.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await tabTo(at.page, /autocomplete="username"/)
    await at.page.keyboard.type(ADMIN)
    await tabTo(at.page, /autocomplete="current-password"/)
    await at.page.keyboard.type('wrong')
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('alert').filter({ hasText: 'does not know this email with this password' }).waitFor()
    expect(await at.page.getByLabel('Email').inputValue()).toBe(ADMIN)
    await tabTo(at.page, /autocomplete="current-password"/)
    await at.page.keyboard.type(PASSWORD)
    await at.page.keyboard.press('Enter')
    await isLive(at.page)
    await shows(at.page, 1)
  })

  test('[E11] marks an attendance: m, number, committee, Enter; saved here, then confirmed, and the field is ready for the next', async () => {
    await at.page.keyboard.press('m')
    await waitFor('the field', async () => ((await focused(at.page)).includes('mark-number') ? true : null))
    await at.page.keyboard.type('1002')
    await at.page.keyboard.press('Tab')
    await at.page.keyboard.type('C2')
    await tabTo(at.page, /Mark attended/)
    await at.page.keyboard.press('Enter')
    const words = at.page.getByRole('form', { name: 'Mark attendance' }).getByRole('status')
    await words.filter({ hasText: /saved here|sent|confirmed by the server/i }).waitFor()
    await words.filter({ hasText: /confirmed by the server/i }).waitFor()
    expect(at.hub.truth().attendance.map((each) => each.elector)).toEqual(['1059', '1002'])
    expect(await at.page.locator('#mark-number').inputValue()).toBe('')
    expect(await focused(at.page)).toContain('mark-number')
    await at.page.keyboard.type('1002')
    await at.page.keyboard.press('Enter')
    // The fact is confirmed; that it was not this doing is said.
    await words.filter({ hasText: /it was so already/i }).waitFor()
    expect(at.hub.truth().attended).toBe(2)
    await at.page.keyboard.type('١٠٠٥')
    await at.page.keyboard.press('Enter')
    await words.filter({ hasText: /confirmed by the server/i }).waitFor()
    expect(at.hub.truth().attendance.map((each) => each.elector)).toEqual(['1059', '1002', '1005'])
  })

  test('[E12] what was done is listed at the foot with what became of it', async () => {
    await tabTo(at.page, /Yours: /)
    await at.page.keyboard.press('Enter')
    const list = at.page
      .getByRole('dialog')
      .filter({ has: at.page.getByRole('heading', { name: 'What you did at this desk' }) })
    await list.waitFor()
    expect(await list.innerText()).toMatch(
      /Attendance · 1005[^]*Confirmed[^]*1002[^]*Confirmed[^]*It was so already[^]*1002[^]*Confirmed/,
    )
    await at.page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
  })

  test('[E13] moves by keys: g and a letter, the palette, the list of keys, Escape', async () => {
    await tabTo(at.page, /<main/, 'Shift+Tab')
    for (const [letter, name] of [
      ['g', 'Guarantees'],
      ['c', 'Count'],
      ['l', 'Link'],
      ['r', 'Results'],
      ['a', 'Attendance'],
      ['b', 'Board'],
    ] as const) {
      await at.page.keyboard.press('g')
      await at.page.keyboard.press(letter)
      await at.page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ state: 'attached' })
    }
    await fromPalette(at.page, 'count')
    await at.page.getByRole('heading', { level: 1, name: 'Count', exact: true }).waitFor({ state: 'attached' })
    await at.page.keyboard.press('?')
    await at.page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await at.page.keyboard.press('Escape')
    await at.page.getByRole('dialog').waitFor({ state: 'detached' })
    await fromPalette(at.page, 'attendance at c3')
    await at.page.getByRole('heading', { level: 1, name: 'Attendance', exact: true }).waitFor({ state: 'attached' })
  })

  test('[E14] switches to Arabic and to dark, and back; the page turns with it and a reload keeps it', async () => {
    await fromPalette(at.page, 'العربية')
    await waitFor('Arabic', async () => ((await rootOf(at.page)).lang === 'ar' ? true : null))
    expect(await rootOf(at.page)).toMatchObject({ dir: 'rtl', lang: 'ar' })
    await fromPalette(at.page, 'داكن')
    await waitFor('dark', async () => ((await rootOf(at.page)).theme === 'dark' ? true : null))
    await at.page.reload()
    await waitFor('both again', async () => {
      const { dir, theme } = await rootOf(at.page)
      return dir === 'rtl' && theme === 'dark' ? true : null
    })
    await at.page.locator('header').waitFor()
    await fromPalette(at.page, 'English')
    await fromPalette(at.page, 'light')
    await waitFor('both back', async () => {
      const { dir, theme } = await rootOf(at.page)
      return dir === 'ltr' && theme === 'light' ? true : null
    })
  })

  test('[E15] signs out by the menu; a collector signs in and changes a promise, which the server confirms', async () => {
    await tabTo(at.page, /aria-label="Menu"/)
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('button', { name: 'Sign out' }).waitFor()
    await tabTo(at.page, /Sign out/)
    await at.page.keyboard.press('Enter')
    await signInAs(COLLECTOR)
    const [guarantee] = at.hub.truth().guarantees.filter((each) => each.status === 'PENDING')
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('g')
    await at.page.getByRole('table', { name: 'Guarantees' }).waitFor()
    await at.page.keyboard.press('/')
    await at.page.keyboard.type(guarantee?.elector ?? '')
    await at.page.locator('[role=table][aria-rowcount="2"]').waitFor()
    await tabTo(at.page, /Promise of [^"]*: Open\. Change\./)
    await at.page.keyboard.press('Enter')
    await waitFor('the item', async () => {
      if (/aria-pressed="false".* Promised/.test(await focused(at.page))) return true
      await at.page.keyboard.press('ArrowDown')
      return null
    })
    await at.page.keyboard.press('Enter')
    await waitFor('the promise at the hub', async () =>
      at.hub.truth().guarantees.find((each) => each.id === guarantee?.id)?.status === 'GUARANTEED' ? true : null,
    )
    await at.page.locator('button[aria-description$=": Promised. Change."]').waitFor()
  })

  test('[E16] typed while the server is away: saved here, sent when it is back', async () => {
    await at.page.keyboard.press('Escape')
    await tabTo(at.page, /<main/, 'Shift+Tab')
    await at.hub.kill()
    await waitFor('a lost link', async () => ((await linkState(at.page)) === 'live' ? null : true))
    await fromPalette(at.page, 'sign out')
    await at.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await at.hub.comeBack()
    await signInAs(ADMIN)
    await at.hub.kill()
    await waitFor('a lost link', async () => ((await linkState(at.page)) === 'live' ? null : true))
    await at.page.keyboard.press('m')
    await waitFor('the field', async () => ((await focused(at.page)).includes('mark-number') ? true : null))
    await at.page.keyboard.type('1008')
    await at.page.keyboard.press('Tab')
    await at.page.keyboard.type('C2')
    await tabTo(at.page, /Mark attended/)
    await at.page.keyboard.press('Enter')
    const words = at.page.getByRole('form', { name: 'Mark attendance' }).getByRole('status')
    await words.filter({ hasText: /saved (here|at this desk)/i }).waitFor()
    await at.page.getByRole('button', { name: /Yours: 1 waiting/ }).waitFor()
    await at.hub.comeBack()
    await words.filter({ hasText: /confirmed by the server/i }).waitFor()
    expect(at.hub.truth().attendance.filter((each) => each.elector === '1008')).toHaveLength(1)
    await at.page.keyboard.press('Escape')
    await tabTo(at.page, /<main/, 'Shift+Tab')
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('b')
    await waitFor('the board', async () => ((await card(at.page, 'Turnout'))?.value === 4 ? true : null))
  })

  test.each(['en', 'ar'] as const)('[E17] axe finds nothing on any screen in %s, light and dark', async (language) => {
    const found: string[] = []
    for (const theme of ['light', 'dark'] as const) {
      await look(at.page, language, theme)
      for (const screen of SCREENS) {
        await at.page.evaluate(
          (hash) => Object.assign((globalThis as unknown as { location: object }).location, { hash }),
          `#/${screen}`,
        )
        await at.page.locator('main h1').waitFor({ state: 'attached' })
        found.push(...(await violations(at.page, `${screen} ${language} ${theme}`)))
      }
    }
    expect(found).toEqual([])
  })

  test('[E17] axe finds nothing on the dialogs and the sign-in, light and dark, in both languages', async () => {
    const found: string[] = []
    for (const language of ['en', 'ar'] as const)
      for (const theme of ['light', 'dark'] as const) {
        const where = `${language} ${theme}`
        await look(at.page, language, theme)
        await at.page.keyboard.press('Control+k')
        await at.page.getByRole('dialog').waitFor()
        found.push(...(await violations(at.page, `palette ${where}`)))
        await at.page.keyboard.press('Escape')
        await at.page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    await look(at.page, 'en', 'light')
    await fromPalette(at.page, 'sign out')
    await at.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    for (const language of ['en', 'ar'] as const)
      for (const theme of ['light', 'dark'] as const) {
        await look(at.page, language, theme)
        await at.page.locator('h1').waitFor()
        found.push(...(await violations(at.page, `sign-in ${language} ${theme}`)))
        await at.page
          .locator('main button')
          .filter({ hasText: /Connect|اتصل|اتّصل|الاتصال/ })
          .first()
          .click()
        await at.page.getByRole('dialog').waitFor()
        found.push(...(await violations(at.page, `connect ${language} ${theme}`)))
        await at.page.keyboard.press('Escape')
        await at.page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    expect(found).toEqual([])
  })
})
