import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Book } from '../../src/core/book.ts'
import type { Action } from '../../src/core/outbox/action.ts'
import { systemClock } from '../../src/main/node/clock.ts'
import { sha256 } from '../../src/main/node/digest.ts'
import { openDisk } from '../../src/main/node/disk.ts'
import type { CommandKey } from '../../src/shared/model/ids.ts'
import { waitFor } from '../electron/shell.ts'
import { HubServer } from './hub-server.ts'
import { card, connectIn, isLive, shows } from './page-world.ts'
import { descendants, folder, isAlive, isBuilt, LAUNCHER, NOT_BUILT, Program, runForJson } from './program.ts'
import { launchBrowser, NO_CHROMIUM } from './shells.ts'
import { ADMIN, PASSWORD } from './small-election.ts'

/** What is left when the core, or a window, dies under the hands of whoever works at it. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: dying cores and windows, because ${missing}`)

/** From its being back to the figures on an open window, ms. */
const REPAINTED_WITHIN_MS = 1_000

/** A browser's window in which the moments are kept at which a core's board was drawn whole, ms since 1970. */
type Timed = {
  boards: number[]
  WebSocket: { new (url: string): { addEventListener: EventTarget['addEventListener']; send(text: string): void } }
  requestAnimationFrame(run: () => void): void
}

/** Runs in the page before its own scripts. */
function timeBoards(): void {
  const world = globalThis as unknown as Timed // a browser's window
  const boards: number[] = []
  world.boards = boards
  world.WebSocket = class extends world.WebSocket {
    readonly #headlines = new Set<number>()
    constructor(url: string) {
      super(url)
      this.addEventListener('message', (event) => {
        const { data } = event as unknown as { data: string } // a MessageEvent
        const told = JSON.parse(data) as { t: string; id: number } // a downstream message
        if (told.t === 'snapshot' && this.#headlines.has(told.id))
          world.requestAnimationFrame(() => void boards.push(Date.now()))
      })
    }
    override send(text: string): void {
      const said = JSON.parse(text) as { t: string; id: number; name?: string } // an upstream message
      if (said.t === 'watch' && said.name === 'headline') this.#headlines.add(said.id)
      super.send(text)
    }
  }
}

describe.skipIf(missing !== null)('a core that dies', () => {
  let place: Awaited<ReturnType<typeof folder>>
  let hub: HubServer
  let browser: Browser
  let context: BrowserContext
  let program: Program
  let page: Page
  let link = ''
  beforeAll(async () => {
    place = await folder()
    hub = await HubServer.start()
    browser = await launchBrowser()
    context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
    await context.addInitScript(timeBoards)
    const words = ['start', '--web', '--no-open', '--port', '0', '--data', place.path]
    program = new Program(words, { program: LAUNCHER })
    link = await program.until('the link', () => /^http\S+$/m.exec(program.out)?.[0])
    page = await context.newPage()
    await page.goto(link)
    await connectIn(page, { url: hub.url, email: ADMIN, password: PASSWORD })
    await hub.mark(1001, 1002)
    await shows(page, 2)
  })
  afterAll(async () => {
    await browser?.close()
    const code = await program?.stop()
    await hub?.stop()
    await place?.remove()
    expect(code).toBe(0)
  })

  /** The process of the core: what the launcher started. */
  const core = () => descendants(program.child.pid ?? -1)[0] ?? -1
  /** Kills it; gives how long it was away, and how long after its return the board stood, ms. */
  async function killAndLook(came: number): Promise<{ away: number; repainted: number }> {
    const before = core()
    const boards = () => page.evaluate(() => (globalThis as unknown as Timed).boards) // set by timeBoards
    const known = (await boards()).length
    const origin = new URL(link).origin
    const began = Date.now()
    process.kill(before, 'SIGKILL')
    await waitFor('the window to notice', async () => (isAlive(before) ? null : true))
    const back = await waitFor('the port', async () =>
      fetch(origin, { method: 'HEAD' }).then(
        () => Date.now(),
        () => null,
      ),
    )
    // The new core's own figures, not those that stood there all the time.
    const drawn = await waitFor('a board anew', async () => (await boards())[known] ?? null)
    await shows(page, came)
    return { away: back - began, repainted: Math.max(0, drawn - back) }
  }

  test('[E71] a killed core is there again on its port: the open window shows its figures within a second of that', async () => {
    const said: { away: number; repainted: number }[] = []
    // Twice here and once below: a fourth death within a minute would be safe mode.
    for (let kill = 0; kill < 2; kill++) {
      const measured = await killAndLook(2)
      said.push(measured)
      await isLive(page)
      expect(await card(page, 'Turnout')).toEqual({ value: 2, of: hub.truth().electors })
    }
    // The better one: what else this machine does at the moment is not the console's.
    expect(Math.min(...said.map(({ repainted }) => repainted))).toBeLessThan(REPAINTED_WITHIN_MS)
    console.info(`killed twice: ${JSON.stringify(said)}`)
    expect(program.err).toContain('Tallydesk ended unexpectedly (SIGKILL). Starting it again.')
  })

  test('[E71] what was typed before the death is at the server once, and the link goes on', async () => {
    await page.keyboard.press('m')
    const form = page.getByRole('form', { name: 'Mark attendance' })
    await form.locator('#mark-number').fill('1004')
    await form.getByRole('combobox').selectOption('C1')
    await page.keyboard.press('Tab')
    await form.getByRole('button', { name: /Mark attended/ }).click()
    await form
      .getByRole('status')
      .filter({ hasText: /saved here|sent|confirmed by the server/i })
      .waitFor()
    process.kill(core(), 'SIGKILL')
    await waitFor('the mark at the server', async () =>
      hub.truth().attendance.some(({ elector }) => elector === '1004') ? true : null,
    )
    await isLive(page)
    await hub.mark(1005)
    expect(hub.truth().attendance.filter(({ elector }) => elector === '1004')).toHaveLength(1)
  })

  test('[E72] an end asked for is an end: nothing is started again and the journal verifies', async () => {
    const below = descendants(program.child.pid ?? -1)
    expect(await program.stop('SIGINT')).toBe(0)
    await waitFor('the end of every process', async () => (below.some(isAlive) ? null : true))
    expect(await runForJson(['journal', 'verify', '--data', place.path])).toMatchObject({ intact: true })
  })
})

/** Ends every console that is started while the file is there; a launcher and a set-up live. */
const PLANTED = (file: string) => `import { existsSync } from 'node:fs'
if (/cli\\.js$/.test(process.argv[1] ?? '') && existsSync(${JSON.stringify(file)})) throw new Error('planted')`

/** A desk on which three marks were typed and never answered. */
function deskWithThreeWaiting(dir: string): void {
  const opened = openDisk(dir)
  if (!opened.ok) throw new Error(opened.error.detail)
  const store = opened.value.disk.journal('tally-example-1-official')
  if (!store.ok) throw new Error(store.error.detail)
  const book = new Book(store.value, sha256, systemClock())
  const action = (elector: string) =>
    ({ does: 'attendance.mark', elector, committee: 'C1', notes: '' }) as unknown as Action // ids are branded text
  book.commit([{ is: 'opened', version: 1, server: 'tally-example', election: 1, mode: 'official' }])
  for (const elector of ['1001', '1002', '1003'])
    book.commit([{ is: 'queued', key: `key-${elector}` as CommandKey, action: action(elector), by: ADMIN }]) // as the outbox makes them
  opened.value.close()
}

test.skipIf(missing !== null)(
  '[E75] a console that dies at each start ends in safe mode, says what is left, and starts normally once the cause is gone',
  async () => {
    const place = await folder()
    const data = join(place.path, 'desk')
    const [cause, plant] = [join(place.path, 'cause'), join(place.path, 'plant.mjs')]
    deskWithThreeWaiting(data)
    writeFileSync(cause, '')
    writeFileSync(plant, PLANTED(cause))
    const words = ['start', '--web', '--no-open', '--port', '0', '--data', data]
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(plant).href}` }
    const began = performance.now()
    const program = new Program(words, { program: LAUNCHER, env })
    const browser = await launchBrowser()
    try {
      await program.until('safe mode', () => program.err.includes('Safe mode: 3 actions wait on this desk'))
      console.info(`safe mode after ${Math.round(performance.now() - began)} ms`)
      expect(program.err).toContain('4 times within a minute. Starting it in safe mode')
      const link = /^http\S+$/m.exec(program.out)?.[0] ?? ''
      const page = await browser.newPage()
      await page.goto(link)
      await page.getByRole('heading', { name: 'Safe mode' }).waitFor()
      await page.getByText('3 actions wait on this desk; nothing is lost.').waitFor()
      await page.getByText('checked, intact').waitFor()
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Save diagnostics' }).click()
      expect((await saved).suggestedFilename()).toMatch(/^tallydesk-diagnostics-\d+\.zip$/)
      rmSync(cause)
      await page.getByRole('button', { name: 'Start normally' }).click()
      await isLive(page)
      await page.getByRole('region', { name: 'Rehearsal' }).waitFor()
      expect(await program.stop()).toBe(0)
    } finally {
      await browser.close()
      await program.stop('SIGKILL')
      await place.remove()
    }
  },
)
