import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { isLive, signOutIn } from './page-world.ts'
import { ADMIN, COUNTERS } from './small-election.ts'
import { describeBuilt, signIn, Workplace } from './workplace.ts'

/** A committee's paper on its way to published results, by the people who carry it there. */

describeBuilt('the count', () => {
  const at = new Workplace({ before: (hub) => hub.mark(1001, 1004, 1007) })

  const signInAs = async (email: string) => {
    await signIn(at.page, email)
    await isLive(at.page)
  }
  const screen = (name: string) =>
    at.page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .first()
      .click()
  const tile = (code: string) =>
    at.page.getByRole('list', { name: 'Committees' }).getByRole('link', { name: new RegExp(`^${code}`) })
  async function openSheet(): Promise<void> {
    await screen('Count')
    await tile('C1').click()
    await at.page.getByRole('link', { name: /^Enter the count sheet of/ }).click()
    await at.page.getByRole('heading', { name: /^Count sheet/ }).waitFor()
  }
  /** Types from the focus on, Enter after each, as one reads a paper aloud. */
  async function typeOn(...figures: readonly string[]): Promise<void> {
    for (const figure of figures) {
      await at.page.keyboard.type(figure)
      await at.page.keyboard.press('Enter')
    }
  }
  const save = () => at.page.getByRole('button', { name: 'Save the sheet' }).click()
  const why = () => at.page.getByLabel('Why the paper has this (W201)')
  test('[E99] an administrator asks for two people a sheet; the first entry is kept sealed', async () => {
    await signInAs(ADMIN)
    await screen('Count')
    await at.page.getByRole('button', { name: 'One person types each sheet' }).click()
    await at.page.getByRole('checkbox', { name: 'Two people type each sheet' }).check()
    await at.page.getByRole('button', { name: 'Save', exact: true }).click()
    await at.page.getByRole('button', { name: 'Two people type each sheet' }).waitFor()
    await signOutIn(at.page)
    await signInAs(COUNTERS[0])
    await openSheet()
    await at.page.getByText('Yours is the first entry').waitFor()
    await typeOn('٤', '0', '3', '2')
    await save()
    await waitFor('the field for the words', async () => ((await why().count()) > 0 ? true : null))
    await at.page.getByText('4 ballots cast, but only 3 came.').first().waitFor()
    await why().fill('One was marked on paper only')
    await save()
    await at.page.getByRole('heading', { name: 'Waits for a second person' }).waitFor()
  })

  test('[E99] the second differs in one field, types that field again, and both go as one', async () => {
    await signOutIn(at.page)
    await signInAs(COUNTERS[1])
    await openSheet()
    await at.page.getByText('you do not see the first').waitFor()
    await typeOn('4', '0', '3', '1')
    await why().fill('The list has three, the paper four')
    await save()
    await at.page.getByText('The two entries differ in the marked fields').waitFor()
    const open = at.page.getByRole('textbox', { name: /بدر الصالح/ })
    expect(await open.inputValue()).toBe('')
    expect(await at.page.getByRole('textbox', { name: /Ada Quill/ }).getAttribute('readonly')).not.toBeNull()
    await open.fill('2')
    await save()
    await at.page.getByRole('heading', { name: 'Both entries agree: the sheet is on record' }).waitFor()
  })

  test('[E99] who verifies deals with the warning first', async () => {
    await signOutIn(at.page)
    await signInAs(ADMIN)
    await screen('Count')
    await tile('C1').click()
    const review = at.page.getByRole('region', { name: 'To look into in C1' })
    await review.getByText('One was marked on paper only').waitFor()
    await review.getByText('The list has three, the paper four').waitFor()
    await review.getByRole('button', { name: 'Mark W201 handled…' }).first().click()
    await at.page.getByLabel('Reason').fill('Compared with the list')
    await at.page.getByRole('button', { name: 'Mark handled', exact: true }).click()
    await review.getByText('Compared with the list').first().waitFor()
    await at.page.getByRole('button', { name: /^Verify the sheet of/ }).click()
    await at.page.getByRole('button', { name: 'It agrees with the paper: verify' }).click()
    await at.page
      .getByRole('navigation', { name: 'How far the sheets are' })
      .getByRole('link', { name: 'Verified 1' })
      .waitFor()
  })

  test('[E99] results are added up, published with a sign-off, and a late correction is said', async () => {
    for (const code of ['C2', 'C3']) {
      await at.hub.enterSheet(code, [2, 1])
      await at.hub.verifySheet(code)
    }
    await screen('Results')
    await at.page.getByText('3 / 3').waitFor()
    await at.page.getByRole('button', { name: 'Add up the verified sheets' }).click()
    await at.page.getByText('Preliminary', { exact: true }).waitFor()
    const ranking = at.page.getByRole('table', { name: 'Ranking' })
    expect(await ranking.getByRole('row').nth(1).innerText()).toMatch(/Ada Quill[^]*7/)
    await at.page.getByRole('button', { name: 'Publish…' }).click()
    await at.page.getByLabel(/^Sign off/).fill('Amal Test')
    await at.page.getByRole('button', { name: 'Publish now' }).click()
    await at.page.getByText('Published', { exact: true }).waitFor()
    await at.page.getByText(/signed off by/).waitFor()
    expect(await at.page.getByRole('region', { name: 'Changed since publication' }).count()).toBe(0)
    await at.hub.enterSheet('C2', [2, 2])
    const changed = at.page.getByRole('region', { name: 'Changed since publication' })
    await changed.waitFor()
    expect(await changed.getByRole('row').nth(1).innerText()).toMatch(/بدر الصالح[^]*4[^]*5[^]*\+1/)
  })
})
