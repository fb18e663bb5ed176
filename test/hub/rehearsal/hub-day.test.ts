import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Hub, startHub } from '../../../src/hub/hub.ts'
import { generateElection, type Rehearsal } from '../../../src/hub/rehearsal/generate.ts'
import { importPrecincts } from '../../../src/hub/rehearsal/openelections/import-precincts.ts'
import { describePlayFault } from '../../../src/hub/rehearsal/play-fault.ts'
import { play } from '../../../src/hub/rehearsal/player.ts'
import { scaledClock } from '../../doubles/scaled-clock.ts'

const AFTERWARDS = Date.parse('2026-11-23T08:00:00+03:00')
const running: Hub[] = []
afterEach(async () => {
  for (const hub of running.splice(0)) await hub.stop()
})

async function played({ seed, plan }: Rehearsal): Promise<Hub> {
  const clock = scaledClock(1, AFTERWARDS)
  const started = await startHub({ host: '127.0.0.1', port: 0, dataDir: null, mode: 'rehearsal', seed, now: clock.now })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  const hub = started.value
  running.push(hub)
  const result = await play(plan, { url: hub.url, fetch, clock, users: seed.users, speed: 'max' })
  if (!result.ok) throw new Error(describePlayFault(result.error))
  expect(result.value).toMatchObject({ ended: 'complete', done: plan.total, already: 0, refused: 0 })
  expect(clock.pending).toBe(0)
  return hub
}

const loginShape = z.looseObject({ data: z.looseObject({ access: z.string() }) })
const electionsShape = z.looseObject({ data: z.array(z.looseObject({ status: z.string() })) })
const resultsShape = z.looseObject({
  data: z.looseObject({
    resultsData: z.looseObject({
      candidates: z.array(z.looseObject({ candidateName: z.string(), totalVotes: z.number() })),
    }),
  }),
})

/** Compares what the hub says in its own words, over REST, with what the plan expects. */
async function expectAsPlanned(hub: Hub, { seed, plan }: Rehearsal): Promise<void> {
  const chief = seed.users.find((user) => user.email === plan.chief)
  const login = await fetch(`${hub.url}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: chief?.email, password: chief?.password }),
  })
  const authorization = `Bearer ${loginShape.parse(await login.json()).data.access}`
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`${hub.url}${path}`, { headers: { authorization } })).json()
  const results = resultsShape.parse(await get('/api/voting/results/')).data
  expect(electionsShape.parse(await get('/api/elections/')).data[0]?.status).toBe('CLOSED')
  expect(results).toMatchObject({
    status: 'PUBLISHED',
    totalRegisteredElectors: plan.expected.electors,
    totalAttendance: plan.expected.attendance,
    totalBallotsCast: plan.expected.ballotsCast,
  })
  const counts = results.resultsData.candidates.map((row) => [row.candidateName, row.totalVotes])
  expect(Object.fromEntries(counts)).toEqual(plan.expected.counts)
}

describe('on the hub itself', () => {
  test('[R48] a generated day leaves exactly what its plan expects', { timeout: 60_000 }, async () => {
    const made = generateElection(11)
    await expectAsPlanned(await played(made), made)
  })

  test('[R48] so does an imported one', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [
      `W${i},Ballots Cast,,${80 + i}`,
      `W${i},Mayor,Ann Lorvale,${30 + i}`,
      `W${i},Mayor,Ben Dorush,41`,
    ])
    const made = await importPrecincts(['precinct,office,candidate,votes', ...rows.flat()].join('\n'), {
      date: '2026-11-21',
    })
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    await expectAsPlanned(await played(made.value), made.value)
  })
})
