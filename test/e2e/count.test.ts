import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { HubServer } from './hub-server.ts'
import { isLive, signOutIn } from './page-world.ts'
import { isBuilt, NOT_BUILT } from './program.ts'
import { BROWSER_SHELL, type Desk, NO_CHROMIUM } from './shells.ts'
import { ADMIN, COUNTERS, PASSWORD } from './small-election.ts'

/** A committee's paper on its way to published results, by the people who carry it there. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: the count, because ${missing}`)

describe.skipIf(missing !== null)('the count', () => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    await hub.mark(1001, 1004, 1007)
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
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await isLive(page)
  }
  const screen = (name: string) =>
    page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .first()
      .click()
  const tile = (code: string) =>
    page.getByRole('list', { name: 'Committees' }).getByRole('link', { name: new RegExp(`^${code}`) })
  async function openSheet(): Promise<void> {
    await screen('Count')
    await tile('C1').click()
    await page.getByRole('link', { name: /^Enter the count sheet of/ }).click()
    await page.getByRole('heading', { name: /^Count sheet/ }).waitFor()
  }
  /** Types from the focus on, Enter after each, as one reads a paper aloud. */
  async function typeOn(...figures: readonly string[]): Promise<void> {
    for (const figure of figures) {
      await page.keyboard.type(figure)
      await page.keyboard.press('Enter')
    }
  }
  const save = () => page.getByRole('button', { name: 'Save the sheet' }).click()
  const why = () => page.getByLabel('Why the paper has this (W201)')
  /** What somebody does at another desk. */
  async function elsewhere(method: string, path: string, body: object = {}): Promise<void> {
    const answer = await hub.admin.call(method, path, { body })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
  }
  const idOf = (code: string) => hub.truth().committees.find((row) => row.code === code)?.id ?? 0
  const sheet = (code: string, first: number, second: number) =>
    elsewhere('POST', '/api/voting/vote-counts/bulk_entry/', {
      ...{ committeeId: idOf(code), totalBallotsCast: 4, invalidBallots: 0, notes: '' },
      voteCounts: [
        { candidateId: 1, voteCount: first },
        { candidateId: 2, voteCount: second },
      ],
    })

  test('[E99] an administrator asks for two people a sheet; the first entry stays at the desk', async () => {
    await signIn(ADMIN)
    await screen('Count')
    await page.getByRole('button', { name: 'One person types each sheet' }).click()
    await page.getByRole('checkbox', { name: 'Two people type each sheet' }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Two people type each sheet' }).waitFor()
    await signOutIn(page)
    await signIn(COUNTERS[0])
    await openSheet()
    await page.getByText('Yours is the first entry').waitFor()
    await typeOn('٤', '0', '3', '2')
    await save()
    await waitFor('the field for the words', async () => ((await why().count()) > 0 ? true : null))
    await page.getByText('4 ballots cast, but only 3 came.').first().waitFor()
    await why().fill('One was marked on paper only')
    await save()
    await page.getByRole('heading', { name: 'Waits for a second person' }).waitFor()
  })

  test('[E99] the second differs in one field, types that field again, and both go as one', async () => {
    await signOutIn(page)
    await signIn(COUNTERS[1])
    await openSheet()
    await page.getByText('you do not see the first').waitFor()
    await typeOn('4', '0', '3', '1')
    await why().fill('The list has three, the paper four')
    await save()
    await page.getByText('The two entries differ in the marked fields').waitFor()
    const open = page.getByRole('textbox', { name: /بدر الصالح/ })
    expect(await open.inputValue()).toBe('')
    expect(await page.getByRole('textbox', { name: /Ada Quill/ }).getAttribute('readonly')).not.toBeNull()
    await open.fill('2')
    await save()
    await page.getByText('Confirmed by the server.').waitFor()
    await page.getByRole('button', { name: 'Put the sheet away' }).click()
  })

  test('[E99] who verifies deals with the warning first', async () => {
    await signOutIn(page)
    await signIn(ADMIN)
    await screen('Count')
    await tile('C1').click()
    const review = page.getByRole('region', { name: 'To look into in C1' })
    await review.getByText('One was marked on paper only').waitFor()
    await review.getByText('The list has three, the paper four').waitFor()
    await review.getByRole('button', { name: 'Mark W201 handled…' }).first().click()
    await page.getByLabel('Reason').fill('Compared with the list')
    await page.getByRole('button', { name: 'Mark handled', exact: true }).click()
    await review.getByText('Compared with the list').first().waitFor()
    await page.getByRole('button', { name: /^Verify the sheet of/ }).click()
    await page.getByRole('button', { name: 'It agrees with the paper: verify' }).click()
    await page
      .getByRole('navigation', { name: 'How far the sheets are' })
      .getByRole('link', { name: 'Verified 1' })
      .waitFor()
  })

  test('[E99] results are added up, published with a sign-off, and a late correction is said', async () => {
    for (const code of ['C2', 'C3']) {
      await sheet(code, 2, 1)
      await elsewhere('PATCH', `/api/voting/committee-entries/${await entryOf(code)}/verify/`)
    }
    await screen('Results')
    await page.getByText('3 / 3').waitFor()
    await page.getByRole('button', { name: 'Add up the verified sheets' }).click()
    await page.getByText('Preliminary', { exact: true }).waitFor()
    const ranking = page.getByRole('table', { name: 'Ranking' })
    expect(await ranking.getByRole('row').nth(1).innerText()).toMatch(/Ada Quill[^]*7/)
    await page.getByRole('button', { name: 'Publish…' }).click()
    await page.getByLabel(/^Sign off/).fill('Amal Test')
    await page.getByRole('button', { name: 'Publish now' }).click()
    await page.getByText('Published', { exact: true }).waitFor()
    await page.getByText(/signed off by/).waitFor()
    expect(await page.getByRole('region', { name: 'Changed since publication' }).count()).toBe(0)
    await sheet('C2', 2, 2)
    const changed = page.getByRole('region', { name: 'Changed since publication' })
    await changed.waitFor()
    expect(await changed.getByRole('row').nth(1).innerText()).toMatch(/بدر الصالح[^]*4[^]*5[^]*\+1/)
  })

  async function entryOf(code: string): Promise<number> {
    const answer = await hub.admin.call('GET', '/api/voting/committee-entries/')
    const { data } = answer.json as { data: { id: number; committee: number }[] } // as the server lists them
    return data.find((row) => row.committee === idOf(code))?.id ?? 0
  }
})
