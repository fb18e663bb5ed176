import { expect, test } from 'vitest'
import { type Json, hub, type Person, signIn } from './fixture.ts'

const names = ['admin', 'supervisor', 'clerk', 'member', 'other'] as const
async function everybody(url: string) {
  const people = await Promise.all(names.map((name) => signIn(url, name)))
  return Object.fromEntries(names.map((name, index) => [name, people[index]])) as Record<(typeof names)[number], Person>
}

test('[B19] what a role may not do is 403 and changes nothing', async () => {
  const { url, store } = await hub()
  const { admin, supervisor, clerk } = await everybody(url)
  const sheet = {
    committeeId: 1,
    voteCounts: [{ candidateId: 1, voteCount: 2 }],
    totalBallotsCast: 3,
    invalidBallots: 1,
  }
  const denied = async (who: Person, method: 'get' | 'post' | 'patch' | 'delete', path: string, body: unknown = {}) => {
    const answer = await who[method](path, body)
    expect(answer.status, `${method} ${path}`).toBe(403)
    expect(answer.body['message']).toBe('You do not have permission to perform this action.')
  }
  const before = store.position()
  await denied(clerk, 'post', '/api/voting/vote-counts/bulk_entry/', sheet)
  await denied(clerk, 'post', '/api/voting/vote-counts/', { committee: 1, candidate: 1, voteCount: 1 })
  for (const who of [clerk, supervisor]) {
    await denied(who, 'patch', '/api/elections/1/', { status: 'CLOSED' })
    await denied(who, 'post', '/api/elections/committees/', { code: 'x', name: 'X' })
    await denied(who, 'delete', '/api/elections/committees/1/')
    await denied(who, 'post', '/api/candidates/', { name: 'X', candidateNumber: 9 })
    await denied(who, 'post', '/api/candidates/parties/', { name: 'XX' })
    await denied(who, 'get', '/api/users/')
    await denied(who, 'patch', `/api/users/${who.user['id']}/`, { role: 'SUPER_ADMIN' })
    await denied(who, 'post', '/api/voting/results/generate/')
    await denied(who, 'post', '/api/voting/results/publish/')
    await denied(who, 'patch', '/api/voting/committee-entries/1/verify/')
    await denied(who, 'delete', '/api/voting/vote-counts/1/')
    await denied(who, 'get', '/api/utils/websocket/health/')
    await denied(who, 'post', '/api/attendees/statistics/m1/refresh/')
  }
  expect(store.position()).toEqual(before)
  expect((await supervisor.post('/api/voting/vote-counts/bulk_entry/', sheet)).status).toBe(201)
  expect((await admin.patch('/api/elections/1/', { status: 'COUNTING' })).status).toBe(200)
})

test('[B20] attendance belongs to admins and to those assigned to the committee', async () => {
  const { url } = await hub()
  const { admin, clerk, member } = await everybody(url)
  expect((await member.mark('70001')).status).toBe(403)
  expect((await clerk.mark('70002', 'FC#28')).status).toBe(403)
  const own = await clerk.mark('70001')
  const foreign = await admin.mark('70002', 'FC#28')
  expect([own.status, foreign.status]).toEqual([201, 201])
  expect((await clerk.get('/api/attendees/')).body['data'].map((record: Json) => record.electorKocId)).toEqual([
    '70001',
  ])
  expect((await member.get('/api/attendees/')).body['data']).toEqual([])
  expect((await admin.get('/api/attendees/')).body['data']).toHaveLength(2)
  const { id } = foreign.body['data']
  expect((await clerk.get(`/api/attendees/${id}/`)).status).toBe(404)
  expect((await clerk.patch(`/api/attendees/${id}/`, { notes: 'x' })).status).toBe(404)
  expect((await clerk.delete(`/api/attendees/${id}/`)).status).toBe(404)
  expect((await clerk.get('/api/attendees/committee/FC%2328/')).status).toBe(403)
  expect((await admin.get('/api/attendees/committee/FC%2328/')).body['data'].attendance).toHaveLength(1)
  expect((await clerk.delete(`/api/attendees/${own.body['data'].id}/`)).status).toBe(200)
})

test('[B21] a guarantee is its collector’s; all=1 widens what is read to what may be seen', async () => {
  const { url } = await hub()
  const { admin, supervisor, member, other } = await everybody(url)
  const mine = (await member.post('/api/guarantees/', { elector: '70001' })).body['data']
  const theirs = (await other.post('/api/guarantees/', { elector: '70003' })).body['data']
  const seenBy = async (who: Person, query = '') =>
    (await who.get(`/api/guarantees/${query}`)).body['data'].guarantees.map((record: Json) => record.id).sort()
  expect(await seenBy(admin)).toEqual([])
  expect(await seenBy(admin, '?all=1')).toEqual([mine.id, theirs.id])
  expect(await seenBy(supervisor, '?all=1')).toEqual([mine.id])
  expect(await seenBy(other, '?all=1')).toEqual([theirs.id])
  expect((await admin.get('/api/guarantees/?all=1')).body['data'].statistics.totalGuarantees).toBe(2)
  expect((await other.get(`/api/guarantees/${mine.id}/`)).status).toBe(404)
  expect((await supervisor.get(`/api/guarantees/${mine.id}/`)).status).toBe(200)
  for (const who of [admin, supervisor, other]) {
    expect((await who.patch(`/api/guarantees/${mine.id}/`, { quickNote: 'x' })).status).toBe(404)
    expect((await who.delete(`/api/guarantees/${mine.id}/`)).status).toBe(404)
  }
  expect((await member.patch(`/api/guarantees/${mine.id}/`, { quickNote: 'x' })).status).toBe(200)
})

test('[B22] the register’s mobile is shown to those who may access the committee, the collector’s own to the collector', async () => {
  const { url } = await hub()
  const { admin, clerk } = await everybody(url)
  expect((await admin.get('/api/electors/70002/')).body['data'].mobile).toBe('60000001')
  expect((await clerk.get('/api/electors/70002/')).body['data'].mobile).toBe('')
  expect((await clerk.get('/api/electors/70001/')).body['data'].mobile).toBe('60000000')
  const rows = (await clerk.get('/api/electors/')).body['data'].electors
  expect(rows.map((row: Json) => row.mobile !== '')).toEqual(rows.map((row: Json) => row.committeeCode === 'm1'))
  const made = await clerk.post('/api/guarantees/', { elector: '70002', mobile: '+965 99887766' })
  expect(made.body['data']).toMatchObject({ electorMobile: '', mobile: '+96599887766' })
  expect(
    (await clerk.get('/api/guarantees/search-elector/?query=7000')).body['data'].map((row: Json) => row.mobile),
  ).toContain('')
})
