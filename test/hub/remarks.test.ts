import { expect, test } from 'vitest'
import { directory, hub, type Json, live, type Person, signIn } from './fixture.ts'

const WORDS = { code: 'W201', field: 'cast', n: 6, most: 4, content: 'Two came late' }
const enter = (who: Person, remarks: unknown = [WORDS], more: Json = {}) =>
  who.post('/api/voting/vote-counts/bulk_entry/', {
    ...{ committeeId: 1, totalBallotsCast: 6, invalidBallots: 1, voteCounts: [{ candidateId: 1, voteCount: 5 }] },
    ...{ remarks, ...more },
  })
const handle = (who: Person, more: Json = {}, headers = {}) =>
  who.post('/api/voting/sheets/1/handle/', { code: 'W201', field: 'cast', content: 'Seen', ...more }, headers)
async function people() {
  const running = await hub()
  const [admin, supervisor, clerk] = await Promise.all(
    ['admin', 'supervisor', 'clerk'].map((name) => signIn(running.url, name)),
  )
  return { ...running, admin: admin!, supervisor: supervisor!, clerk: clerk! }
}

test('[B101] words to warnings go with the sheet, are told to every desk, and give way to those of the next sheet', async () => {
  const { supervisor, admin, clerk } = await people()
  const line = await live(clerk)
  expect((await enter(supervisor)).status).toBe(201)
  const said = { ...WORDS, place: null, userEmail: 'supervisor@example.com', userName: 'Sami Test', handled: null }
  expect((await admin.get('/api/voting/sheets/?after=0')).body['data']).toMatchObject([
    { committee: 1, remarks: [said] },
  ])
  const told = await line.until(({ type }) => type === 'sheet_update')
  expect(told['data'].remarks[0]).toMatchObject({ content: 'Two came late', user_email: 'supervisor@example.com' })
  await enter(admin, [])
  expect((await clerk.get('/api/voting/sheets/1/')).body['data']).toEqual({
    ...{ committee: 1, remarks: [], first: null, second: null, differs: [], typed: null },
  })
  await line.until(({ type, data }) => type === 'sheet_update' && data.remarks.length === 0)
})

test('[B101] a sheet that is refused keeps the words as they were, and a sheet without any tells of none', async () => {
  const { supervisor, clerk } = await people()
  const line = await live(clerk)
  await enter(supervisor, [])
  await enter(supervisor)
  expect((await enter(supervisor, [{ ...WORDS, content: 'Other' }], { invalidBallots: 7 })).status).toBe(400)
  expect((await clerk.get('/api/voting/sheets/1/')).body['data'].remarks[0].content).toBe('Two came late')
  await line.settled()
  expect(line.data.filter(({ type }) => type === 'sheet_update')).toHaveLength(1)
})

test('[B102] a warning is dealt with once, by a supervisor, and not by who wrote the words', async () => {
  const { supervisor, admin, clerk } = await people()
  expect((await handle(admin)).status).toBe(404)
  await enter(supervisor)
  expect((await handle(clerk)).status).toBe(403)
  expect((await handle(supervisor)).body['errors']).toHaveProperty('code')
  expect((await handle(admin, { code: 'W204' })).status).toBe(404)
  expect((await admin.post('/api/voting/sheets/9/handle/', { ...WORDS })).status).toBe(404)
  const done = await handle(admin)
  expect(done.status).toBe(201)
  expect(done.body['data'].remarks[0].handled).toMatchObject({ content: 'Seen', userName: 'Ada Test' })
  const again = await handle(admin, { content: 'Again' })
  expect([again.status, again.body['errors'].current]).toEqual([409, done.body['data']])
})

test('[B103] done once under its key; bad input names its field', async () => {
  const { supervisor, admin } = await people()
  await enter(supervisor)
  const key = { 'idempotency-key': 'handle-1' }
  const first = await handle(admin, {}, key)
  expect((await handle(admin, {}, key)).text).toBe(first.text)
  for (const [more, field] of [
    [{ code: 'X1' }, 'code'],
    [{ field: 'votes' }, 'field'],
    [{ content: ' ' }, 'content'],
  ] as const)
    expect(Object.keys((await handle(admin, more)).body['errors'])).toEqual([field])
  expect(Object.keys((await enter(supervisor, [{ ...WORDS, n: 'six' }])).body['errors'])).toEqual(['remarks.0.n'])
  expect(
    (
      await enter(
        supervisor,
        Array.from({ length: 101 }, () => WORDS),
      )
    ).status,
  ).toBe(400)
})

test('[B104] words survive a restart; a wall is told that there are some, and none of them nor of whose they are', async () => {
  const dataDir = directory()
  const first = await hub({ dataDir })
  await enter(await signIn(first.url, 'supervisor'))
  await handle(await signIn(first.url))
  await first.stop()
  const { url, store } = await hub({ dataDir })
  const { body } = await (await signIn(url, 'clerk')).get('/api/voting/sheets/1/')
  expect(body['data'].remarks[0]).toMatchObject({ content: 'Two came late', handled: { content: 'Seen' } })
  const wall = await signIn(url, 'member')
  store.change((tables) => {
    tables.users.patch(4, { role: 'VIEWER' })
    return { ok: true, value: null }
  })
  const seen = (await wall.get('/api/voting/sheets/')).text
  expect(seen).toContain('"W201"')
  for (const hidden of ['Two came late', 'Seen', 'example.com', 'Sami']) expect(seen).not.toContain(hidden)
})
