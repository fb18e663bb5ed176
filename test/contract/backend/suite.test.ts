import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { type ElectionServerOptions, startElectionServer } from '../../doubles/election-server/start.ts'
import type { Verdict } from './rule.ts'
import { RULES, Suite } from './suite.ts'

async function verdictsOf(options: ElectionServerOptions, ids: readonly string[]): Promise<Record<string, Verdict>> {
  const server = await startElectionServer(options)
  try {
    const target = { url: server.url, email: ACCOUNTS.admin, password: PASSWORD, origin: null }
    const suite = await Suite.at(target)
    if (options.seed === 666) server.faults.dropShare(1)
    const verdicts: Record<string, Verdict> = {}
    for (const rule of RULES.filter(({ id }) => ids.includes(id))) verdicts[rule.id] = await suite.run(rule)
    return verdicts
  } finally {
    await server.stop()
  }
}

test('[W100] a server that loses every frame fails by the rules it breaks', { timeout: 30_000 }, async () => {
  const verdicts = await verdictsOf({ seed: 666 }, ['W135', 'W140', 'W145'])
  expect(verdicts).toMatchObject({
    W135: { is: 'passed' },
    W140: { is: 'failed', because: expect.stringContaining('the pledge did not come') },
    W145: { is: 'passed' },
  })
})

test('[W100] a server without a socket is held to the rest', async () => {
  const verdicts = await verdictsOf({ socket: false }, ['W101', 'W112', 'W130', 'W145'])
  expect(verdicts).toEqual({
    W101: { is: 'passed' },
    W112: { is: 'passed' },
    W130: { is: 'skipped', lack: 'socket' },
    W145: { is: 'passed' },
  })
})

test('[W100] no two rules share an id', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
})

test('[W100] the command prints each rule, counts them last, and says what is missing', {
  timeout: 60_000,
}, async () => {
  const server = await startElectionServer({ socket: false })
  try {
    const words = ['--server', server.url, '--email', ACCOUNTS.admin, '--password-env', 'TALLY_PASSWORD']
    const done = await run(words, { TALLY_PASSWORD: PASSWORD })
    const lines = done.output.trimEnd().split('\n')
    expect(lines.at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ skipped$/)
    expect(lines).toContain('passed  W101 Who is signed in is told with role and committees.')
    expect(lines.find((line) => line.includes('W130'))).toContain('(lacks: socket)')
    expect(done.code).toBe(0)
    expect((await run(words, { TALLY_PASSWORD: 'wrong' })).code).toBe(1)
    expect((await run(words, {})).output).toContain('The environment has no TALLY_PASSWORD')
  } finally {
    await server.stop()
  }
})

function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), ...words], { env })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += String(chunk)
    })
  return new Promise((done) => child.on('close', (code) => done({ code, output })))
}
