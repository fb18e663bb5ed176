import { readFileSync, rmSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bootstrap } from '../../tools/bootstrap/bootstrap.mjs'
import { failureLine, SetUpFailure } from '../../tools/bootstrap/failure.mjs'
import { installedMatchesLockfile } from '../../tools/bootstrap/libraries.mjs'
import { pinnedNode, recentNodeHere } from '../../tools/bootstrap/node.mjs'
import { findNpm } from '../../tools/bootstrap/npm.mjs'
import { showProgress } from '../../tools/bootstrap/progress.mjs'
import { librariesStage, runEnvironment } from '../../tools/bootstrap/stages.mjs'
import { BUILDER, type Checkout, makeCheckout, words } from './checkout.ts'

let checkout: Checkout
beforeEach(() => {
  checkout = makeCheckout()
})
afterEach(() => checkout.remove())

const builds = () => readFileSync(join(checkout.root, 'builds'), 'utf8').split('\n').length - 1
const setUp = (out = words()) => bootstrap({ root: checkout.root, out })

describe('stages', () => {
  test('[C1] a second set-up runs nothing and says nothing', async () => {
    await setUp()
    const out = words()
    await setUp(out)
    expect(out.said).toEqual([])
    expect(builds()).toBe(1)
  })

  test('[C2] a changed source is built again, a touched one is not', async () => {
    await setUp()
    utimesSync(join(checkout.root, 'src/main/cli.js'), new Date(), new Date())
    await setUp()
    expect(builds()).toBe(1)
    checkout.write('src/main/cli.js', 'console.log("other")')
    await setUp()
    expect(builds()).toBe(2)
    expect(readFileSync(join(checkout.root, 'out/main/cli.js'), 'utf8')).toContain('other')
  })

  test('[C2] a new, an emptied and a removed source each count as a change', async () => {
    await setUp()
    checkout.write('src/core/new.ts', 'export const a = 1')
    await setUp()
    checkout.write('src/core/new.ts', '')
    await setUp()
    rmSync(join(checkout.root, 'src/core/new.ts'))
    await setUp()
    expect(builds()).toBe(4)
  })

  test('[C2] a changed lockfile makes the libraries stale', async () => {
    const site = { root: checkout.root, cache: join(checkout.root, '.cache/bootstrap'), env: process.env }
    await setUp()
    expect(librariesStage.current(site)).toBe(true)
    checkout.write(
      'package-lock.json',
      JSON.stringify({ packages: { '': {}, 'node_modules/ws': { version: '1.0.0' } } }),
    )
    expect(librariesStage.current(site)).toBe(false)
  })

  test('[C3] two set-ups at once build once', async () => {
    await Promise.all([setUp(), setUp(), setUp()])
    expect(builds()).toBe(1)
  })

  test('[C5] a failing build is one line with the reason and the log', async () => {
    checkout.write(
      'node_modules/electron-vite/bin/electron-vite.js',
      'console.log("✗ Build failed in 9ms\\n\\u001b[31m[UNRESOLVED_ENTRY]\\u001b[0m Cannot resolve entry module src/main/cli.ts.\\n at x"); process.exit(1)',
    )
    const failure = await setUp().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SetUpFailure)
    const log = join(checkout.root, '.cache/bootstrap/build.log')
    expect(failureLine(failure)).toBe(
      `Tallydesk: building failed (exit code 1): [UNRESOLVED_ENTRY] Cannot resolve entry module src/main/cli.ts. Full log: ${log}`,
    )
    expect(readFileSync(log, 'utf8')).toContain('Build failed in 9ms')
  })

  test('[C6] a build that died half-way is run again, even when the sources are as they were before it', async () => {
    await setUp()
    const [source, entry] = ['src/main/cli.js', 'node_modules/electron-vite/bin/electron-vite.js']
    const original = readFileSync(join(checkout.root, source), 'utf8')
    checkout.write(source, 'console.log("second")')
    checkout.write(entry, `${BUILDER}; process.kill(process.pid, 'SIGKILL')`)
    await expect(setUp()).rejects.toThrow(/ended by SIGKILL/)
    expect(readFileSync(join(checkout.root, 'out/main/cli.js'), 'utf8')).toContain('second')
    checkout.write(source, original)
    checkout.write(entry, BUILDER)
    await setUp()
    expect(readFileSync(join(checkout.root, 'out/main/cli.js'), 'utf8')).toBe(original)
  })

  test('[C6] a torn stamp is not believed', async () => {
    await setUp()
    checkout.write('.cache/bootstrap/build.json', '{"fingerprint":"ab')
    await setUp()
    expect(builds()).toBe(2)
  })
})

describe('Node.js', () => {
  test('[C7] the pinned one is known for Linux and Windows, and none for macOS', () => {
    const root = join(import.meta.dirname, '../..')
    expect(pinnedNode(root, { platform: 'linux', arch: 'x64' })?.version).toMatch(/^24\./)
    expect(pinnedNode(root, { platform: 'win32', arch: 'x64' })?.binary).toMatch(/node\.exe$/)
    expect(pinnedNode(root, { platform: 'darwin', arch: 'arm64' })).toBeUndefined()
  })

  test('[C7] the Node.js running this is used where none is published', async () => {
    expect((await setUp()).node).toBe(process.execPath)
  })

  test('[C7] one that is too old is passed over, and the line says what to install', async () => {
    vi.spyOn(process, 'version', 'get').mockReturnValue('v20.19.0')
    try {
      expect(recentNodeHere({ PATH: dirname(process.execPath) })).toBe(process.execPath)
      expect(recentNodeHere({ PATH: checkout.root })).toBeUndefined()
      const failure = await bootstrap({ root: checkout.root, env: { PATH: '' }, out: words() }).catch((error) => error)
      expect(failureLine(failure)).toMatch(
        /^Tallydesk: no pinned Node\.js for \w+ \w+: install Node\.js 24 or later .*$/,
      )
    } finally {
      vi.restoreAllMocks()
    }
  })
})

describe('libraries', () => {
  test('[C8] what npm noted as installed is held against the lockfile', () => {
    const { root, write } = checkout
    expect(installedMatchesLockfile(root)).toBe(true)
    write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }))
    expect(installedMatchesLockfile(root)).toBe(false)
    write(
      'package-lock.json',
      JSON.stringify({ packages: { '': {}, 'node_modules/mac-only': { version: '1', optional: true } } }),
    )
    expect(installedMatchesLockfile(root)).toBe(true)
    write(
      'node_modules/.package-lock.json',
      JSON.stringify({ packages: { 'node_modules/stranger': { version: '1' } } }),
    )
    expect(installedMatchesLockfile(root)).toBe(false)
    rmSync(join(root, 'node_modules/.package-lock.json'))
    expect(installedMatchesLockfile(root)).toBe(false)
  })

  test('[C9] keytar left out without its headers is asked for again once they are there', async () => {
    const { root, write } = checkout
    const site = { root, cache: join(root, '.cache/bootstrap'), env: { PATH: '' } }
    await setUp()
    rmSync(join(root, 'node_modules/keytar'), { recursive: true })
    const stamp = JSON.parse(readFileSync(join(root, '.cache/bootstrap/libraries.json'), 'utf8'))
    // With an empty PATH there is no pkg-config, so nothing can be compiled here.
    write('.cache/bootstrap/libraries.json', JSON.stringify({ ...stamp, couldCompileKeytar: false }))
    expect(librariesStage.current(site)).toBe(true)
    write('.cache/bootstrap/libraries.json', JSON.stringify({ ...stamp, couldCompileKeytar: true }))
    expect(librariesStage.current(site)).toBe(false)
  })

  test('[C10] the environment leads with the Node.js that was found and fetches no Electron', () => {
    const node = join(checkout.root, 'node/bin/node')
    checkout.write('node/include/node/node_api.h', '')
    const env = runEnvironment({
      root: checkout.root,
      cache: '',
      env: { PATH: '/usr/bin', npm_config_nodedir: '/usr' },
      node,
    })
    expect(env['PATH']?.split(':')[0]).toBe(dirname(node))
    expect(env['npm_config_nodedir']).toBe(join(checkout.root, 'node'))
    expect(env['ELECTRON_SKIP_BINARY_DOWNLOAD']).toBe('1')
  })

  test('[C10] npm is started through its JavaScript, under the Node.js that was found', () => {
    checkout.write('npm/bin/npm-cli.js', '')
    const entry = join(checkout.root, 'npm/bin/npm-cli.js')
    expect(findNpm('/pinned/node', { npm_execpath: entry, PATH: '' })).toEqual({
      command: '/pinned/node',
      before: [entry],
    })
  })
})

test('[C13] progress is a line at a time in a log, and one line in place on a terminal', () => {
  vi.useFakeTimers()
  try {
    const [log, terminal] = [words(), words(true)]
    const ended = [showProgress(log, '2/3 installing libraries'), showProgress(terminal, '2/3 installing libraries')]
    vi.advanceTimersByTime(21_000)
    for (const end of ended) end()
    vi.advanceTimersByTime(60_000)
    expect(log.said).toEqual([
      'Tallydesk 2/3 installing libraries…\n',
      'Tallydesk 2/3 installing libraries… 10 s\n',
      'Tallydesk 2/3 installing libraries… 20 s\n',
    ])
    expect(terminal.said.slice(0, 2)).toEqual([
      'Tallydesk 2/3 installing libraries…',
      '\rTallydesk 2/3 installing libraries… 1 s',
    ])
    expect(terminal.said.at(-1)).toBe('\rTallydesk 2/3 installing libraries… 21 s\n')
  } finally {
    vi.useRealTimers()
  }
})
