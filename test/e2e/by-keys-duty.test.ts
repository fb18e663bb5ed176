import { test } from 'vitest'
import { fromPalette } from './keys.ts'
import { Hands } from './hands.ts'
import { isLive } from './page-world.ts'
import { ADMIN, COUNTERS } from './small-election.ts'
import { describeInShells, signIn, Workplace } from './workplace.ts'

/** Who is on duty, by the keyboard alone, in every shell alike: faults from found to resolved, and the shift. */

describeInShells('a shift by the keyboard alone', (kind) => {
  const at = new Workplace({ kind, as: ADMIN })
  const hands = new Hands(() => at.page)
  const fault = () => at.page.getByRole('article')
  const says = (words: RegExp) => fault().filter({ hasText: words }).waitFor()

  test('[E114] a fault is taken, noted, put off and resolved', async () => {
    // More ballots than came: a warning of that committee.
    await at.hub.enterSheet('C1', [2, 1])
    await hands.go('f')
    await fault().waitFor()
    await hands.press('a')
    await says(/Taken/)
    await hands.press('n')
    await hands.at(/textbox "Note"/)
    await hands.type('Their list is on its way')
    await hands.press('Control+Enter')
    await says(/Their list is on its way/)
    await hands.press('s')
    await hands.at(/button "15 minutes"/)
    await hands.press('Enter')
    await says(/Quiet until \d\d:\d\d/)
    await hands.press('r')
    await hands.at(/textbox "Note"/)
    await hands.type('The list has four')
    await hands.use(/button "Resolve"/)
    await at.page.getByText('Nothing needs you').first().waitFor()
    await at.page
      .getByRole('region', { name: 'Resolved today' })
      .getByText(/admin@tally\.example/)
      .first()
      .waitFor()
  })

  test('[E115] a hand-over is written, and confirmed by the person who signs in next', async () => {
    await hands.use(/button "Hand over…"/)
    await hands.at(/textbox "Your words to the next person"/)
    await hands.type('Watch C1, its list is late')
    await hands.use(/button "Hand over"/)
    await at.page.getByText('You handed over at').waitFor()
    await fromPalette(at.page, 'sign out')
    await signIn(at.page, COUNTERS[0])
    await isLive(at.page)
    await hands.go('f')
    await hands.use(/button "Read and confirm"/)
    await at.page.getByText('Watch C1, its list is late').waitFor()
    await hands.use(/button "I have read this and take over"/)
    await at.page.getByText('The shift is yours.').waitFor()
    await at.page.getByRole('button', { name: 'Read and confirm' }).waitFor({ state: 'detached' })
  })
})
