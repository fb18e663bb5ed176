import { describe, expect, test } from 'vitest'
import { afterBreak, afterCrash, CRASH_SPAN_MS, CRASHES_MENDED, SOON_MS } from '../../../src/main/electron/crash.ts'
import { electronPort } from '../../../src/main/electron/electron-port.ts'
import { forCoreAlone, wordsAfterApp } from '../../../src/main/electron/flags.ts'
import { laterLog } from '../../../src/main/electron/later-log.ts'
import { linkSigns } from '../../../src/main/electron/link-sign.ts'
import { MessageChannelMain } from '../../doubles/electron/message-port.ts'

/** Falls at these times, ms; what was done about each. */
function story(...times: number[]) {
  let falls: readonly number[] = []
  return times.map((at) => {
    const after = afterCrash(falls, at)
    falls = after.falls
    return after.is
  })
}

describe('falls', () => {
  test('[S82] the first three within a minute are mended, the fourth asks, then the count begins anew', () => {
    expect(story(0, 1, 2, 3, 4)).toEqual(['reload', 'reload', 'reload', 'ask', 'reload'])
  })

  test('[S82] falls further apart are each mended', () => {
    const apart = CRASH_SPAN_MS / CRASHES_MENDED
    expect(story(...Array.from({ length: 20 }, (_, n) => n * apart))).not.toContain('ask')
    expect(story(0, 1, 2, CRASH_SPAN_MS)).not.toContain('ask')
  })
})

describe('flags', () => {
  test('[S84] words begin after the app, or after the program once packaged', () => {
    expect(wordsAfterApp(['electron', '--no-sandbox', '.', '--kiosk'], false)).toEqual(['--kiosk'])
    expect(wordsAfterApp(['electron', '.', '--new-window'], false)).toEqual([])
    expect(wordsAfterApp(['tallydesk', '--kiosk'], true)).toEqual(['--kiosk'])
    const given = ['electron', '--js-flags=--max-semi-space-size=8', '.', '--kiosk']
    expect(wordsAfterApp(given, false)).toEqual(['--kiosk'])
  })

  test.each([
    ['--max-semi-space-size=8 --max-old-space-size=1024', []],
    ['--max-old-space-size=900', [['js-flags', '--max-old-space-size=900']]],
    ['', []],
  ])('[S123] the word on the core’s heap, and no other (%s), is kept from the windows', (word, left) => {
    const line = new Map(word === '' ? [] : [['js-flags', word]])
    const getSwitchValue = (name: string) => line.get(name) ?? ''
    forCoreAlone({ getSwitchValue, removeSwitch: (name) => void line.delete(name) })
    expect([...line]).toEqual(left)
  })
})

function pair() {
  const { port1, port2 } = new MessageChannelMain()
  const ports = [port1, port2].map((port) => electronPort(port as never)) // the stand-in's ports keep Electron's word, see S95
  return ports as [ReturnType<typeof electronPort>, ReturnType<typeof electronPort>]
}
const settled = () => new Promise((done) => setImmediate(() => setImmediate(() => setImmediate(done))))

describe('the early log', () => {
  test('[S94] lines said before the log is there come into it, in order', () => {
    const lines: string[] = []
    const put = (event: string) => void lines.push(event)
    const { log, passTo } = laterLog()
    for (let n = 0; n < 205; n += 1) log.info(`line ${n}`)
    passTo({ info: put, warn: (event, fields) => put(`${event} ${fields?.['lines']}`), error: put })
    log.error('after')
    expect(lines.slice(0, 2)).toEqual(['line 0', 'line 1'])
    expect(lines.slice(-3)).toEqual(['line 199', 'log.lost 5', 'after'])
  })
})

describe('signs of the link', () => {
  test('[S93] the tray follows the link; a note tells of the first loss and of the return', () => {
    const [shown, notes]: [string[], string[]] = [[], []]
    const signal = linkSigns(
      ({ words }) => void shown.push(words),
      ({ title }) => void notes.push(title),
    )
    for (const state of [
      'offline',
      'catching-up',
      'live',
      'live',
      'stale',
      'offline',
      'stale',
      'offline',
      'live',
    ] as const) {
      signal(state)
    }
    expect(shown).toEqual(['Offline', 'Catching up', 'Live', 'Stale', 'Offline', 'Stale', 'Offline', 'Live'])
    expect(notes).toEqual(['Tallydesk: Offline', 'Tallydesk: Live'])
    signal('refused')
    signal('signed-out')
    expect(notes.slice(2)).toEqual(['Tallydesk: Stopped by server'])
  })
})

describe('a port over an Electron channel', () => {
  test('[S68] what is sent before the other end listens is delivered, in order', async () => {
    const [here, there] = pair()
    here.send(1)
    here.send({ two: [2] })
    await settled()
    const heard: unknown[] = []
    there.onMessage((message) => heard.push(message))
    here.send(3)
    await settled()
    expect(heard).toEqual([1, { two: [2] }, 3])
  })

  test('[S67] closing tells both ends once, and nothing passes afterwards', async () => {
    const [here, there] = pair()
    const heard: unknown[] = []
    let closed = ''
    there.onMessage((message) => heard.push(message))
    here.onClose(() => (closed += 'here '))
    there.onClose(() => (closed += 'there '))
    here.close()
    here.close()
    here.send('late')
    await settled()
    there.send('later')
    there.close()
    await settled()
    expect([closed, heard]).toEqual(['here there ', []])
  })

  test('[S67] who has stopped listening hears nothing', async () => {
    const [here, there] = pair()
    const heard: unknown[] = []
    const off = there.onMessage((message) => heard.push(message))
    const offClose = there.onClose(() => heard.push('closed'))
    off()
    offClose()
    here.send(1)
    here.close()
    await settled()
    expect(heard).toEqual([])
  })
})

test('[C74] a main process that breaks is started anew by the launcher or by itself, the second time soon in safe mode', () => {
  const life = { launched: false, safe: false, again: false, livedMs: 100 }
  expect(afterBreak(life)).toBe('again')
  expect(afterBreak({ ...life, again: true })).toBe('safe')
  expect(afterBreak({ ...life, again: true, livedMs: SOON_MS })).toBe('again')
  expect(afterBreak({ ...life, safe: true, again: true })).toBe('end')
  expect(afterBreak({ ...life, launched: true })).toBe('end')
})
