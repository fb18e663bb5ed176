import { expect, test } from 'vitest'
import { Hands } from './hands.ts'
import { isLive } from './page-world.ts'
import { ADMIN, COUNTERS } from './small-election.ts'
import { describeInShells, signIn, Workplace } from './workplace.ts'

/** A committee's paper on its way to published results by the keyboard alone, in every shell alike. */

describeInShells('the count by the keyboard alone', (kind) => {
  const at = new Workplace({ kind, as: COUNTERS[0], before: (hub) => hub.mark(1001, 1004, 1007) })
  const hands = new Hands(() => at.page)
  /** The screen of the counts with one committee chosen. */
  async function choose(committee: string): Promise<void> {
    await hands.go('c')
    await hands.use(new RegExp(`link "${committee} `))
  }

  test('[E111] a sheet is typed as one reads it aloud, a warning gets words, and it is saved', async () => {
    await choose('C1')
    await hands.use(/link "Enter the count sheet of C1"/)
    await hands.at(/textbox/)
    for (const figure of ['٤', '0', '3', '2']) {
      await hands.type(figure)
      await hands.press('Enter')
    }
    await hands.at(/button "Save the sheet"/)
    await hands.press('Enter')
    await at.page.getByText('4 ballots cast, but only 3 came.').first().waitFor()
    await hands.fill(/textbox "Why the paper has this \(W201\)"/, 'One was marked on paper only')
    await hands.use(/button "Save the sheet"/)
    await at.page.getByText('Confirmed by the server.').waitFor()
    await hands.use(/button "Put the sheet away"/)
    await at.page.getByText('One was marked on paper only').first().waitFor()
  })

  test('[E112] another person deals with the warning and verifies the sheet', async () => {
    await hands.use(/button "Menu"/)
    await hands.use(/button "Sign out"/)
    await signIn(at.page, ADMIN)
    await isLive(at.page)
    await choose('C1')
    await hands.use(/button "Mark W201 handled…"/)
    await hands.at(/textbox "Reason"/)
    await hands.type('Compared with the list')
    await hands.use(/button "Mark handled"/)
    await at.page.getByText('Compared with the list').first().waitFor()
    await hands.use(/button "Verify the sheet of C1"/)
    await hands.at(/button "It agrees with the paper: verify"/)
    await hands.press('Enter')
    await at.page.getByRole('link', { name: 'Verified 1' }).waitFor()
  })

  test('[E113] results are added up and published with a sign-off by name', async () => {
    for (const committee of ['C2', 'C3']) {
      await at.hub.enterSheet(committee, [2, 1])
      await at.hub.verifySheet(committee)
    }
    await hands.go('r')
    await at.page.getByText('3 / 3').waitFor()
    await hands.use(/button "Add up the verified sheets"/)
    await at.page.getByText('Preliminary', { exact: true }).waitFor()
    await hands.use(/button "Publish…"/)
    await hands.at(/textbox "Sign off/)
    await hands.press('Enter')
    await at.page.getByText('Type your name just as it is written').waitFor()
    await hands.fill(/textbox "Sign off/, 'Amal Test')
    await hands.press('Enter')
    await at.page.getByText('Published', { exact: true }).waitFor()
    await at.page.getByText(/signed off by/).waitFor()
    expect(await at.page.getByRole('table', { name: 'Ranking' }).getByRole('row').nth(1).innerText()).toMatch(
      /Ada Quill[^]*7/,
    )
  })
})
