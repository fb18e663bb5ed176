import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act, isOurs, realElectron, Shell, STAND_IN, waitFor } from '../electron/shell.ts'

/** What a page sees and may do, in the stand-in and in Electron alike. */

const electron = realElectron()
if ('absent' in electron) console.info(`skipped: the page's specs in Electron, because ${electron.absent}`)
const kinds = 'absent' in electron ? [STAND_IN] : [STAND_IN, electron]

type Counted = { answer: unknown; opened: number; closed: number; stopped: number }
type Seen = {
  nonce: string
  ports: { nonce: string; count: number }[]
  messages: (Partial<Counted> & { hello?: number })[]
  violations: string[]
}
const seen = (page: Page) => act<Seen>(page, 'seen')
/** What the host has counted, asked over the port itself. */
async function counted(page: Page): Promise<Partial<Counted>> {
  const answer = crypto.randomUUID()
  await act(page, 'send', answer)
  return waitFor('an answer over the port', async () => {
    return (await seen(page)).messages.find((message) => message.answer === answer) ?? null
  })
}
const violations = (page: Page, of: string) =>
  waitFor(`a refusal of ${of}`, async () => ((await seen(page)).violations.includes(of) ? true : null))

/** Takes Chromium's own question about loopback out of the way, so that only our refusal is left. */
async function allowLocalNetwork(page: Page) {
  const cdp = await page.context().browser()?.newBrowserCDPSession()
  for (const name of ['local-network-access', 'loopback-network']) {
    const permission = { permission: { name }, setting: 'granted' as const, origin: new URL(page.url()).origin } // one of the protocol's words
    await cdp?.send('Browser.setPermission', permission).catch(() => {}) // a Chromium that does not ask knows no such name
  }
}

describe.each(kinds)('in $name', (kind) => {
  let shell: Shell
  let page: Page
  beforeAll(async () => {
    shell = await Shell.start(kind)
    page = await shell.page()
  })
  afterAll(async () => {
    expect(await shell?.stop()).toBe(0)
  })

  test('[S60] the page gets one port, under its own nonce', async () => {
    const { nonce, ports, messages } = await seen(page)
    expect(ports).toEqual([{ nonce, count: 1 }])
    expect(messages[0]).toEqual({ hello: 1 })
    expect(await counted(page)).toMatchObject({ opened: 1, closed: 0 })
  })

  test('[S61] asking again in the same load brings nothing', async () => {
    const { nonce } = await seen(page)
    for (const again of [nonce, crypto.randomUUID()]) await act(page, 'ask', again)
    await shell.says('"given-already"')
    expect((await seen(page)).ports).toHaveLength(1)
  })

  test('[S65] the page has nothing a plain page has not', async () => {
    const extra = await act<string[]>(page, 'extraNames')
    expect(extra.filter((name) => !name.startsWith('__playwright'))).toEqual(['act'])
    const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', '__standInSend']
    expect(await act(page, 'kinds', names)).toEqual(names.map(() => 'undefined'))
  })

  test('[S63] a frame inside the page asks in vain; the page itself does not', async () => {
    const late = await Shell.start(kind, { page: 'page-late' })
    try {
      const asking = await late.page(async (loaded) => Array.isArray(await act(loaded, 'got')))
      await act(asking, 'addFrame')
      const frame = await waitFor('the frame', async () => asking.frames()[1] ?? null)
      const [theirs, ours] = [crypto.randomUUID(), crypto.randomUUID()]
      await frame.evaluate((nonce) => {
        const { parent } = globalThis as unknown as { parent: { postMessage(message: unknown, origin: string): void } } // a browser's window
        parent.postMessage({ type: 'tallydesk:ready', nonce }, '*')
      }, theirs)
      await act(asking, 'ask', ours)
      await late.says('port.given')
      const got = () => act<unknown[]>(asking, 'got')
      await waitFor('a port', async () => ((await got()).length > 0 ? true : null))
      expect(await got()).toEqual([{ nonce: ours, count: 1 }])
    } finally {
      await late.stop()
    }
  })

  test('[S69] a page that gave up on its port asks under a new nonce, and gets one', async () => {
    const late = await Shell.start(kind, { page: 'page-late' })
    try {
      const asking = await late.page(async (loaded) => Array.isArray(await act(loaded, 'got')))
      const nonces = [crypto.randomUUID(), crypto.randomUUID()]
      for (const nonce of nonces) {
        await act(asking, 'ask', nonce)
        await waitFor('a port', async () => {
          const got = await act<{ nonce: string }[]>(asking, 'got')
          return got.some((one) => one.nonce === nonce) ? true : null
        })
      }
      expect(await act(asking, 'count')).toMatchObject({ opened: 2, closed: 1, stopped: 1 })
    } finally {
      await late.stop()
    }
  })

  test('[S73] the policy refuses inline scripts, eval, foreign scripts, frames and connections', async () => {
    expect(await act(page, 'breakPolicy')).toEqual({ inline: false, evaluated: false })
    expect(await act(page, 'reach', './page.js')).toBe('refused')
    for (const directive of ['script-src-elem', 'script-src', 'frame-src', 'connect-src'])
      await violations(page, directive)
  })

  test('[S74] nothing reaches another server, even with the policy out of the way', async () => {
    let reached = 0
    const server = createServer((_request, response) => {
      reached += 1
      response.setHeader('access-control-allow-origin', '*').end('reached')
    }).listen(0, '127.0.0.1')
    await new Promise((up) => server.once('listening', up))
    const { port } = server.address() as AddressInfo
    await allowLocalNetwork(page)
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Page.setBypassCSP', { enabled: true })
    await page.reload()
    page = await shell.page()
    expect(await act(page, 'reach', `http://127.0.0.1:${port}/x`)).toBe('refused')
    expect(await act(page, 'reach', './page.js')).toBe(200)
    expect(reached).toBe(0)
    await shell.says('request.refused')
    await cdp.send('Page.setBypassCSP', { enabled: false })
    await new Promise((down) => server.close(down))
  })

  test('[S62] a page loaded anew gets a new port, and the old one is closed', async () => {
    const before = (await counted(page)).opened ?? 0
    await page.reload()
    page = await shell.page()
    const { nonce, ports } = await seen(page)
    expect(ports).toEqual([{ nonce, count: 1 }])
    expect(await counted(page)).toMatchObject({ opened: before + 1, closed: before, stopped: before })
  })

  test('[S76] another address is refused and the page lives on', async () => {
    // One at a time: a page that is told to go elsewhere before its first request left forgets the first.
    for (const url of ['https://elsewhere.invalid/', 'http://127.0.0.1:9/']) {
      await act(page, 'leave', url)
      await shell.says(`navigation.refused {"url":"${url}"}`)
    }
    await act(page, 'leave', 'app://elsewhere/index.html')
    expect(isOurs(page.url())).toBe(true)
    expect(await counted(page)).toBeDefined()
  })

  test('[S77] window.open gives nothing', async () => {
    expect(await act(page, 'open', 'https://elsewhere.invalid/w')).toBe(true)
    await shell.says('window.refused {"url":"https://elsewhere.invalid/w"}')
  })

  test('[S78] permissions are denied, but notifications, writing to the clipboard and a screen kept on', async () => {
    const granted = ['notifications', 'clipboard-write', 'screen-wake-lock']
    const denied = ['geolocation', 'camera', 'microphone', 'midi', 'clipboard-read']
    const names = [...granted, ...denied]
    const states = await act<[string, string][]>(page, 'permissions', names)
    expect(Object.fromEntries(states)).toEqual({
      ...Object.fromEntries(granted.map((name) => [name, 'granted'])),
      ...Object.fromEntries(denied.map((name) => [name, 'denied'])),
    })
  })

  test('[S70] an address that leads out of the page is not found', async () => {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Page.setBypassCSP', { enabled: true })
    await page.reload()
    page = await shell.page()
    for (const path of ['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fmain.ts', '/%00', '/none.html']) {
      expect(await act(page, 'reach', path), path).toBe(404)
    }
    await cdp.send('Page.setBypassCSP', { enabled: false })
  })
})
