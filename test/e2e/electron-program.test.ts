import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { act, Shell, type StartOptions, STAND_IN, spawnShell, waitFor } from '../electron/shell.ts'

/** The life of the program around its windows, in the stand-in: these specs speak to the stand-in itself. */

const shells: Shell[] = []
async function start(options: StartOptions = {}) {
  const shell = await Shell.start(STAND_IN, options)
  shells.push(shell)
  return shell
}
afterEach(async () => {
  for (const shell of shells.splice(0)) await shell.stop()
})

const NONCE = '00000000-0000-4000-8000-000000000000'
const PAGE = 'app://tallydesk/index.html'
const hello = (text: string) => async (page: Page) => (await act(page, 'hello')) === text
const windows = async (shell: Shell, count: number) =>
  waitFor(`${count} windows`, async () => {
    const all = await shell.ask('windows')
    return all.length === count ? all : null
  })
const did = async (shell: Shell, what: string) => (await shell.ask('recorded')).filter((one) => one.what === what)

describe('one desk in the stand-in', () => {
  let shell: Shell
  beforeAll(async () => {
    shell = await Shell.start(STAND_IN)
    await shell.page()
  })
  afterAll(async () => {
    expect(await shell?.stop()).toBe(0)
  })

  test('[S75][S80] the window is locked down, and shown when its page is ready', async () => {
    const [window] = await windows(shell, 1)
    expect(window).toMatchObject({ url: PAGE, visible: true })
    expect(window?.options).toMatchObject({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        backgroundThrottling: false,
        spellcheck: false,
      },
    })
  })

  test('[S79] an embedded browser and a bad certificate are refused', async () => {
    expect(await shell.ask('webview')).toBe(true)
    expect(await shell.ask('certificateError')).toEqual({ kept: true, trusted: false })
  })

  test('[S77] a link on the list goes to the system browser, another does not', async () => {
    const page = await shell.page()
    for (const url of [
      'https://help.tallydesk.invalid/a',
      'http://help.tallydesk.invalid/a',
      'https://elsewhere.invalid/',
    ]) {
      expect(await act(page, 'open', url)).toBe(true)
    }
    await shell.says('"https://elsewhere.invalid/"')
    expect(await did(shell, 'open-external')).toEqual([
      { what: 'open-external', with: 'https://help.tallydesk.invalid/a' },
    ])
    expect(await windows(shell, 1)).toHaveLength(1)
  })

  test('[S89] waking, unlocking and the network reach the core', async () => {
    for (const event of ['suspend', 'resume', 'unlock-screen']) await shell.ask('power', event)
    await shell.ask('setOnline', false)
    await shell.says('power network false')
    await shell.ask('setOnline', true)
    await shell.says('power network true')
    expect(shell.output.join('').match(/power (suspend|resume)/g)).toEqual([
      'power suspend',
      'power resume',
      'power resume',
    ])
  })

  test('[S90] the tray says in words how the link stands; it and a note bring a window forward', async () => {
    expect((await did(shell, 'tray.words')).at(-1)?.with).toBe('Tallydesk: Live')
    expect(await did(shell, 'notification')).toEqual([
      { what: 'notification', with: { title: 'Tallydesk', body: 'A note' } },
    ])
    for (const click of ['clickTray', 'clickNote'] as const) {
      await shell.ask('minimize')
      await shell.ask(click)
      expect((await shell.ask('windows'))[0]?.minimized).toBe(false)
    }
  })

  test('[S83] a window that does not answer may be waited for or loaded anew', async () => {
    await shell.page(hello('load 1'))
    await shell.ask('unresponsive')
    await shell.ask('unresponsive')
    expect(await did(shell, 'question')).toHaveLength(1)
    await shell.ask('answer', 1)
    await shell.page(hello('load 1'))
    await shell.ask('unresponsive')
    expect(await did(shell, 'question')).toHaveLength(2)
    await shell.ask('answer', 0)
    await shell.page(hello('load 2'))
  })
})

describe('a desk of its own in the stand-in', () => {
  test('[S63][S64] only the main frame of our page in our window gets a port, and only for a proper request', async () => {
    const shell = await start({ page: 'page-late' })
    const [window] = await windows(shell, 1)
    const id = window?.contents ?? -1
    const main = { url: PAGE, parent: null }
    const refusals: [string, { url: string; parent: unknown } | null, number, unknown][] = [
      ['frame-gone', null, id, { nonce: NONCE }],
      ['not-the-main-frame', { url: PAGE, parent: {} }, id, { nonce: NONCE }],
      ['not-our-page', { url: 'https://elsewhere.invalid/', parent: null }, id, { nonce: NONCE }],
      ['not-our-page', { url: 'app://elsewhere/index.html', parent: null }, id, { nonce: NONCE }],
      ['not-our-page', { url: 'file:///index.html', parent: null }, id, { nonce: NONCE }],
      ['not-our-window', main, id + 1, { nonce: NONCE }],
      ['not-a-request', main, id, { nonce: 'short' }],
      ['not-a-request', main, id, { nonce: NONCE, more: 1 }],
      ['not-a-request', main, id, NONCE],
      ['not-a-request', main, id, null],
    ]
    for (const [, frame, contents, payload] of refusals)
      await shell.ask('forge', 'port.request', frame, contents, payload)
    const said = () =>
      [...shell.output.join('').matchAll(/warn port\.refused \{"why":"([^"]+)"/g)].map((line) => line[1])
    await waitFor('every refusal', async () => (said().length < refusals.length ? null : true))
    expect(said()).toEqual(refusals.map(([why]) => why))
    expect(shell.output.join('')).not.toContain('port.given')
  })

  test('[S81][S82] a renderer that dies comes back, and the fourth fall within a minute asks the operator', async () => {
    const shell = await start()
    await shell.page(hello('load 1'))
    for (const load of [2, 3, 4]) {
      await shell.ask('crash')
      const page = await shell.page(hello(`load ${load}`))
      expect((await act<{ ports: unknown[] }>(page, 'seen')).ports).toHaveLength(1)
    }
    expect(await did(shell, 'question')).toHaveLength(0)
    await shell.ask('crash')
    await waitFor('a question', async () => ((await did(shell, 'question')).length === 1 ? true : null))
    await shell.ask('answer', 0)
    await shell.page(hello('load 5'))
    expect(shell.running).toBe(true)
  })

  test('[S82] the operator may also quit a window that keeps dying', async () => {
    const shell = await start()
    for (const load of [1, 2, 3, 4]) {
      await shell.page(hello(`load ${load}`))
      await shell.ask('crash')
    }
    await waitFor('a question', async () => ((await did(shell, 'question')).length === 1 ? true : null))
    await shell.ask('answer', 1)
    await shell.says('host stopped')
    await waitFor('its end', async () => (shell.running ? null : true))
  })

  test('[S84] a second start brings the desk forward and ends; with --new-window it adds a window', async () => {
    const shell = await start()
    await shell.page()
    await shell.ask('minimize')
    const second = await spawnShell(STAND_IN, { data: shell.data })
    expect((await once(second, 'exit'))[0]).toBe(0)
    await waitFor('the window back', async () => ((await shell.ask('windows'))[0]?.minimized === false ? true : null))
    const third = await spawnShell(STAND_IN, { data: shell.data, words: ['--new-window'] })
    expect((await once(third, 'exit'))[0]).toBe(0)
    await windows(shell, 2)
    await shell.page(hello('load 2'))
  })

  test('[S85] two desks on different data run side by side', async () => {
    const [one, two] = await Promise.all([start(), start()])
    await one.page(hello('load 1'))
    await two.page(hello('load 1'))
  })

  test('[S86] quitting stops the core before the process goes', async () => {
    const shell = await start({ words: ['--slow-stop'] })
    await shell.page()
    void shell.ask('quit')
    await shell.says('host stopped')
    await waitFor('its end', async () => (shell.running ? null : true))
    expect(await shell.stop()).toBe(0)
  })

  test('[S87] when the last window closes the desk quits', async () => {
    const shell = await start()
    const page = await shell.page()
    await page.close()
    await shell.says('host stopped')
    await waitFor('its end', async () => (shell.running ? null : true))
  })

  test('[S88] a kiosk fills the screen, without frame, menu, tray or developer tools', async () => {
    const shell = await start({ words: ['--kiosk'] })
    await shell.page()
    const [window] = await windows(shell, 1)
    expect(window?.options).toMatchObject({ kiosk: true, frame: false, webPreferences: { devTools: false } })
    expect(await did(shell, 'menu')).toEqual([{ what: 'menu', with: null }])
    expect(await did(shell, 'tray')).toEqual([])
    await shell.says('"tray":false')
    const second = await spawnShell(STAND_IN, { data: shell.data, words: ['--new-window'] })
    await once(second, 'exit')
    expect(await windows(shell, 1)).toHaveLength(1)
  })

  test('[S91] the menu opens a second window, with a port of its own', async () => {
    const shell = await start()
    await shell.page(hello('load 1'))
    await shell.ask('clickMenu', 'New window')
    const second = await shell.page(hello('load 2'))
    await second.close()
    await shell.page(hello('load 1'))
    expect(await windows(shell, 1)).toHaveLength(1)
    expect(shell.running).toBe(true)
  })

  test('[S92] a console that cannot start says why and ends with 1', async () => {
    const data = await mkdtemp(join(tmpdir(), 'shell-'))
    const child = await spawnShell(STAND_IN, { data, words: ['--fail'] })
    let said = ''
    child.stderr?.on('data', (part) => (said += part))
    expect((await once(child, 'exit'))[0]).toBe(1)
    expect(said).toContain('Tallydesk could not start: The data folder cannot be read.')
    await rm(data, { recursive: true, force: true, maxRetries: 5 })
  })
})
