import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, directory, hub, type Json, type Person, signIn } from './fixture.ts'

const patch = (person: Person, path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(person.base, 'PATCH', path, { token: person.access, body, headers })
const remove = (person: Person, path: string, headers: Record<string, string>) =>
  call(person.base, 'DELETE', path, { token: person.access, headers })
const ifMatch = (version: string | null) => ({ 'if-match': version ?? '' })

/** A guarantee of the administrator's, and its version. */
async function promise(admin: Person) {
  const made = await admin.post('/api/guarantees/', { elector: '70001' })
  const path = `/api/guarantees/${made.body['data'].id}/`
  return { path, version: made.headers.get('etag') }
}

test('[B80] a change that rests on an older version is 412 with the record as it is, and changes nothing', async () => {
  const { url } = await hub()
  const [first, second] = [await signIn(url), await signIn(url)]
  const { path, version } = await promise(first)
  expect((await first.get(path)).headers.get('etag')).toBe(version)
  const done = await patch(first, path, { quickNote: 'mine' }, ifMatch(version))
  expect(done.status).toBe(200)
  expect(done.headers.get('etag')).not.toBe(version)

  const stale = await patch(second, path, { quickNote: 'theirs' }, ifMatch(version))
  expect(stale.status).toBe(412)
  expect(stale.body['errors']).toMatchObject({ current: { quickNote: 'mine' }, version: done.headers.get('etag') })
  expect((await remove(second, path, ifMatch(version))).status).toBe(412)
  expect((await second.get(path)).body['data'].quickNote).toBe('mine')
  expect((await patch(second, path, { quickNote: 'theirs' }, ifMatch(stale.body['errors'].version))).status).toBe(200)
})

test('[B81] any later place in the stream is as good a version, another epoch or nonsense is none', async () => {
  const { url, store } = await hub()
  const admin = await signIn(url)
  const { path, version } = await promise(admin)
  await admin.mark('70003')
  const { epoch, seq } = store.position()
  expect(seq).toBeGreaterThan(Number(/:(\d+)"/.exec(version ?? '')?.[1]))
  expect((await patch(admin, path, { quickNote: 'a' }, ifMatch(`"${epoch}:${seq}"`))).status).toBe(200)
  for (const wrong of [`"other:${seq + 9}"`, 'nonsense', `"${epoch}"`])
    expect((await patch(admin, path, { quickNote: 'b' }, ifMatch(wrong))).status, wrong).toBe(412)
  expect((await patch(admin, path, { quickNote: 'c' })).status, 'without a version as ever').toBe(200)
})

test('[B82] marks, sheets and results have versions: of a sheet, figures and ballots together', async () => {
  const { url, store } = await hub()
  const admin = await signIn(url)
  const marked = await admin.mark('70001')
  const mark = `/api/attendees/${marked.body['data'].id}/`
  const old = (await admin.get(mark)).headers.get('etag')
  expect((await patch(admin, mark, { notes: 'x' }, ifMatch(old))).status).toBe(200)
  expect((await remove(admin, mark, ifMatch(old))).status).toBe(412)

  const sheet = (votes: number): Json => ({
    committeeId: 1,
    totalBallotsCast: 5,
    voteCounts: [{ candidateId: 1, voteCount: votes }],
  })
  const enter = (votes: number, headers: Record<string, string>) =>
    admin.post('/api/voting/vote-counts/bulk_entry/', sheet(votes), headers)
  const none = { 'if-none-match': '*' }
  expect((await enter(3, none)).status).toBe(201)
  const twice = await enter(4, none)
  expect([twice.status, twice.body['errors'].current.voteCounts[0].voteCount]).toEqual([412, 3])
  const seen = store.position()
  const version = ifMatch(`"${seen.epoch}:${seen.seq}"`)
  await admin.patch('/api/voting/vote-counts/1/', { voteCount: 2 })
  expect((await enter(4, version)).status, 'one figure was changed').toBe(412)
  expect((await patch(admin, '/api/voting/committee-entries/1/verify/', {}, version)).status).toBe(412)
  const now = store.position()
  expect((await enter(4, ifMatch(`"${now.epoch}:${now.seq}"`))).status).toBe(201)
})

test('[B83] a store from before there were versions gets them, and holds all in it to be as new as that', async () => {
  const dataDir = directory()
  const before = await hub({ dataDir })
  const { path } = await promise(await signIn(before.url))
  const { epoch, seq } = before.store.position()
  await before.stop()
  const file = new DatabaseSync(join(dataDir, 'hub.db'))
  file.exec('DROP TABLE versions; PRAGMA user_version = 1')
  file.close()
  const after = await hub({ dataDir })
  const admin = await signIn(after.url)
  expect((await patch(admin, path, { quickNote: 'a' }, ifMatch(`"${epoch}:${seq - 1}"`))).status).toBe(412)
  expect((await patch(admin, path, { quickNote: 'a' }, ifMatch(`"${epoch}:${seq}"`))).status).toBe(200)
})

test('[B84] an answer is repeated by its key for 72 h and more, over a restart, and forgotten later', async () => {
  const HOUR = 3_600_000
  const dataDir = directory()
  let at = Date.UTC(2030, 0, 15, 8)
  const now = () => at
  const first = await hub({ dataDir, now })
  const key = { 'idempotency-key': 'desk-1:17' }
  const body = { kocId: '70001', committeeCode: 'm1' }
  const done = await (await signIn(first.url)).post('/api/attendees/mark/', body, key)
  await first.stop()

  at += 72 * HOUR
  const second = await hub({ dataDir, now })
  second.store.prune()
  const again = await (await signIn(second.url)).post('/api/attendees/mark/', body, key)
  expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([201, done.text, 'true'])

  at += 25 * HOUR
  second.store.prune()
  const late = await (await signIn(second.url)).post('/api/attendees/mark/', body, key)
  expect([late.status, late.headers.get('idempotent-replayed')]).toEqual([400, null])
})
