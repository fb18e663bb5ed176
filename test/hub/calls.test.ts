import { expect, test } from 'vitest'
import { CLAIM_MS, endOverdueClaims, MOST_HELD } from '../../src/hub/rest/calls.ts'
import { directory, hub, type Json, live, type Person, signIn, smallSeed } from './fixture.ts'

const [ONE, TWO] = ['window-one', 'window-two']
/** The clerk and the other promised 70001; the member, of the supervisor's team, 70003. */
async function phones(over: Json = {}) {
  const clock = { now: Date.UTC(2030, 0, 15, 6) }
  const running = await hub({ now: () => clock.now, accessSeconds: 86_400, ...over })
  const { url } = running
  const names = ['admin', 'supervisor', 'clerk', 'member', 'other']
  const [admin, supervisor, clerk, member, other] = await Promise.all(names.map((name) => signIn(url, name)))
  const people = { admin: admin!, supervisor: supervisor!, clerk: clerk!, member: member!, other: other! }
  for (const [who, elector] of [
    [people.clerk, '70001'],
    [people.other, '70001'],
    [people.member, '70003'],
  ] as const)
    await who.post('/api/guarantees/', { elector })
  return { ...running, ...people, clock }
}
const claim = (who: Person, elector = '70001', window = ONE, more: Json = {}, headers = {}) =>
  who.post('/api/calls/claim/', { elector, caller: who.user['firstName'] ?? 'A caller', window, ...more }, headers)
const listed = async (who: Person) => (await who.get('/api/calls/?after=0')).body['data'] as Json[]

test('[B95] the first claim holds; another, of another account or another window, is 409 and says who and since when', async () => {
  const { clerk, other, clock } = await phones()
  const first = await claim(clerk)
  expect(first.status).toBe(201)
  expect(first.body['data']).toMatchObject({
    elector: '70001',
    claim: { window: ONE, userName: 'Dana Test', since: '2030-01-15T09:00:00.000000+03:00' },
    called: null,
  })
  clock.now += 60_000
  for (const refused of [await claim(other, '70001', TWO), await claim(clerk, '70001', TWO)]) {
    expect(refused.status).toBe(409)
    expect(refused.body['errors'].current).toEqual(first.body['data'])
  }
  expect((await other.post('/api/calls/release/', { elector: '70001', window: ONE })).body['data'].claim).not.toBeNull()
  expect((await clerk.post('/api/calls/release/', { elector: '70001', window: ONE })).body['data'].claim).toBeNull()
  expect((await claim(other, '70001', TWO)).status).toBe(201)
})

test('[B96] a claim ends by the hub’s clock and that is told; kept by its window it begins no earlier and ends later', async () => {
  const { clerk, other, clock, store } = await phones()
  const line = await live(other)
  await claim(clerk)
  clock.now += CLAIM_MS - 1
  const kept = (await claim(clerk)).body['data'].claim
  expect([kept.since, kept.until]).toEqual(['2030-01-15T09:00:00.000000+03:00', '2030-01-15T09:19:59.999000+03:00'])
  clock.now += CLAIM_MS - 1
  endOverdueClaims(store, clock.now)
  expect((await claim(other, '70001', TWO)).status).toBe(409)
  clock.now += 1
  endOverdueClaims(store, clock.now)
  await line.until((frame) => frame['type'] === 'call_update' && frame['data'].claim === null)
  expect((await claim(other, '70001', TWO)).status).toBe(201)
})

test('[B97] only who may see a guarantee of the elector may claim, read and hear of the call; others get a skip', async () => {
  const { admin, supervisor, clerk, member, other } = await phones()
  const lines = await Promise.all([admin, supervisor, clerk, member, other].map((who) => live(who)))
  expect((await claim(member)).body['errors']).toHaveProperty('elector')
  expect((await claim(supervisor)).status).toBe(400)
  await claim(clerk)
  await claim(member, '70003')
  await Promise.all(lines.map((line) => line.settled()))
  const heard = lines.map((line) => [
    ...new Set(line.frames.filter(({ type }) => type === 'call_update').map(({ data }) => data.elector)),
  ])
  expect(heard).toEqual([['70001', '70003'], ['70003'], ['70001'], ['70003'], ['70001']])
  expect(lines[3]!.frames.some(({ type }) => type === 'skip')).toBe(true)
  const seen = await Promise.all([admin, supervisor, clerk, member, other].map(listed))
  expect(seen.map((rows) => rows.map((row) => row['elector']))).toEqual(heard)
})

test('[B98] an outcome is kept with who and when, ends the claim of its window, and counts also when told late', async () => {
  const { clerk, other, clock } = await phones()
  const outcome = (who: Person, more: Json) =>
    who.post('/api/calls/outcome/', { elector: '70001', caller: 'Dana', window: ONE, outcome: 'coming', ...more })
  await claim(clerk)
  const kept = await outcome(clerk, {})
  expect(kept.body['data']).toMatchObject({ claim: null, called: { outcome: 'coming', caller: 'Dana', times: 1 } })
  clock.now += 60_000
  await claim(other, '70001', TWO)
  // Rung before that, by a desk that was cut off: the later word stays, the call counts, the other's claim stands.
  const late = await outcome(clerk, { outcome: 'no-answer', calledAt: '2030-01-15T05:00:00.000Z' })
  expect(late.body['data']).toMatchObject({ claim: { window: TWO }, called: { outcome: 'coming', times: 2 } })
  const ahead = await outcome(clerk, { outcome: 'came', calledAt: '2031-01-15T05:00:00.000Z' })
  expect(ahead.body['data'].called).toMatchObject({ outcome: 'came', at: '2030-01-15T09:01:00.000000+03:00' })
})

test('[B99] each of the three is done once under its key, and bad input names its field', async () => {
  const { clerk, other } = await phones()
  const key = { 'idempotency-key': 'claim-1' }
  const first = await claim(clerk, '70001', ONE, {}, key)
  await clerk.post('/api/calls/release/', { elector: '70001', window: ONE })
  await claim(other, '70001', TWO)
  const again = await claim(clerk, '70001', ONE, {}, key)
  expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true'])
  for (const [field, more] of [
    ['caller', { caller: ' ' }],
    ['window', { window: 'short' }],
    ['elector', { elector: 7 }],
    ['elector', { elector: '1'.repeat(21) }],
  ] as const) {
    const bad = await claim(clerk, '70001', ONE, more)
    expect([bad.status, Object.keys(bad.body['errors'])]).toEqual([400, [field]])
  }
  const bad = { elector: '70001', caller: 'D', window: ONE, outcome: 'maybe', called_at: 'noon' }
  expect(Object.keys((await clerk.post('/api/calls/outcome/', bad)).body['errors'])).toEqual(['outcome', 'calledAt'])
})

test('[B99] an account holds so many calls at once and no more: 429 with Retry-After', async () => {
  const { clerk, store } = await phones({ seed: smallSeed({}, MOST_HELD + 2) })
  const electors = Array.from({ length: MOST_HELD + 1 }, (_, index) => String(70_002 + index))
  for (const elector of electors) await clerk.post('/api/guarantees/', { elector })
  for (const elector of electors.slice(1)) expect((await claim(clerk, elector)).status).toBe(201)
  const refused = await claim(clerk, electors[0])
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  expect((await claim(clerk, electors[1])).status).toBe(201)
  expect(store.read((tables) => tables.calls.of(electors[0]!)).value).toBeNull()
})

test('[B100] claims and outcomes survive a restart of the hub, and who promises the elector later learns of them', async () => {
  const dataDir = directory()
  const first = await phones({ dataDir })
  await claim(first.clerk)
  await first.stop()
  const second = await hub({ dataDir, now: () => first.clock.now + 1_000 })
  const [clerk, member] = await Promise.all([signIn(second.url, 'clerk'), signIn(second.url, 'member')])
  expect(await listed(clerk)).toMatchObject([{ elector: '70001', claim: { window: ONE } }])
  const line = await live(member)
  await member.post('/api/guarantees/', { elector: '70001' })
  expect(await line.until(({ type }) => type === 'call_update')).toMatchObject({ data: { claim: { window: ONE } } })
})
