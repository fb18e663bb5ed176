import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { ADMIN } from './small-election.ts'
import { describeInShells, Workplace } from './workplace.ts'

/** From a figure to its records, to the journal and back; one part of the day for every chart; the link's figures to take away. */

const MARKED = [1001, 1002, 1003, 1004]
const scrolled = (page: Page) => page.locator('#content').evaluate((main) => main.scrollTop)
const spanOf = (page: Page) => /span=(\d+-\d+)/.exec(page.url())?.[1] ?? null

describeInShells('from a figure to the journal', (kind) => {
  const at = new Workplace({ kind, as: ADMIN })
  beforeAll(async () => {
    await at.page.setViewportSize({ width: 1366, height: 640 })
    await at.hub.mark(...MARKED)
  })

  test('[V270] turnout leads to a record, that to the journal’s rows about it, and Back to the same scroll', async () => {
    const turnout = at.page
      .getByRole('group', { name: 'Turnout' })
      .getByRole('link', { name: `${MARKED.length}`, exact: true })
    await turnout.waitFor()
    await at.page.locator('#content').evaluate((main) => main.scrollTo(0, 40))
    await waitFor('the scroll', async () => ((await scrolled(at.page)) === 40 ? true : null))
    await turnout.focus()
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('table', { name: 'Attendance' }).waitFor()
    await at.page
      .getByRole('link', { name: /^live \d\d:\d\d$/ })
      .first()
      .click()
    const panel = at.page.getByRole('dialog', { name: /How this came to be/ })
    await panel.getByText('Told').first().waitFor()
    const [row = ''] = await panel.getByRole('listitem').allInnerTexts()
    expect(row).toMatch(/Live: the server pushed it/)
    expect(row).toMatch(/journal row [\d\u202f]+ · frame \d+/)
    await panel.getByText('As written in the journal').first().click()
    expect(await panel.locator('pre').first().innerText()).toContain('"kind": "attendance"')
    await at.page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(at.page.url()).toContain('#/attendance?status=ATTENDED')
    await at.page.goBack()
    await turnout.waitFor()
    expect(await scrolled(at.page)).toBe(40)
  })

  test('[V273] the brush is moved by keys, narrows the charts, goes along to other screens, and Esc ends it', async () => {
    await at.page.locator('#content').focus()
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('l')
    await at.page.getByRole('button', { name: 'As a table' }).click()
    const table = at.page.getByRole('table', { name: 'The day so far' })
    const rows = () => table.getByRole('row').count()
    const before = await waitFor('some points', async () => ((await rows()) >= 4 ? rows() : null))
    await at.page.getByRole('slider', { name: 'From' }).focus()
    for (let press = 0; press < 90; press++) await at.page.keyboard.press('ArrowRight')
    const span = await waitFor('the span', async () => spanOf(at.page))
    await waitFor('fewer points', async () => ((await rows()) < before ? true : null))
    await at.page.getByRole('heading', { name: 'The day so far' }).click()
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('b')
    await at.page.getByRole('region', { name: 'Turnout through the day' }).waitFor()
    await waitFor('the same span', async () => (spanOf(at.page) === span ? true : null))
    await at.page.keyboard.press('Escape')
    await waitFor('no span', async () => (spanOf(at.page) === null ? true : null))
  })

  test('[V277] the link’s figures are copied as JSON', async () => {
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('l')
    await at.page.getByRole('button', { name: 'Copy as JSON' }).click()
    await at.page.getByText('The link’s figures are copied.').waitFor()
    // What lies in the clipboard no page of ours may read: it is pasted.
    await at.page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))")
    await at.page.locator('#pasted').focus()
    await at.page.keyboard.press('Control+v')
    const copied = await at.page.locator('#pasted').inputValue()
    expect(JSON.parse(copied).meters.framesReceived).toBeGreaterThan(0)
  })
})
