import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { Hands } from './hands.ts'
import { linkState } from './page-world.ts'
import { COLLECTOR } from './small-election.ts'
import { describeInShells, Workplace } from './workplace.ts'

/** A collector's tasks by the keyboard alone, in every shell alike, each proved at the hub. */

describeInShells('a collector by the keyboard alone', (kind) => {
  const at = new Workplace({ kind, as: COLLECTOR })
  const hands = new Hands(() => at.page)
  const rows = (count: number) => at.page.locator(`[role=table][aria-rowcount="${count + 1}"]`).waitFor()
  const pledge = (elector: string) => at.hub.truth().guarantees.find((each) => each.elector === elector)
  const dialog = (name: RegExp) => at.page.getByRole('dialog', { name })
  const closed = () => at.page.getByRole('dialog').waitFor({ state: 'detached' })
  /** The list, with only this in it. */
  async function find(words: string, count: number): Promise<void> {
    await hands.go('g')
    await at.page.getByRole('searchbox').waitFor()
    await hands.press('/')
    await hands.at(/^searchbox/)
    await hands.press('Control+a')
    await hands.type(words)
    await rows(count)
  }

  test('[E106] a guarantee is created and its mobile and note are changed', async () => {
    await hands.go('g')
    await rows(10)
    await hands.use(/button "New guarantee…"/)
    await hands.at(/textbox "Elector number"/)
    await hands.type('1051')
    await hands.fill(/textbox "Note"/, 'after work')
    await hands.use(/button "Save"/)
    await closed()
    await waitFor('the guarantee at the hub', async () => pledge('1051') ?? null)
    await find('1051', 1)
    await hands.use(/button "More for /)
    await hands.at(/textbox "Note"/)
    await hands.press('Control+a')
    await hands.type('before noon')
    await hands.use(/button "Save"/)
    await closed()
    await waitFor('the note at the hub', async () => (pledge('1051')?.note === 'before noon' ? true : null))
  })

  test('[E107] it is confirmed, a note is written to it, and it is taken away with a reason', async () => {
    await find('1051', 1)
    await hands.use(/Confirmation of .*: Not called/)
    await hands.use(/button "Confirmed"/, 'ArrowDown')
    await waitFor('the confirmation at the hub', async () =>
      pledge('1051')?.confirmation === 'CONFIRMED' ? true : null,
    )
    await hands.use(/button "Notes on /)
    await hands.fill(/textbox "New note"/, 'Comes with two neighbours')
    await hands.use(/button "Save"/)
    await at.page.getByRole('listitem').filter({ hasText: 'Comes with two neighbours' }).waitFor()
    await hands.press('Escape')
    await closed()
    await hands.use(/button "More for /)
    await dialog(/Mobile, note and group/).waitFor()
    await hands.use(/button "Take away…"/)
    await hands.at(/textbox "Reason"/)
    await hands.type('promised twice')
    await hands.use(/button "Take it away"/)
    await waitFor('no guarantee at the hub', async () => (pledge('1051') ? null : true))
  })

  test('[E108] a list is kept by name, and many of it are changed after a preview', async () => {
    await find('خالد', 5)
    await hands.use(/button "Saved views \(0\)"/, 'Shift+Tab')
    await hands.at(/textbox "Name for the list/)
    await hands.type('The Khaleds')
    await hands.press('Enter')
    await closed()
    await hands.use(/button "Change many…"/)
    await dialog(/Change many guarantees/).waitFor()
    await hands.to(/combobox "Make it"/)
    await hands.type('Confirmation: Not r')
    await hands.use(/button "Preview"/)
    await dialog(/Change many/)
      .getByText(/Would change: *5/)
      .waitFor()
    await hands.use(/button "Change 5"/)
    await waitFor('all five at the hub', async () =>
      at.hub.truth().guarantees.filter(({ confirmation }) => confirmation === 'NOT_AVAILABLE').length === 5
        ? true
        : null,
    )
    await closed()
    await hands.use(/button "Saved views \(1\)"/, 'Shift+Tab')
    await hands.use(/button "The Khaleds"/)
    await rows(5)
  })

  test('[E109] a call is taken by name, its outcome is kept, and reaches the hub', async () => {
    await hands.go('p')
    await hands.use(/link "Call list"/)
    await rows(5)
    await hands.fill(/textbox "Your name at this window"/, 'Huda')
    await hands.use(/button "Take the call to .*1043/)
    await dialog(/Call to/).waitFor()
    await hands.to(/radio "Is coming"/)
    await hands.to(/radio "No answer"/, 'ArrowDown')
    await hands.fill(/textbox "Note"/, 'Rings, nobody there')
    await hands.use(/button "Save"/)
    await at.page.getByText(/No answer, \d\d:\d\d/).waitFor()
    await waitFor('the answer at the hub', async () => (pledge('1043')?.confirmation === 'NOT_AVAILABLE' ? true : null))
  })

  test('[E18] a guarantee changed here and elsewhere is a card, decided with the keyboard alone', async () => {
    const elector = '1045'
    await find(elector, 1)
    await at.hub.kill()
    await waitFor('a lost link', async () => ((await linkState(at.page)) === 'live' ? null : true))
    await hands.use(/Confirmation of .*: Not called/)
    await hands.use(/button "Confirmed"/, 'ArrowDown')
    await at.page.getByRole('button', { name: /Yours: 1 waiting/ }).waitFor()
    await at.hub.elsewhere(COLLECTOR, async (other) => {
      const body = { confirmation_status: 'NOT_AVAILABLE' }
      const answer = await other.call('PATCH', `/api/guarantees/${pledge(elector)?.id}/`, { body })
      expect(answer.status).toBe(200)
    })
    await at.hub.comeBack()
    await at.page.getByRole('button', { name: /to decide: 1/ }).waitFor({ timeout: 30_000 })
    await hands.press('Escape')
    await hands.go('x')
    const card = at.page.getByRole('article').first()
    await card.waitFor()
    const words = (await card.innerText()).replaceAll(/[\u2066-\u2069]/g, '')
    expect(words).toContain('Guarantee changed by two desks')
    expect(words).toMatch(/Confirmation\s+Confirmed\s+Not reached/)
    expect(words).toContain(COLLECTOR)
    await hands.fill(/textbox "Why do you decide so/, 'I spoke to them myself')
    await hands.use(/button "Keep mine/)
    await card.waitFor({ state: 'detached' })
    await waitFor('the decision at the hub', async () => (pledge(elector)?.confirmation === 'CONFIRMED' ? true : null))
    const decided = await at.page.getByRole('region', { name: 'Decided' }).innerText()
    expect(decided).toMatch(/Keep mine[^]*I spoke to them myself[^]*collector@tally\.example/)
  })
})
