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
