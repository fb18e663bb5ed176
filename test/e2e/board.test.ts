import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { HubServer } from './hub-server.ts'
import { tabTo } from './keys.ts'
import { isLive } from './page-world.ts'
import { isBuilt, NOT_BUILT } from './program.ts'
import { BROWSER_SHELL, type Desk, NO_CHROMIUM } from './shells.ts'
import { ADMIN, PASSWORD } from './small-election.ts'

/** From a figure to its records, to the journal and back; one part of the day for every chart; the link's figures to take away. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: from a figure to the journal, because ${missing}`)

const MARKED = [1001, 1002, 1003, 1004]
const scrolled = (page: Page) => page.locator('#content').evaluate((main) => main.scrollTop)
const spanOf = (page: Page) => /span=(\d+-\d+)/.exec(page.url())?.[1] ?? null

async function signIn(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await tabTo(page, /autocomplete="username"/)
  await page.keyboard.type(ADMIN)
  await tabTo(page, /autocomplete="current-password"/)
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await isLive(page)
}

describe.skipIf(missing !== null)('from a figure to the journal', () => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    desk = await BROWSER_SHELL.start(['--server', hub.url])
    page = await desk.openWindow()
    await page.setViewportSize({ width: 1366, height: 640 })
    await signIn(page)
    await hub.mark(...MARKED)
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await hub?.stop()
    expect(code).toBe(0)
  })

  test('[V270] turnout leads to a record, that to the journal’s rows about it, and Back to the same scroll', async () => {
    const turnout = page
      .getByRole('group', { name: 'Turnout' })
      .getByRole('link', { name: `${MARKED.length}`, exact: true })
    await turnout.waitFor()
    await page.locator('#content').evaluate((main) => main.scrollTo(0, 40))
    await waitFor('the scroll', async () => ((await scrolled(page)) === 40 ? true : null))
    await turnout.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('table', { name: 'Attendance' }).waitFor()
    await page
      .getByRole('link', { name: /^live \d\d:\d\d$/ })
      .first()
      .click()
    const panel = page.getByRole('dialog', { name: /How this came to be/ })
    await panel.getByText('Told').first().waitFor()
    const [row = ''] = await panel.getByRole('listitem').allInnerTexts()
    expect(row).toMatch(/Live: the server pushed it/)
    expect(row).toMatch(/journal row [\d\u202f]+ · frame \d+/)
    await panel.getByText('As written in the journal').first().click()
    expect(await panel.locator('pre').first().innerText()).toContain('"kind": "attendance"')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(page.url()).toContain('#/attendance?status=ATTENDED')
    await page.goBack()
    await turnout.waitFor()
    expect(await scrolled(page)).toBe(40)
  })

  test('[V273] the brush is moved by keys, narrows the charts, goes along to other screens, and Esc ends it', async () => {
    await page.locator('#content').focus()
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await page.getByRole('button', { name: 'As a table' }).click()
    const table = page.getByRole('table', { name: 'The day so far' })
    const rows = () => table.getByRole('row').count()
    const before = await waitFor('some points', async () => ((await rows()) >= 4 ? rows() : null))
    await page.getByRole('slider', { name: 'From' }).focus()
    for (let press = 0; press < 90; press++) await page.keyboard.press('ArrowRight')
    const span = await waitFor('the span', async () => spanOf(page))
    await waitFor('fewer points', async () => ((await rows()) < before ? true : null))
    await page.getByRole('heading', { name: 'The day so far' }).click()
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.getByRole('region', { name: 'Turnout through the day' }).waitFor()
    await waitFor('the same span', async () => (spanOf(page) === span ? true : null))
    await page.keyboard.press('Escape')
    await waitFor('no span', async () => (spanOf(page) === null ? true : null))
  })

  test('[V277] the link’s figures are copied as JSON', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await page.getByRole('button', { name: 'Copy as JSON' }).click()
    await page.getByText('The link’s figures are copied.').waitFor()
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(JSON.parse(copied).meters.framesReceived).toBeGreaterThan(0)
  })
})
