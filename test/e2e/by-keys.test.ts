import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { Hands } from './hands.ts'
import { focused, tabTo } from './keys.ts'
import { ADMIN } from './small-election.ts'
import { describeInShells, Workplace } from './workplace.ts'

/** Tasks of a day done by the keyboard alone, in every shell alike, on a real hub. */

describeInShells('by the keyboard alone', (kind) => {
  const at = new Workplace({ kind, as: ADMIN })
  const hands = new Hands(() => at.page)
  const arrival = (elector: string) => at.hub.truth().attendance.find((each) => each.elector === elector)

  test('[E102] a mark is undone with a reason, and the server has it no more', async () => {
    await at.page.keyboard.press('m')
    await waitFor('the field', async () => ((await focused(at.page)).includes('mark-number') ? true : null))
    await at.page.keyboard.type('1002')
    await at.page.keyboard.press('Tab')
    await at.page.keyboard.type('C2')
    await tabTo(at.page, /Mark attended/)
    await at.page.keyboard.press('Enter')
    await waitFor('the mark at the hub', async () => (arrival('1002') ? true : null))
    await tabTo(at.page, /Yours: /)
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('heading', { name: 'What you did at this desk' }).waitFor()
    await tabTo(at.page, /Undo…/)
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('dialog', { name: /^Undo: / }).waitFor()
    await waitFor('the reason', async () => ((await focused(at.page)).startsWith('<textarea') ? true : null))
    await at.page.keyboard.type('the wrong card')
    await tabTo(at.page, /Undo it/)
    await at.page.keyboard.press('Enter')
    await waitFor('no mark at the hub', async () => (arrival('1002') ? null : true))
    await at.page.getByRole('button', { name: /Yours: 0 waiting/ }).waitFor()
    await at.page.keyboard.press('Escape')
  })

  test('[E103] a screen held still says since when, and goes on where it was let go', async () => {
    await waitFor('no dialog', async () => ((await at.page.getByRole('dialog').count()) === 0 ? true : null))
    await tabTo(at.page, /<main/, 'Shift+Tab')
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('b')
    await at.page.getByRole('group', { name: 'Turnout', exact: true }).waitFor()
    const turnout = () => at.page.getByRole('group', { name: 'Turnout', exact: true }).innerText()
    await at.page.keyboard.press('f')
    await at.page
      .getByText(/Held still since/)
      .first()
      .waitFor()
    const before = await turnout()
    await at.hub.mark(1007)
    await waitFor('the mark at the hub', async () => (arrival('1007') ? true : null))
    expect(await turnout()).toBe(before)
    await at.page.keyboard.press('f')
    await waitFor('the new figure', async () => ((await turnout()) === before ? null : true))
  })

  test('[E105] a mark is corrected to pending with a reason', async () => {
    await hands.go('a')
    await at.page.getByRole('table', { name: 'Attendance' }).waitFor()
    await hands.press('/')
    await hands.at(/^searchbox/)
    await hands.type('1007')
    await at.page.locator('[role=table][aria-rowcount="2"]').waitFor()
    await hands.use(/button "Correct the mark of /)
    await hands.at(/textbox "Reason"/)
    await hands.to(/radio "Did not come/, 'Shift+Tab')
    await hands.to(/radio "Came to the wrong committee: pending"/, 'ArrowUp')
    await hands.use(/button "Correct"/)
    await at.page.getByText('Say why, in a few words.').waitFor()
    await hands.fill(/textbox "Reason"/, 'belongs to C2')
    await hands.use(/button "Correct"/)
    await waitFor('the correction at the hub', async () => (arrival('1007')?.status === 'PENDING' ? true : null))
  })
})
