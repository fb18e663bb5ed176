import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUILT, Shell, STAND_IN, spawnShell, realElectron, waitFor } from '../electron/shell.ts'
import { once } from 'node:events'

/** The built console, whole, in the stand-in and in Electron alike: real core, hub, preload and page. */

const electron = realElectron()
if ('absent' in electron) console.info(`skipped: the console in Electron, because ${electron.absent}`)
const built = existsSync(BUILT.entry)
if (!built) console.info('skipped: the console in the stand-in, because it is not built (npx electron-vite build)')
const kinds = 'absent' in electron ? [STAND_IN] : [STAND_IN, electron]

/** Electors who came, as the board says it; null while it says nothing. */
async function came(page: Page): Promise<number | null> {
  const text = await page.evaluate(() => {
    const { document } = globalThis as unknown as { document: { body: { innerText: string } } } // a browser's page
    return document.body.innerText
  })
  const [, number] = /Turnout\n([\d\s,.]+)\nof/.exec(text) ?? []
  const live = /^Live$/m.test(text) && /^REHEARSAL/m.test(text)
  return number !== undefined && live ? Number(number.replace(/\D/g, '')) : null
}
/** The rehearsal's people take a mark back now and then: so many at most while a page opens. A board begun anew lacks hundreds. */
const TAKEN_BACK = 5
const isLive = async (page: Page) => ((await came(page)) ?? 0) > 0
const figure = async (page: Page) => waitFor('a live board', () => came(page))

describe.skipIf(!built).each(kinds)('the console in $name', (kind) => {
  let shell: Shell
  let page: Page
  beforeAll(async () => {
    shell = await Shell.start(kind, { entry: BUILT.app, words: ['--rehearsal'] })
    page = await shell.page(isLive)
  })
  afterAll(async () => {
    expect(await shell?.stop()).toBe(0)
  })

  test('[S99] the figures move', async () => {
    const first = await figure(page)
    await waitFor('more electors', async () => ((await figure(page)) > first ? true : null))
  })

  test('[S99] after a reload they are there again, but for marks taken back', async () => {
    const before = await figure(page)
    await page.reload()
    page = await shell.page(isLive)
    expect(await figure(page)).toBeGreaterThan(before - TAKEN_BACK)
  })

  test('[S99] after the renderer died they are there again, but for marks taken back', async () => {
    const before = await figure(page)
    const cdp = await page.context().newCDPSession(page)
    const fell = new Promise((crashed) => page.once('crash', crashed))
    cdp.send('Page.crash').catch(() => {}) // it dies without answering
    await fell
    page = await shell.page(isLive)
    expect(await figure(page)).toBeGreaterThan(before - TAKEN_BACK)
  })

  test('[S99] a second start shows the same board in a second window', async () => {
    const before = await figure(page)
    const second = await spawnShell(kind, { entry: BUILT.app, data: shell.data, words: ['--new-window'] })
    expect((await once(second, 'exit'))[0]).toBe(0)
    const other = await waitFor('a second window', async () => {
      const newest = await shell.page(isLive)
      return newest === page ? null : newest
    })
    expect(await figure(other)).toBeGreaterThan(before - TAKEN_BACK)
    expect(await figure(page)).toBeGreaterThan(before - TAKEN_BACK)
  })

  test('[S99] the page keeps no token', async () => {
    const kept = await page.evaluate(async () => {
      const browser = globalThis as unknown as {
        localStorage: object
        sessionStorage: object
        document: { cookie: string; documentElement: { outerHTML: string } }
        indexedDB: { databases(): Promise<unknown[]> }
      } // a browser's window
      const { localStorage, sessionStorage, document, indexedDB } = browser
      const databases = await indexedDB.databases()
      return JSON.stringify([
        localStorage,
        sessionStorage,
        document.cookie,
        databases,
        document.documentElement.outerHTML,
      ])
    })
    expect(kept).not.toMatch(/eyJ[\w-]+\.[\w-]+\./)
  })
})
