import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { descendants, folder, isAlive, isBuilt, LAUNCHER, NOT_BUILT, Program, run } from './program.ts'

/** How the console begins and ends as a process, and what it says when it cannot. */

if (!isBuilt) console.info(`skipped: the console's process, because ${NOT_BUILT}`)
const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})
async function place(): Promise<string> {
  const { path, remove } = await folder()
  cleanup.push(remove)
  return path
}
function start(data: string, words: readonly string[] = [], program?: string): Program {
  const started = new Program(['start', '--web', '--no-open', '--data', data, ...words], program ? { program } : {})
  cleanup.push(() => started.stop('SIGKILL'))
  return started
}
/** A display nobody looks at. */
async function ownDisplay(): Promise<string | null> {
  const server = spawn('Xvfb', ['-displayfd', '1', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const gone = new Promise<null>((ended) => server.once('error', () => ended(null)).once('exit', () => ended(null)))
  cleanup.push(async () => {
    server.kill()
    await gone
  })
  const number = new Promise<string>((found) => server.stdout.once('data', (part) => found(`:${String(part).trim()}`)))
  return Promise.race([number, gone])
}
const link = (program: Program) => program.until('the link', () => /^http\S+$/m.exec(program.out)?.[0])
const rehearsing = (program: Program) =>
  program.until('a rehearsal', () => program.err.includes('A rehearsal is running'))
/** No sign of a program that broke. */
const clean = (text: string) => expect(text).not.toMatch(/^\s+at |Error:|node:internal|ExperimentalWarning/m)

describe.skipIf(!isBuilt)('the process of the console', () => {
  test.each([
    ['SIGTERM', LAUNCHER],
    ['SIGINT', LAUNCHER],
    ['SIGTERM', undefined],
    ['SIGINT', undefined],
  ] as const)('[E20] it prints its link and, after %s, leaves nothing behind (%s)', async (signal, program) => {
    const started = start(await place(), ['--port', '0'], program)
    const url = await link(started)
    await rehearsing(started)
    expect(started.out.trim()).toBe(url)
    expect(started.err).toContain(`Open ${url}`)
    const below = descendants(started.child.pid ?? -1)
    expect(await started.stop(signal)).toBe(0)
    await waitFor('the end of every process', async () => (below.some(isAlive) ? null : true))
    await expect(fetch(url)).rejects.toThrow()
    clean(started.err)
  })

  test('[E25] with a display its window opens by itself and is let in; ending it takes the browser along', async (context) => {
    const display = await ownDisplay()
    if (display === null) return context.skip('Xvfb is not installed')
    const data = await place()
    const started = new Program(['start', '--web', '--data', data], {
      // Nobody is to be asked for a keychain on that display.
      env: { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    })
    cleanup.push(() => started.stop('SIGKILL'))
    await rehearsing(started)
    expect(started.out).toBe('')
    await started.until('the window', () => existsSync(join(data, 'browser/Default/Preferences')))
    const below = descendants(started.child.pid ?? -1)
    expect(below.length).toBeGreaterThan(2)
    expect(await started.stop()).toBe(0)
    await waitFor('the end of every process', async () => (below.some(isAlive) ? null : true))
    clean(started.err)
  })

  test('[E26] a keychain that never answers keeps the console neither from beginning nor from ending', async () => {
    const data = await place()
    const path = join(data, 'bus')
    const asked: Socket[] = []
    const bus = createServer((socket) => void asked.push(socket)).listen(path)
    cleanup.push(() => {
      for (const socket of asked) socket.destroy()
      bus.close()
    })
    const started = new Program(['start', '--web', '--no-open', '--port', '0', '--data', join(data, 'desk')], {
      env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
    })
    cleanup.push(() => started.stop('SIGKILL'))
    await link(started)
    await rehearsing(started)
    expect(await started.stop()).toBe(0)
    clean(started.err)
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('[E20] a second %s while it stops changes nothing', async (signal) => {
    const started = start(await place(), ['--port', '0'])
    await link(started)
    await rehearsing(started)
    started.child.kill(signal)
    started.child.kill(signal)
    expect(await started.stop(signal)).toBe(0)
  })

  test('[E20] a signal while it is still beginning ends it as well', async () => {
    const started = start(await place(), ['--port', '0'])
    await link(started)
    expect(await started.stop('SIGTERM')).toBe(0)
    clean(started.err)
  })

  test('[E21] a port in use is told in one line with what to do, and the desk is left free', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    cleanup.push(() => void other.close())
    await new Promise((up) => other.once('listening', up))
    const { port } = other.address() as AddressInfo // a TCP server's
    const data = await place()
    const refused = await run(['start', '--web', '--no-open', '--data', data, '--port', String(port)])
    expect(refused.code).toBe(73)
    expect(refused.err.trim().split('\n').at(-1)).toBe(
      `start: port ${port} is taken: choose another with --port, or end the program on it`,
    )
    clean(refused.err)
    const started = start(data, ['--port', '0'])
    await link(started)
    expect(await started.stop()).toBe(0)
  })

  test('[E22] a data directory in use names the process that holds it; the first desk goes on', async () => {
    const data = await place()
    const first = start(data, ['--port', '0'])
    const url = await link(first)
    const second = await run(['start', '--web', '--no-open', '--port', '0', '--data', data])
    expect(second.code).toBe(73)
    expect(second.err).toContain(String(first.child.pid))
    clean(second.err)
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
    expect(await first.stop()).toBe(0)
  })

  test('[E22] a file in the place of the data directory, and settings that cannot be read, are told and left as they are', async () => {
    const data = await place()
    const file = join(data, 'file')
    writeFileSync(file, 'somebody’s file')
    const inItsPlace = await run(['start', '--web', '--no-open', '--port', '0', '--data', file])
    expect(inItsPlace.code).toBe(73)
    expect(inItsPlace.err.trim().split('\n').at(-1)).toContain(file)
    clean(inItsPlace.err)
    expect(readFileSync(file, 'utf8')).toBe('somebody’s file')

    const desk = join(data, 'desk')
    mkdirSync(desk)
    writeFileSync(join(desk, 'settings.json'), '{"servers": [')
    const unreadable = await run(['start', '--web', '--no-open', '--port', '0', '--data', desk])
    expect(unreadable.code).toBe(73)
    expect(unreadable.err.trim().split('\n').at(-1)).toContain('settings.json')
    clean(unreadable.err)
    expect(readFileSync(join(desk, 'settings.json'), 'utf8')).toBe('{"servers": [')
  })

  test('[E23] wrong words on the command line are told in one line, with exit code 2', async () => {
    const wrong = [
      ['start', '--port', 'x'],
      ['start', '--web', '--electron'],
      ['start', '--nonsense'],
      ['watch'],
      ['state'],
      ['journal', 'mend'],
      ['rehearse'],
      ['hub', '--port', '99999'],
      ['dance'],
    ]
    const told = await Promise.all(wrong.map(async (words) => ({ words, ...(await run(words)) })))
    for (const { words, code, out, err } of told) {
      expect(code, words.join(' ')).toBe(2)
      expect(out).toBe('')
      if (words[0] !== 'dance') expect(err.trim().split('\n'), err).toHaveLength(1)
      clean(err)
    }
  })

  test('[E23] each command explains itself', async () => {
    const names = ['start', 'hub', 'watch', 'state', 'rehearse', 'doctor', 'journal']
    const told = await Promise.all(names.map(async (name) => ({ name, ...(await run([name, '--help'])) })))
    for (const { name, code, err } of told) {
      expect(code).toBe(0)
      expect(err).toContain(`tallydesk ${name}`)
    }
  })

  test('[E24] a server without TLS beyond this machine is refused with the remedy', async () => {
    const { code, err } = await run([
      'start',
      '--web',
      '--no-open',
      '--port',
      '0',
      '--data',
      await place(),
      '--server',
      'http://tally.example',
    ])
    expect(code).toBe(69)
    expect(err.trim().split('\n').at(-1)).toContain('has no TLS')
    clean(err)
  })
})
