import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { violations } from './axe.ts'
import { CLERK } from './small-election.ts'
import { describeInShells, signIn, Workplace } from './workplace.ts'

/** A kiosk, where there is a keyboard and nothing else, in every shell alike. */

describeInShells('a kiosk', (kind) => {
  const at = new Workplace({ kind, words: ['--kiosk'] })
  const arrival = (elector: string) => at.hub.truth().attendance.find((each) => each.elector === elector)?.status
  const keys = () => at.page.keyboard
  const last = (elector: string) => at.page.locator('li[data-state="confirmed"]').filter({ hasText: elector })

  test('[E104] a number and Enter mark an attendance, in both digit sets, and the field is ready for the next', async () => {
    await signIn(at.page, CLERK)
    await at.page.locator('#kiosk-number').waitFor()
    for (const [typed, elector] of [
      ['1004', '1004'],
      ['١٠٠٧', '1007'],
    ] as const) {
      await keys().type(typed)
      await at.page
        .getByText(/خالد ناصر 1004|Elector 1007 Salem/)
        .first()
        .waitFor()
      await keys().press('Enter')
      await waitFor('the mark at the hub', async () => (arrival(elector) === 'ATTENDED' ? true : null))
      await last(elector).waitFor()
    }
    await keys().type('1004')
    await at.page.getByText('Has already come, at').waitFor()
    // Whoever came already is not marked again: the number is taken back.
    await keys().press('Control+a')
    await keys().press('Delete')
  })

  test('[E19] an elector of another committee and one the register lacks are recorded as pending', async () => {
    await keys().type('1002')
    await at.page.getByRole('button', { name: /^Record as pending/ }).waitFor()
    expect(await violations(at.page, 'the kiosk')).toEqual([])
    await keys().press('Enter')
    await waitFor('the arrival at the hub', async () => (arrival('1002') === 'PENDING' ? true : null))
    await last('1002').waitFor()
    await keys().type('9999')
    await at.page.getByText('Enter records the arrival as pending, with the name').waitFor()
    await keys().press('Enter')
    await at.page.getByRole('dialog').waitFor()
    expect(await violations(at.page, 'the arrival')).toEqual([])
    await keys().type('Noura Saleh')
    await keys().press('Enter')
    // A number the register lacks is a new elector there, to be approved, and no arrival yet.
    await at.page.locator('li[data-state]').filter({ hasText: '9999' }).waitFor()
    expect(at.hub.truth().attended).toBe(2)
  })
})
