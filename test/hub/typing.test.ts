import { expect, test } from 'vitest'
import { directory, hub, type Json, live, type Person, signIn, smallSeed } from './fixture.ts'

/** Figures that nothing else of this hub has. */
const [CAST, ONE, TWO, THREE] = [557, 541, 523, 3]
const WORDS = { code: 'W201', field: 'cast', n: CAST, most: 419, content: 'Two came late' }
const SECRET = [CAST, ONE, TWO, WORDS.most]
const figures = (one = ONE, more: Json = {}) => ({
  ...{ totalBallotsCast: CAST, invalidBallots: 1 },
  voteCounts: [one, TWO, THREE].map((voteCount, index) => ({ candidateId: index + 1, voteCount })),
  ...more,
})
const PATH = '/api/voting/sheets/1'
const type = (who: Person, one = ONE, more: Json = {}, headers = {}) =>
  who.post(`${PATH}/type/`, figures(one, more), headers)
const enter = (who: Person) => who.post('/api/voting/vote-counts/bulk_entry/', { committeeId: 1, ...figures() })
const look = async (who: Person): Promise<Json> => (await who.get(`${PATH}/entries/`)).body['data']
const sheetOf = async (who: Person): Promise<Json> => (await who.get(`${PATH}/`)).body['data']

/** Everything in a message that is one of the figures, as a number or as text; a time or a name is neither. */
function secretsIn(value: unknown): unknown[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(secretsIn)
  return SECRET.some((secret) => value === secret || value === String(secret)) ? [value] : []
}

/** Two who type sheets (the supervisor and the member), the clerk, who does not, and two who verify. */
async function people(dataDir: string | null = null) {
  const running = await hub({ dataDir, seed: smallSeed({}, 1200) })
  const admin = await signIn(running.url)
  await admin.patch('/api/users/4/', { role: 'SUPERVISOR' })
  await admin.patch('/api/users/5/', { role: 'ADMIN' })
  const of = (name: string) => signIn(running.url, name)
  const [ada, badr, clerk, chief] = [await of('supervisor'), await of('member'), await of('clerk'), await of('other')]
  return { ...running, admin, ada, badr, clerk, chief }
}

test('[B105] the first entry is kept sealed: every desk is told who and when, and nobody what, by no answer and no frame', async () => {
  const { ada, badr, clerk, chief, admin } = await people()
  const lines = await Promise.all([badr, clerk, chief, admin].map(live))
  const typed = await type(ada, ONE, { remarks: [WORDS] })
  expect([typed.status, typed.body['data'].is]).toEqual([201, 'first'])
  const mark = { userEmail: 'supervisor@example.com', userName: 'Sami Test', turns: 1 }
  expect(await sheetOf(badr)).toMatchObject({ first: mark, second: null, differs: [], remarks: [], typed: null })
  for (const line of lines) {
    const told = await line.until((frame) => frame['type'] === 'sheet_update')
    expect(told['data']).toMatchObject({ committee: 1, first: { user_email: 'supervisor@example.com' }, remarks: [] })
  }
  // The second differs: still nothing but the names of fields.
  expect((await type(badr, ONE - 1)).body['data']).toMatchObject({ is: 'differs', fields: ['1'], mayCorrect: true })
  for (const line of lines) await line.settled()
  expect(secretsIn(lines.map((line) => line.frames))).toEqual([])
  const asked = await Promise.all(
    [badr, clerk, admin].flatMap((who) =>
      ['/api/voting/sheets/', `${PATH}/`, '/api/voting/vote-counts/', '/api/voting/committee-entries/'].map(
        async (path) => (await who.get(path)).body,
      ),
    ),
  )
  expect(secretsIn(asked)).toEqual([])
  expect(secretsIn((await badr.get(`${PATH}/entries/`)).body).filter((one) => one === ONE)).toEqual([])
})

test('[B105] who only looks, and who has typed nothing yet, is given no entry; one’s own is given to whoever typed it', async () => {
  const { ada, badr, clerk, chief } = await people()
  await type(ada, ONE, { remarks: [WORDS] })
  expect((await clerk.get(`${PATH}/entries/`)).status).toBe(403)
  for (const who of [badr, chief])
    expect(await look(who)).toEqual({ mine: null, mayCorrect: false, both: null, rounds: [] })
  const own = await look(ada)
  expect(own['mine']).toMatchObject({ totalBallotsCast: CAST, remarks: [{ content: 'Two came late' }] })
  expect([own['mayCorrect'], own['both']]).toEqual([false, null])
})

test('[B106] nobody is both: typed again by the same person it is the first entry still', async () => {
  const { ada, badr } = await people()
  await type(ada)
  expect((await type(ada)).body['data'].is).toBe('first')
  expect(await sheetOf(badr)).toMatchObject({ first: { turns: 1 }, second: null })
})

test('[B106] what both typed goes on record, in the names of both, with the words of both', async () => {
  const { ada, badr, clerk } = await people()
  await type(ada, ONE, { remarks: [WORDS] })
  const done = await type(badr, ONE, { remarks: [{ ...WORDS, content: 'The list is short' }] })
  expect(done.body['data'].is).toBe('agreed')
  const sheet = await sheetOf(clerk)
  expect(sheet).toMatchObject({ first: null, second: null, differs: [] })
  expect(sheet['typed']).toMatchObject({
    ...{ how: 'agreed', content: '', userEmail: 'member@example.com' },
    first: { userEmail: 'supervisor@example.com' },
    second: { userEmail: 'member@example.com' },
  })
  expect(sheet['remarks'].map((one: Json) => [one['userEmail'], one['content']])).toEqual([
    ['supervisor@example.com', 'Two came late'],
    ['member@example.com', 'The list is short'],
  ])
  const counts = (await clerk.get('/api/voting/vote-counts/?committee=1')).body['data']
  expect(counts.map((row: Json) => row['voteCount'])).toEqual([THREE, TWO, ONE])
  // On its way while the two agreed: it begins nothing anew; another figure does.
  expect((await type(ada)).body['data'].is).toBe('agreed')
  expect((await type(ada, ONE - 1)).body['data'].is).toBe('first')
})

test('[B107] each corrects once; then, and not before, a third person who typed neither decides the fields that differ', async () => {
  const { ada, badr, chief, admin } = await people()
  await type(ada)
  await type(badr, ONE - 1)
  const decide = (who: Person, take: unknown) => who.post(`${PATH}/resolve/`, { take, content: 'The paper says so' })
  expect((await type(chief)).body['errors']).toEqual({ why: 'two-others' })
  expect((await type(badr, ONE - 2)).body['data']).toMatchObject({ is: 'differs', mayCorrect: false })
  expect((await type(badr, ONE)).body['errors']).toEqual({ why: 'needs-decision' })
  expect((await look(chief))['both']).toEqual({
    ...{ first: 'supervisor@example.com', second: 'member@example.com' },
    fields: [{ field: '1', first: ONE, second: ONE - 2 }],
  })
  expect((await look(ada))['both']).toBeNull()
  expect((await decide(ada, [{ field: '1', value: ONE }])).status).toBe(403)
  expect(Object.keys((await decide(chief, [{ field: '2', value: TWO }])).body['errors'])).toEqual(['take'])
  const done = await decide(chief, [
    { field: '1', value: ONE - 5 },
    { field: '2', value: 9 },
  ])
  expect(done.body['data'].is).toBe('resolved')
  const counts = (await admin.get('/api/voting/vote-counts/?committee=1')).body['data']
  expect(counts.map((row: Json) => row['voteCount'])).toEqual([THREE, TWO, ONE - 5])
  expect((await sheetOf(admin))['typed']).toMatchObject({ how: 'resolved', content: 'The paper says so' })
  expect((await decide(chief, [])).status).toBe(404)
})

test('[B107] one of the two does not decide, and throwing both away begins anew', async () => {
  const { ada, chief, admin } = await people()
  await type(chief)
  await type(ada, ONE - 1)
  const own = await chief.post(`${PATH}/resolve/`, { take: [{ field: '1', value: ONE }], content: 'Mine' })
  expect([own.status, own.body['errors']]).toEqual([403, { why: 'own-entry' }])
  expect((await admin.post(`${PATH}/drop/`, { content: 'Wrong paper' })).status).toBe(201)
  expect(await sheetOf(ada)).toMatchObject({ first: null, second: null, typed: null })
  expect((await admin.post(`${PATH}/drop/`, { content: 'Again' })).status).toBe(404)
})

test('[B108] one person alone does not go past what waits, and takes the place of what two typed by name', async () => {
  const { ada, badr, admin } = await people()
  await type(ada)
  const past = await enter(badr)
  expect([past.status, past.body['errors']]).toEqual([409, { why: 'waits' }])
  await type(badr)
  expect((await enter(admin)).status).toBe(201)
  expect((await sheetOf(ada))['typed']).toBeNull()
})

test('[B108] done once under its key; what cannot be, and what is missing, is named and kept nowhere', async () => {
  const { ada, badr, chief } = await people()
  const key = { 'idempotency-key': 'typed-1' }
  const first = await type(ada, ONE, {}, key)
  expect((await type(ada, ONE, {}, key)).text).toBe(first.text)
  expect(Object.keys((await type(badr, ONE, { invalidBallots: CAST + 1 })).body['errors'])).toEqual(['invalidBallots'])
  expect((await type(badr, CAST + 3)).body['message']).toContain('F301')
  expect((await badr.post('/api/voting/sheets/9/type/', figures())).status).toBe(404)
  expect(Object.keys((await chief.post(`${PATH}/resolve/`, {})).body['errors'])).toEqual(['take', 'content'])
  expect(Object.keys((await chief.post(`${PATH}/drop/`, { content: ' ' })).body['errors'])).toEqual(['content'])
  expect((await sheetOf(ada))['second']).toBeNull()
})

test('[B109] everything that was typed stays, corrections and all, over a restart, for who verifies once nothing waits', async () => {
  const dataDir = directory()
  const before = await people(dataDir)
  await type(before.ada)
  await type(before.badr, ONE - 1)
  await before.stop()
  const running = await hub({ dataDir })
  const [badr, admin] = [await signIn(running.url, 'member'), await signIn(running.url)]
  expect(await sheetOf(badr)).toMatchObject({ differs: ['1'] })
  expect((await look(admin))['rounds']).toEqual([])
  await type(badr)
  const [round] = (await look(admin))['rounds']
  expect(round).toMatchObject({ how: 'agreed', userEmail: 'member@example.com' })
  const typed = round.entries.map((one: Json) => [one['userEmail'], one['voteCounts'][0].voteCount, one['turns']])
  expect(typed).toEqual([
    ['supervisor@example.com', ONE, 1],
    ['member@example.com', ONE - 1, 1],
    ['member@example.com', ONE, 2],
  ])
  expect((await look(badr))['rounds']).toEqual([])
})

test('[B109] a wall learns that an entry waits, not whose it is', async () => {
  const { ada, url, store } = await people()
  await type(ada)
  const wall = await signIn(url, 'clerk')
  store.change((tables) => {
    tables.users.patch(3, { role: 'VIEWER' })
    return { ok: true, value: null }
  })
  const seen = await wall.get('/api/voting/sheets/')
  expect(seen.body['data'][0].first).toMatchObject({ turns: 1, userEmail: '' })
  expect(secretsIn(seen.body)).toEqual([])
})
