import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HubServer } from './hub-server.ts'
import { isLive, shows } from './page-world.ts'
import { folder, isBuilt, NOT_BUILT, run } from './program.ts'
import { BROWSER_SHELL, type Desk, NO_CHROMIUM } from './shells.ts'
import { ADMIN, PASSWORD } from './small-election.ts'

/** An evidence pack asked for in a window, saved by the browser, and proved by the command line. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: evidence from a window, because ${missing}`)

describe.skipIf(missing !== null)('evidence from a window', () => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    desk = await BROWSER_SHELL.start(['--server', hub.url])
    page = await desk.openWindow()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.locator('input[autocomplete="username"]').fill(ADMIN)
    await page.locator('input[autocomplete="current-password"]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await isLive(page)
    await hub.mark(1059)
    await shows(page, 1)
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await hub?.stop()
    expect(code).toBe(0)
  })

  async function savedPack(kept: string): Promise<string> {
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: /Save the file/ }).click()
    const download = await saving
    const file = join(kept, download.suggestedFilename())
    await download.saveAs(file)
    return file
  }

  test('[E98] a sealed pack is made by keys, saved, and proved by the command', async () => {
    const kept = await folder()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Evidence pack')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Evidence pack' })
    await dialog.getByRole('button', { name: 'Make the pack' }).press('Enter')
    await dialog.getByText('A sealed pack was made').waitFor()
    const head = await dialog.getByText(/^[0-9a-f]{64}$/).innerText()
    const file = await savedPack(kept.path)
    const proof = await run(['pack', 'verify', file, '--data', desk.data])
    expect({ code: proof.code, says: proof.out.includes(head) }, proof.out + proof.err).toEqual({ code: 0, says: true })
    await kept.remove()
  })
})
