import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { look, violations } from './axe.ts'
import { focused, tabTo } from './keys.ts'
import { isLive, linkState } from './page-world.ts'
import { CLERK, COLLECTOR } from './small-election.ts'
import { describeBuilt, signIn, Workplace } from './workplace.ts'

/** What became of what was typed: cards and arrivals; on a real hub, by the keyboard. */

describeBuilt('what two desks did', () => {
  const at = new Workplace()
  const cards = () => at.page.getByRole('article')
  test('[E18] a guarantee changed here and elsewhere is a card, decided with the keyboard alone', async () => {
    await signIn(at.page, COLLECTOR)
    await isLive(at.page)
    const [guarantee] = at.hub.truth().guarantees
    if (!guarantee) throw new Error('the small election has guarantees')
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('g')
    await at.page.getByRole('table', { name: 'Guarantees' }).waitFor()
    await at.page.keyboard.press('/')
    await at.page.keyboard.type(guarantee.elector)
    await at.page.locator('[role=table][aria-rowcount="2"]').waitFor()
    await at.hub.kill()
    await waitFor('a lost link', async () => ((await linkState(at.page)) === 'live' ? null : true))
    await tabTo(at.page, /Confirmation of [^"]*: Not called\. Change\./)
    await at.page.keyboard.press('Enter')
    await waitFor('the item', async () => {
      if (/aria-pressed="false".* Confirmed/.test(await focused(at.page))) return true
      await at.page.keyboard.press('ArrowDown')
      return null
    })
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('button', { name: /Yours: 1 waiting/ }).waitFor()
    await at.hub.elsewhere(COLLECTOR, async (other) => {
      const body = { confirmation_status: 'NOT_AVAILABLE' }
      const answer = await other.call('PATCH', `/api/guarantees/${guarantee.id}/`, { body })
      expect(answer.status).toBe(200)
    })
    await at.hub.comeBack()
    await at.page.getByRole('button', { name: /to decide: 1/ }).waitFor({ timeout: 30_000 })
    await at.page.keyboard.press('Escape')
    await tabTo(at.page, /<main/, 'Shift+Tab')
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('x')
    await cards().first().waitFor()
    const words = (await cards().first().innerText()).replaceAll(/[\u2066-\u2069]/g, '')
    expect(words).toContain('Guarantee changed by two desks')
    expect(words).toMatch(/Confirmation\s+Confirmed\s+Not reached/)
    expect(words).toContain(COLLECTOR)
    for (const [language, theme] of [
      ['ar', 'dark'],
      ['en', 'light'],
    ] as const) {
      await look(at.page, language, theme)
      await cards().first().waitFor()
      expect(await violations(at.page, `a card, ${language} ${theme}`)).toEqual([])
    }
    await tabTo(at.page, /<textarea/)
    await at.page.keyboard.type('I spoke to them myself')
    await tabTo(at.page, /Keep mine/)
    await at.page.keyboard.press('Enter')
    await cards().first().waitFor({ state: 'detached' })
    await waitFor('the decision at the hub', async () =>
      at.hub.truth().guarantees.find(({ id }) => id === guarantee.id)?.confirmation === 'CONFIRMED' ? true : null,
    )
    const decided = await at.page.getByRole('region', { name: 'Decided' }).innerText()
    expect(decided).toMatch(/Keep mine[^]*I spoke to them myself[^]*collector@tally\.example/)
  })
})

describeBuilt('a kiosk', () => {
  const at = new Workplace({ words: ['--kiosk'] })
  const arrival = (elector: string) => at.hub.truth().attendance.find((each) => each.elector === elector)?.status

  test('[E19] an elector of another committee and one the register lacks are recorded as pending', async () => {
    await signIn(at.page, CLERK)
    await at.page.locator('#kiosk-number').waitFor()
    await at.page.keyboard.type('1002')
    await at.page.getByRole('button', { name: /^Record as pending/ }).waitFor()
    expect(await violations(at.page, 'the kiosk')).toEqual([])
    await at.page.keyboard.press('Enter')
    await waitFor('the arrival at the hub', async () => (arrival('1002') === 'PENDING' ? true : null))
    await at.page.locator('li[data-state="confirmed"]').filter({ hasText: '1002' }).waitFor()
    await at.page.keyboard.type('9999')
    await at.page.getByText('Enter records the arrival as pending, with the name').waitFor()
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('dialog').waitFor()
    expect(await violations(at.page, 'the arrival')).toEqual([])
    await at.page.keyboard.type('Noura Saleh')
    await at.page.keyboard.press('Enter')
    // A number the register lacks is a new elector there, to be approved, and no arrival yet.
    await at.page.locator('li[data-state]').filter({ hasText: '9999' }).waitFor()
    expect(at.hub.truth().attended).toBe(0)
  })
})
