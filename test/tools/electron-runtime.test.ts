import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { electronRuntime } from '../../tools/electron-runtime.mjs'

let root = ''
let folder = ''
let mirror: Server
let asked = 0
let lines: string[] = []
/** A port nobody listens on: the closed network. */
const CLOSED = 'http://127.0.0.1:9/'

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'runtime-'))
  folder = join(root, 'node_modules/electron')
  lines = []
  asked = 0
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'electron', version: '45.4.1' }))
  mirror = createServer((_request, response) => {
    asked += 1
    response.end()
  }).listen(0, '127.0.0.1')
  await new Promise((up) => mirror.once('listening', up))
})
afterEach(async () => {
  await new Promise((down) => mirror.close(down))
  await rm(root, { recursive: true, force: true })
})

/** A program that says it is Electron, or whatever it is told to. */
async function putProgram(dist = join(folder, 'dist'), script = 'echo v45.4.1', version = '45.4.1') {
  await mkdir(dist, { recursive: true })
  await writeFile(join(dist, 'electron'), `#!/bin/sh\n${script}\n`)
  await chmod(join(dist, 'electron'), 0o755)
  await writeFile(join(dist, 'version'), version)
}
const installed = async (script?: string, version?: string) => {
  await putProgram(join(folder, 'dist'), script, version)
  await writeFile(join(folder, 'path.txt'), 'electron')
}
/** What Electron's installer would do, without the network. */
const installer = (code: string) => writeFile(join(folder, 'install.js'), code)
const INSTALLS = `const fs = require('fs'), path = require('path'), dist = path.join(__dirname, 'dist')
fs.mkdirSync(dist, { recursive: true })
fs.writeFileSync(path.join(dist, 'electron'), '#!/bin/sh\\necho v45.4.1\\n', { mode: 0o755 })
fs.writeFileSync(path.join(dist, 'version'), '45.4.1')
fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron')`
const url = () => `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`

function look(choices: Partial<Parameters<typeof electronRuntime>[0]> = {}, env: Record<string, string> = {}) {
  return electronRuntime({
    root,
    fetch: true,
    say: (line: string) => lines.push(line),
    platform: 'linux',
    uid: 1000,
    kernel: join(root, 'kernel'),
    ...choices,
    env: { PATH: process.env['PATH'] ?? '', DISPLAY: ':0', ELECTRON_MIRROR: CLOSED, ...env },
  })
}

describe('the runtime', () => {
  test('[S97] it is found where npm puts it', async () => {
    await installed()
    expect(await look()).toEqual({ is: 'ready', path: join(folder, 'dist/electron') })
    expect(lines).toEqual([])
  })

  test('[S97] it is found where it was said to be', async () => {
    const elsewhere = join(root, 'elsewhere')
    await putProgram(elsewhere)
    expect(await look({}, { ELECTRON_OVERRIDE_DIST_PATH: elsewhere })).toEqual({
      is: 'ready',
      path: join(elsewhere, 'electron'),
    })
  })

  test.each([
    ['there is no display', { DISPLAY: '' }, {}],
    ['its runtime is not installed', {}, { fetch: false }],
    ['Electron keeps its sandbox, and has none for root', {}, { uid: 0 }],
  ])('[S97] absent because %s', async (why, env, choices) => {
    expect(await look(choices, env)).toEqual({ is: 'absent', why })
  })

  test('[S97] absent where the package is not installed', async () => {
    await rm(folder, { recursive: true })
    expect(await look()).toEqual({ is: 'absent', why: 'the electron package is not installed' })
  })

  test('[S97] absent where a library of the system is missing, by its name', async () => {
    await installed("echo 'electron: error while loading shared libraries: libgtk-3.so.0: cannot open' >&2; exit 127")
    expect(await look()).toEqual({
      is: 'absent',
      why: 'its runtime needs libgtk-3.so.0, which this system does not have',
    })
  })

  test.each(['unprivileged_userns_clone', 'apparmor_restrict_unprivileged_userns'])(
    '[S97] absent where %s closes the sandbox, with the remedy',
    async (setting) => {
      await installed()
      await mkdir(join(root, 'kernel'))
      await writeFile(join(root, 'kernel', setting), setting.startsWith('app') ? '1\n' : '0\n')
      expect(await look()).toMatchObject({ is: 'absent', why: expect.stringContaining('sudo chmod 4755') })
      await writeFile(join(root, 'kernel', setting), setting.startsWith('app') ? '0\n' : '1\n')
      expect(await look()).toMatchObject({ is: 'ready' })
    },
  )

  test('[S97] absent where it does not start', async () => {
    await installed('exit 1')
    expect(await look()).toEqual({ is: 'absent', why: 'its runtime does not start' })
  })

  test('[S98] a missing or outdated runtime is fetched from the mirror', async () => {
    await installer(INSTALLS)
    await installed('echo v44.0.0', '44.0.0')
    expect(await look({}, { ELECTRON_MIRROR: url() })).toEqual({ is: 'ready', path: join(folder, 'dist/electron') })
    expect(asked).toBe(1)
    expect(lines[0]).toContain(new URL(url()).host)
  })

  test('[S98] a closed network is known at once, told by name and not tried again for a day', async () => {
    await installer('process.exit(99)')
    const began = performance.now()
    const first = await look({ now: () => 1_000 })
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(first).toEqual({ is: 'absent', why: 'its runtime could not be fetched: 127.0.0.1:9 does not answer' })
    const said = lines.length
    expect(await look({ now: () => 2_000 })).toEqual({ is: 'absent', why: 'its runtime could not be fetched today' })
    expect(lines).toHaveLength(said)
    await installer(INSTALLS)
    const memory = join(root, 'node_modules/.cache/tallydesk/electron-not-fetched.json')
    expect(JSON.parse(await readFile(memory, 'utf8'))).toMatchObject({ at: 1_000, version: '45.4.1' })
    // Another place to fetch from is worth another try; so is a new day, and being asked to.
    expect(await look({ now: () => 3_000 }, { ELECTRON_MIRROR: url() })).toMatchObject({ is: 'ready' })
  })

  test.each<[string, { now: () => number; again?: boolean }]>([
    ['a day later', { now: () => 1_000 + 24 * 60 * 60 * 1_000 }],
    ['when asked again', { now: () => 2_000, again: true }],
    ['after a clock set back', { now: () => 500 }],
  ])('[S98] it is tried again %s', async (_when, choices) => {
    await installer('process.exit(99)')
    await look({ now: () => 1_000 })
    const said = lines.length
    await look(choices)
    expect(lines.length).toBeGreaterThan(said)
  })

  test('[S98] a failing installer is an answer with its reason', async () => {
    await installer("console.error('HTTPError: Response code 404 (Not Found)'); process.exit(1)")
    expect(await look({}, { ELECTRON_MIRROR: url() })).toEqual({
      is: 'absent',
      why: 'its runtime could not be fetched: HTTPError: Response code 404 (Not Found)',
    })
  })
})
