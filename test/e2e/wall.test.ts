import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { violations } from './axe.ts'
import { HubServer } from './hub-server.ts'
import { keychainSession, type KeychainSession } from './keychain-session.ts'
import { folder, isBuilt, NOT_BUILT, Program, run, runForJson } from './program.ts'
import { launchBrowser, NO_CHROMIUM } from './shells.ts'
import { ADMIN, CLERK, PASSWORD } from './small-election.ts'

/** A wall through its life: paired at a hub, watched, loaded anew, started anew, its token expired, its sight taken away. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: a wall, because ${missing}`)

/** Several are had in one test; the console renews a token at three quarters of its life. */
const ACCESS_SECONDS = 8
const PEOPLE = /Salem Nasser|خالد ناصر|Amal|Nadia|Omar|@tally|\b10[0-6]\d\b|5550/
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
]

describe.skipIf(missing !== null)('a wall', () => {
  let keychain: KeychainSession
  let hub: HubServer
  let place: Awaited<ReturnType<typeof folder>>
  let browser: Awaited<ReturnType<typeof launchBrowser>>
  let wall: Program
  let page: Page
  const env = { TALLYDESK_PASSWORD: PASSWORD }
  const atHub = () => ['--server', hub.url, '--email', ADMIN]

  async function start(words: readonly string[] = []): Promise<string> {
    wall = new Program(['start', '--web', '--wall', '--no-open', '--port', '0', '--data', place.path, ...words])
    return wall.until('the link', () => /^http\S+$/m.exec(wall.out)?.[0])
  }
  const figures = () => page.locator('[data-scene] [data-level]').allInnerTexts()
  const shows = (came: string) =>
    waitFor(`${came} who came`, async () => ((await figures()).includes(came) ? true : null))
  const body = () => page.evaluate<string>('document.documentElement.outerHTML')
  beforeAll(async () => {
    keychain = await keychainSession()
    hub = await HubServer.start(ACCESS_SECONDS)
    place = await folder()
    browser = await launchBrowser()
    await hub.mark(1001, 1002, 1003)
  })
  afterAll(async () => {
    await browser?.close()
    const code = await wall?.stop()
    await hub?.stop()
    await keychain?.stop()
    await place?.remove()
    expect(code).toBe(0)
  })

  test('[C77] an administrator makes a code at a running hub; others are told why not', async () => {
    const made = await runForJson<{ code: string; name: string }>(['hub', 'pair-wall', ...atHub(), '--name', 'Lobby'], {
      env,
    })
    expect(made).toMatchObject({ name: 'Lobby', code: expect.stringMatching(/^.{5}-.{5}$/) })
    const clerk = await run(['hub', 'pair-wall', '--server', hub.url, '--email', CLERK], { env })
    expect([clerk.code, clerk.err]).toEqual([1, expect.stringContaining('403')])
    const wrong = await run(['hub', 'walls', ...atHub()], { env: { TALLYDESK_PASSWORD: 'wrong' } })
    expect([wrong.code, wrong.err]).toEqual([69, expect.stringContaining('refused the e-mail or the password')])
    const none = await run(['hub', 'unpair-wall', ...atHub()], { env })
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('--id N is needed')])
  })

  test('[V314] it pairs by a code typed at it and shows the turnout, and nobody', async () => {
    const link = await start(['--server', hub.url])
    page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(link)
    const { code } = await runForJson<{ code: string }>(['hub', 'pair-wall', ...atHub(), '--name', 'Lobby'], { env })
    expect(await page.getByLabel('Address of the server').inputValue()).toBe(hub.url)
    await page.getByRole('textbox', { name: 'Pairing code' }).fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Pair', exact: true }).click()
    await page.locator('[data-wall][data-state="live"]').waitFor()
    await shows('3')
    await hub.mark(1004)
    await shows('4')
    expect(await body()).not.toMatch(PEOPLE)
  })

  test('[V314] a page loaded anew shows the same scene, and the turnout by itself', async () => {
    await page.keyboard.press('2')
    await page.keyboard.press(' ')
    await page.reload()
    await page.locator('[data-scene="committees"]').waitFor()
    expect(page.url()).toMatch(/#\/wall\/committees\?paused$/)
    await page.keyboard.press('1')
    await shows('4')
  })

  test('[V314] its token expires again and again and it goes on', async () => {
    await new Promise((later) => setTimeout(later, 2.5 * ACCESS_SECONDS * 1_000))
    await hub.mark(1005)
    await shows('5')
    expect(await page.locator('[data-wall]').getAttribute('data-state')).toBe('live')
  })

  test('[V309] at both sizes figures are large, text reaches 10:1, and nothing is cut off', async () => {
    for (const size of SIZES) {
      await page.setViewportSize(size)
      for (const scene of ['1', '2', '3', '4']) {
        await page.keyboard.press(scene)
        const seen = await measured(page)
        expect({ size, scene, ...seen }).toEqual({ size, scene, small: [], faint: [], cut: [] })
        expect(await violations(page, `scene ${scene}`)).toEqual([])
      }
    }
  })

  test('[V314] its console started anew shows the turnout without anybody signing in', async () => {
    if (keychain.is === 'none') return console.info('skipped: a wall started anew, because there is no keychain')
    expect(await wall.stop()).toBe(0)
    await page.close()
    await hub.mark(1006)
    const link = await start()
    page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.goto(link)
    await shows('6')
    expect(await body()).not.toMatch(PEOPLE)
  })

  test('[V313] taken away at the hub it keeps its figures, says what to do, and asks for no name', async () => {
    const walls = await run(['hub', 'walls', ...atHub()], { env })
    const { id } = JSON.parse(walls.out.trim().split('\n').at(-1) ?? '{}') as { id: number } // one line a wall
    expect((await run(['hub', 'unpair-wall', ...atHub(), '--id', String(id)], { env })).code).toBe(0)
    const band = page.locator('[data-band="ended"]')
    await band.waitFor({ timeout: 20_000 })
    expect(await band.innerText()).toMatch(/Sign-in ended\. The figures are of \d\d:\d\d\. Ask an administrator/)
    expect(await page.locator('input').count()).toBe(0)
    await page.keyboard.press('1')
    expect((await figures()).some((figure) => /^\d$/.test(figure))).toBe(true)
    expect(`${wall.out}${wall.err}`).not.toMatch(/eyJ/)
  })
})

/** What of the scene is too small, too faint, or cut off. */
function measured(page: Page) {
  return page.evaluate<{ small: string[]; faint: string[]; cut: string[] }>(`(() => {
    const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number)
    const part = (c) => { const s = c / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4 }
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05) }
    const ground = (element) => {
      for (let each = element; each; each = each.parentElement) {
        const color = rgb(getComputedStyle(each).backgroundColor)
        if (color.length === 3 || color[3] === 1) return color
      }
      return [255, 255, 255]
    }
    const shown = [...document.querySelectorAll('[data-wall] *')].filter((e) =>
      [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== '') && e.getClientRects().length > 0 && !e.closest('.visually-hidden'))
    const faint = shown.filter((e) => !e.closest('li') || e.closest('[data-condition="fine"]'))
      .map((e) => [e.textContent, Math.round(contrast(rgb(getComputedStyle(e).color), ground(e)) * 10) / 10])
      .filter(([, ratio]) => ratio < 10)
    const small = [...document.querySelectorAll('[data-scene] [data-level] bdi')]
      .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 120).map((e) => e.textContent)
    const cut = shown.filter((e) => {
      const box = e.getBoundingClientRect()
      return box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1
    }).map((e) => e.textContent)
    return { small, faint: [...new Set(faint.map(String))], cut }
  })()`)
}
