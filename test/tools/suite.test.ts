import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../../tools/bootstrap/bootstrap.mjs'
import { describeCheck, runChecks } from '../../tools/suite/checks.mjs'
import { endLeftovers, MARK_VARIABLE } from '../../tools/suite/leftovers.mjs'
import { noKeychain, readArguments } from '../../tools/suite/parts.mjs'
import { BY_NAME_VARIABLE, REPORT_VARIABLE } from '../../tools/suite/reporter.mjs'
import { addUp, exitCodeOf, summaryLines } from '../../tools/suite/summary.mjs'

describe('the last line', () => {
  const good = { passed: 3, failed: [], skipped: [] }
  const bad = { passed: 1, failed: ['a > b'], skipped: [{ name: 'c', reason: 'no browser' }] }

  test('[C22] says how many passed and failed', () => {
    expect(summaryLines(good)).toEqual(['3 passed, 0 failed'])
  })

  test('[C22] adds the skipped, each with its reason above it', () => {
    expect(summaryLines(addUp([good, bad]))).toEqual([
      'skipped: c: no browser',
      'failed: a > b',
      '4 passed, 1 failed, 1 skipped',
    ])
  })

  test('[C24] a run fails when a test failed, and when nothing passed', () => {
    expect(exitCodeOf(good)).toBe(0)
    expect(exitCodeOf(bad)).toBe(1)
    expect(exitCodeOf({ passed: 0, failed: [], skipped: [] })).toBe(1)
  })

  test('[C25] names choose parts, in their own order; the rest is passed on', () => {
    expect(readArguments([])).toEqual({
      parts: ['check', 'unit', 'keychain', 'django', 'e2e'],
      filters: [],
      byName: false,
    })
    expect(readArguments(['e2e', 'unit']).parts).toEqual(['unit', 'e2e'])
    expect(readArguments(['test/core/link', '-t', 'L7'])).toEqual({
      parts: ['unit', 'keychain', 'django', 'e2e'],
      filters: ['test/core/link', '-t', 'L7'],
      byName: true,
    })
  })
})

describe('the reporter', () => {
  let folder: string
  beforeEach(() => {
    // Inside the checkout, so that the planted tests find their runner.
    folder = mkdtempSync(join(ROOT, 'node_modules/.planted-tests-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** Runs planted tests in a vitest of their own. */
  function report(files: Record<string, string>, env: Record<string, string> = {}) {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), `import { test, describe, beforeAll } from 'vitest'\n${content}`)
    }
    writeFileSync(join(folder, 'vitest.config.ts'), 'export default { test: { include: ["*.test.ts"] } }')
    const path = join(folder, 'report.json')
    spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--root',
        folder,
        `--reporter=${join(ROOT, 'tools/suite/reporter.mjs')}`,
      ],
      { env: { ...process.env, VITEST: '', ...env, [REPORT_VARIABLE]: path }, stdio: 'ignore' },
    )
    return JSON.parse(readFileSync(path, 'utf8'))
  }

  const PLANTED = {
    'a.test.ts': `
      test('passes', () => {})
      test('fails', () => { throw new Error('no') })
      test('explains', (context) => context.skip('no browser here'))
      test.skip('is silent', () => {})`,
    'b.test.ts': `throw new Error('cannot be loaded')`,
    'c.test.ts': `
      test('leaves a rejection behind', async () => { void Promise.reject(new Error('nobody listens')); await new Promise((r) => setTimeout(r, 20)) })`,
    'd.test.ts': `
      describe('a suite', () => { beforeAll(() => { throw new Error('no ground') }); test('stands on it', () => {}) })`,
  }

  test('[C23] silent skips, broken files and uncaught errors are failures; explained skips are skips', () => {
    const { passed, failed, skipped } = report(PLANTED)
    expect(passed).toBe(2)
    expect(failed).toEqual(
      expect.arrayContaining([
        'not caught by any test: nobody listens',
        'a.test.ts > fails',
        'a.test.ts > is silent was skipped without a reason',
        'b.test.ts: cannot be loaded',
        'd.test.ts: no ground',
      ]),
    )
    expect(failed).toHaveLength(5)
    expect(skipped).toEqual([
      { name: 'a.test.ts > explains', reason: 'no browser here' },
      { name: 'd.test.ts > a suite > stands on it', reason: 'what it stands on failed' },
    ])
  }, 30_000)

  test('[C25] tests left out by name are neither skips nor failures', () => {
    const { failed } = report(
      { 'a.test.ts': `test('one', () => {}); test.skip('two', () => {})` },
      { [BY_NAME_VARIABLE]: '1' },
    )
    expect(failed).toEqual([])
  }, 30_000)
})

test('[C22] each check counts, and a failing one shows what it said', async () => {
  const checks = [
    { name: 'good', args: ['-e', ''] },
    { name: 'bad', args: ['-e', 'console.error("line 3: wrong"); process.exitCode = 2'] },
  ]
  const outcomes = await runChecks(checks, { node: process.execPath, env: process.env, root: ROOT }, () => undefined)
  expect(outcomes.map(({ name, passed }) => [name, passed]).sort()).toEqual([
    ['bad', false],
    ['good', true],
  ])
  expect(outcomes.map(describeCheck).join('\n')).toMatch(/✗ bad .*\nline 3: wrong/)
})

test('[C26] a process left running is named and ended', async (context) => {
  if (process.platform !== 'linux') context.skip('processes are looked up in /proc')
  const mark = randomUUID()
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)'], {
    env: { ...process.env, [MARK_VARIABLE]: mark },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  const closed = once(child, 'close')
  expect(await endLeftovers(mark, 0)).toEqual([expect.stringContaining(`(process ${child.pid})`)])
  expect(await closed).toEqual([null, 'SIGKILL'])
  expect(await endLeftovers(mark, 0)).toEqual([])
})

test('[C26] a run that is cut short takes what it started with it', async (context) => {
  if (process.platform !== 'linux') context.skip('processes are looked up in /proc')
  const leftovers = pathToFileURL(join(ROOT, 'tools/suite/leftovers.mjs')).href
  const script = `
    const { spawn } = await import('node:child_process')
    const { endWhenCutShort, MARK_VARIABLE } = await import(${JSON.stringify(leftovers)})
    endWhenCutShort('cut-short')
    const deep = "console.log('up'); setInterval(() => {}, 1000)"
    spawn(process.execPath, ['-e', deep], { env: { ...process.env, [MARK_VARIABLE]: 'cut-short' }, stdio: 'inherit', detached: true })`
  const run = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(run.stdout, 'data')
  const pipeClosed = once(run.stdout, 'close')
  run.kill('SIGTERM')
  expect(await once(run, 'exit')).toEqual([1, null])
  // The pipe closes when the last process that holds it is gone.
  await pipeClosed
})

test('[C27] a keychain session has its own unlocked keychain and leaves nothing', async (context) => {
  const reason = noKeychain(ROOT, process.env)
  if (reason !== undefined) context.skip(reason)
  const script = `
    const keytar = require(${JSON.stringify(join(ROOT, 'node_modules/keytar'))})
    keytar.setPassword('tallydesk-test', 'a', 'secret ✓').then(() => keytar.getPassword('tallydesk-test', 'a')).then((got) =>
      console.log(JSON.stringify({ got, home: process.env.HOME })))`
  const session = join(ROOT, 'tools/suite/keychain-session.mjs')
  const run = spawnSync('dbus-run-session', ['--', process.execPath, session, process.execPath, '-e', script], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  const { got, home } = JSON.parse(run.stdout)
  expect(got).toBe('secret ✓')
  expect(home).not.toBe(process.env['HOME'])
  expect(existsSync(home)).toBe(false)
  expect(run.status).toBe(0)
}, 40_000)
