import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HubServer } from './hub-server.ts'
import { crossed, isLive, kept, signOutIn } from './page-world.ts'
import { BROWSER_SHELL, type Desk } from './shells.ts'
import { ADMIN, COUNTERS } from './small-election.ts'
import { describeBuilt, signIn } from './workplace.ts'

/** Ballots: so many that no part of a time, no count of bytes and no other figure here is one of them by chance. */
const [FIRST, WRONG] = [8_275_713, 8_271_419]
const [ADA, BADR] = COUNTERS

/** Every number a window was sent, as a number or inside a text. */
const numbersIn = (text: string): ReadonlySet<string> => new Set(text.split(/\D+/))

/** Two desks of one hub: a sheet typed at one, and again at the other by somebody who sees nothing of it. */
describeBuilt('a sheet typed at two desks', () => {
  let hub: HubServer
  let desks: readonly Desk[] = []
  let ada: Page
  let badr: Page

  beforeAll(async () => {
    hub = await HubServer.start()
    desks = [await BROWSER_SHELL.start(['--server', hub.url]), await BROWSER_SHELL.start(['--server', hub.url])]
    const [one, other] = await Promise.all(desks.map((desk) => desk.openWindow()))
    if (!one || !other) throw new Error('two desks have two windows')
    ;[ada, badr] = [one, other]
  })
  afterAll(async () => {
    const codes = await Promise.all(desks.map((desk) => desk.stop()))
    await hub.stop()
    expect(codes).toEqual([0, 0])
  })

  const ballots = (page: Page) => page.getByRole('textbox', { name: /^Ballots cast/ })
  const at = async (page: Page, email: string) => {
    await signIn(page, email)
    await isLive(page)
  }
  const counts = (page: Page) =>
    page
      .getByRole('navigation')
      .getByRole('link', { name: /^Count/ })
      .first()
      .click()
  const choose = async (page: Page) => {
    await counts(page)
    await page.getByRole('list', { name: 'Committees' }).getByRole('link', { name: /^C1/ }).click()
  }
  const openSheet = async (page: Page) => {
    await choose(page)
    await page.getByRole('link', { name: /^Enter the count sheet of/ }).click()
  }
  /** Types from the focus on, Enter after each, gives every warning its words, and saves. */
  async function typeSheet(page: Page, figures: readonly number[]): Promise<void> {
    for (const figure of figures) {
      await page.keyboard.type(String(figure))
      await page.keyboard.press('Enter')
    }
    await explainAndSave(page)
  }
  async function explainAndSave(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Save the sheet' }).click()
    const words = page.getByLabel(/^Why the paper has this/)
    await words.first().waitFor()
    for (const field of await words.all()) await field.fill('The paper has it so')
    await page.getByRole('button', { name: 'Save the sheet' }).click()
  }

  test('[E124] the first entry, at one desk, is sealed: the window of another is told who and when and no figure', async () => {
    await at(ada, ADMIN)
    await counts(ada)
    await ada.getByRole('button', { name: 'One person types each sheet' }).click()
    await ada.getByRole('checkbox', { name: 'Two people type each sheet' }).check()
    await ada.getByRole('button', { name: 'Save', exact: true }).click()
    await ada.getByRole('button', { name: 'Two people type each sheet' }).waitFor()
    await signOutIn(ada)
    await at(ada, ADA)
    await at(badr, BADR)
    await openSheet(ada)
    await ada.getByText('the server keeps it sealed').waitFor()
    await typeSheet(ada, [FIRST, 0, 3, 2])
    await ada.getByRole('heading', { name: 'Waits for a second person' }).waitFor()
    await openSheet(badr)
    await badr.getByText(/Entered once by .*first@tally\.example.* at .*; awaits a second person/).waitFor()
    expect(await ballots(badr).inputValue()).toBe('')
  })

  test('[E124] the second differs in one field: both desks open that field alone, and agreement is on record in both names', async () => {
    await typeSheet(badr, [WRONG, 0, 3, 2])
    for (const page of [ada, badr]) {
      await page.getByText('The two entries differ in the marked fields').waitFor()
      expect(await page.getByRole('textbox', { name: /Ada Quill/ }).getAttribute('readonly')).not.toBeNull()
      expect(await ballots(page).inputValue()).toBe('')
    }
    const sent = numbersIn(
      (await crossed(badr))
        .filter(({ way }) => way === 'in')
        .map(({ text }) => text)
        .join(' '),
    )
    // It was told its own figures since, and so the test sees what is there to be seen.
    expect([sent.has(String(WRONG)), sent.has(String(FIRST)), numbersIn(await kept(badr)).has(String(FIRST))]).toEqual([
      true,
      false,
      false,
    ])
    await ballots(badr).fill(String(FIRST))
    await explainAndSave(badr)
    for (const page of [ada, badr])
      await page.getByRole('heading', { name: 'Both entries agree: the sheet is on record' }).waitFor()
    await choose(ada)
    await ada.getByText(/Typed by two people, blind: .*first@tally\.example.*second@tally\.example/).waitFor()
    const { json } = await hub.admin.call('GET', '/api/voting/sheets/')
    expect(json).toMatchObject({
      data: [{ typed: { how: 'agreed', first: { userEmail: ADA }, second: { userEmail: BADR } } }],
    })
  })
})
