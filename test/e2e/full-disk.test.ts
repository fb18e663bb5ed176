import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { Hands } from './hands.ts'
import { HubServer } from './hub-server.ts'
import { isLive } from './page-world.ts'
import { folder, Program, runForJson } from './program.ts'
import { launchBrowser } from './shells.ts'
import { ADMIN } from './small-election.ts'
import { describeBuilt, signIn } from './workplace.ts'

/** A desk on a small disk that fills up under an operator's hands. */

const noMount =
  process.platform !== 'linux' || process.getuid?.() !== 0 ? 'a small disk can be mounted by root only' : null
if (noMount) console.info(`skipped: a full disk under a window, because ${noMount}`)

/** Writes until nothing more fits. */
function fill(path: string): void {
  const part = Buffer.alloc(4096)
  try {
    for (;;) writeFileSync(path, part, { flag: 'a' })
  } catch {
    // That was the last of it.
  }
}

if (noMount === null)
  describeBuilt('a full disk under a window', () => {
    let place: Awaited<ReturnType<typeof folder>>
    let hub: HubServer
    let browser: Browser
    let program: Program
    let page: Page
    const hands = new Hands(() => page)
    beforeAll(async () => {
      place = await folder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', place.path])
      hub = await HubServer.start()
      program = new Program(['start', '--web', '--no-open', '--port', '0', '--data', place.path, '--server', hub.url])
      const link = await program.until('the link', () => /^http\S+$/m.exec(program.out)?.[0])
      browser = await launchBrowser()
      page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
      await page.goto(link)
      await signIn(page, ADMIN)
      await isLive(page)
    })
    afterAll(async () => {
      await browser?.close()
      const code = await program?.stop()
      await hub?.stop()
      execFileSync('umount', ['-l', place.path])
      await place.remove()
      expect(code).toBe(0)
    })
    const form = () => page.getByRole('form', { name: 'Mark attendance' })
    const arrivals = () => hub.truth().attendance.filter(({ elector }) => elector === '1004')
    const ballast = () => join(place.path, 'ballast')

    test('[E123] what does not fit is not saved, why and what to do is said, and what was typed stays', async () => {
      await hands.press('m')
      await hands.at(/textbox "Elector number"/)
      await hands.type('1004')
      await hands.press('Tab')
      await hands.type('C1')
      fill(ballast())
      await hands.use(/button "Mark attended/)
      await form().getByRole('status').getByText('This desk’s disk refused to keep it, so nothing was done.').waitFor()
      expect(await form().getByRole('status').innerText()).toContain('Free some space and try again.')
      expect(await page.locator('#mark-number').inputValue()).toBe('1004')
      expect(arrivals()).toEqual([])
    })

    test('[E123] once there is room the same press saves it, the server has it once, and the journal is whole', async () => {
      rmSync(ballast())
      await hands.to(/textbox "Elector number"/, 'Shift+Tab')
      await hands.press('Enter')
      await form().getByRole('status').getByText('confirmed by the server').waitFor({ timeout: 30_000 })
      await waitFor('the mark at the hub', async () => (arrivals().length === 1 ? true : null))
      await isLive(page)
      expect(await runForJson(['journal', 'verify', '--data', place.path])).toMatchObject({ intact: true })
    })
  })
