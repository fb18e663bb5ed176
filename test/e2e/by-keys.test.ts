import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { HubServer } from './hub-server.ts'
import { focused, tabTo } from './keys.ts'
import { isLive } from './page-world.ts'
import { isBuilt, NOT_BUILT } from './program.ts'
import { type Desk, NO_CHROMIUM, shellKinds } from './shells.ts'
import { ADMIN, PASSWORD } from './small-election.ts'

/** Tasks of a day done by the keyboard alone, in every shell alike, on a real hub. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: tasks by the keyboard, because ${missing}`)

describe.skipIf(missing !== null).each(missing ? [] : shellKinds())('by the keyboard alone in $name', (kind) => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    desk = await kind.start(['--server', hub.url])
    page = await desk.openWindow()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await tabTo(page, /autocomplete="username"/)
    await page.keyboard.type(ADMIN)
    await tabTo(page, /autocomplete="current-password"/)
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await isLive(page)
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await hub?.stop()
    expect(code).toBe(0)
  })
  const arrival = (elector: string) => hub.truth().attendance.find((each) => each.elector === elector)

  test('[E102] a mark is undone with a reason, and the server has it no more', async () => {
    await page.keyboard.press('m')
    await waitFor('the field', async () => ((await focused(page)).includes('mark-number') ? true : null))
    await page.keyboard.type('1002')
    await page.keyboard.press('Tab')
    await page.keyboard.type('C2')
    await tabTo(page, /Mark attended/)
    await page.keyboard.press('Enter')
    await waitFor('the mark at the hub', async () => (arrival('1002') ? true : null))
    await tabTo(page, /Yours: /)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What you did at this desk' }).waitFor()
    await tabTo(page, /Undo…/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: /^Undo: / }).waitFor()
    await waitFor('the reason', async () => ((await focused(page)).startsWith('<textarea') ? true : null))
    await page.keyboard.type('the wrong card')
    await tabTo(page, /Undo it/)
    await page.keyboard.press('Enter')
    await waitFor('no mark at the hub', async () => (arrival('1002') ? null : true))
    await page.getByRole('button', { name: /Yours: 0 waiting/ }).waitFor()
    await page.keyboard.press('Escape')
  })

  test('[E103] a screen held still says since when, and goes on where it was let go', async () => {
    await waitFor('no dialog', async () => ((await page.getByRole('dialog').count()) === 0 ? true : null))
    await tabTo(page, /<main/, 'Shift+Tab')
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.getByRole('group', { name: 'Turnout', exact: true }).waitFor()
    const turnout = () => page.getByRole('group', { name: 'Turnout', exact: true }).innerText()
    await page.keyboard.press('f')
    await page
      .getByText(/Held still since/)
      .first()
      .waitFor()
    const before = await turnout()
    await hub.mark(1007)
    await waitFor('the mark at the hub', async () => (arrival('1007') ? true : null))
    expect(await turnout()).toBe(before)
    await page.keyboard.press('f')
    await waitFor('the new figure', async () => ((await turnout()) === before ? null : true))
  })
})
