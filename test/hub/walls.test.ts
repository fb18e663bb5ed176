import { expect, test } from 'vitest'
import { PAIRING_LIFE_MS } from '../../src/hub/auth/pairings.ts'
import { call, hub, type Json, live, Person, signIn, smallSeed } from './fixture.ts'

/** Numbers stand alone: the thousandths of a time may read `700000`. */
const PEOPLE = /Elector Number|سارة|Ada|Sami|Dana|Mona|Omar|@example|(?<!\d)7000\d(?!\d)|6000\d{4}|secret note/

const redeem = (url: string, code: string) => call(url, 'POST', '/api/walls/pair/', { body: { code } })

async function paired(over: Parameters<typeof hub>[0] = {}) {
  const server = await hub(over)
  const admin = await signIn(server.url)
  const made = await admin.post('/api/walls/codes/', { name: 'Lobby' })
  const answer = await redeem(server.url, String(made.body['data'].code))
  return { server, admin, wall: new Person(server.url, answer.body['data']), answer }
}
const refresh = (wall: Person) => call(wall.base, 'POST', '/api/auth/refresh/', { body: { refresh: wall.refresh } })

test('[B90] a code pairs one wall, once, within a quarter of an hour, and only an administrator makes one', async () => {
  let now = Date.parse('2030-01-15T06:00:00Z')
  const { url } = await hub({ now: () => now })
  const admin = await signIn(url)
  const made = await admin.post('/api/walls/codes/', { name: 'Lobby' })
  expect([made.status, made.body['data']]).toMatchObject([201, { name: 'Lobby', expiresIn: PAIRING_LIFE_MS / 1000 }])
  const code = String(made.body['data'].code)
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/)
  const typed = ` ${code.toLowerCase().replace('-', ' ')} `
  expect((await redeem(url, 'AAAAA-AAAAA')).status).toBe(400)
  const answer = await redeem(url, typed)
  expect([answer.status, answer.body['data'].user]).toMatchObject([200, { fullName: 'Lobby', role: 'VIEWER' }])
  expect((await redeem(url, code)).status).toBe(400)
  const late = await admin.post('/api/walls/codes/', { name: 'Hall' })
  now += PAIRING_LIFE_MS
  expect((await redeem(url, String(late.body['data'].code))).status).toBe(400)
  for (const name of ['supervisor', 'clerk'])
    expect((await (await signIn(url, name)).post('/api/walls/codes/', { name: 'x' })).status).toBe(403)
  expect((await call(url, 'POST', '/api/walls/codes/', { body: { name: 'x' } })).status).toBe(401)
})

const READS = [
  '/api/users/me/',
  '/api/elections/',
  '/api/elections/committees/',
  '/api/candidates/',
  '/api/candidates/parties/',
  '/api/attendees/',
  '/api/attendees/committee/m1/',
  '/api/attendees/committee/FC%2328/',
  '/api/voting/vote-counts/',
  '/api/voting/committee-entries/',
  '/api/guarantees/?all=1',
]
const REFUSED = [
  '/api/users/',
  '/api/electors/',
  '/api/electors/70001/',
  '/api/attendees/search-elector/?koc_id=70001',
  '/api/guarantees/search-elector/?koc_id=70001',
  '/api/guarantees/groups/',
  '/api/elections/current/',
  '/api/dashboards/overview/',
  '/api/walls/',
]

test('[B91] a wall reads the figures of all committees without people, and nothing else', async () => {
  const pledge = { status: 'GUARANTEED', confirmation: 'PENDING', mobile: '60001111', note: 'secret note' } as const
  const seed = smallSeed({ guarantees: [{ collector: 'admin@example.com', elector: '70001', ...pledge }] })
  const { admin, wall, server } = await paired({ seed })
  await admin.mark('70001', 'm1', { notes: 'secret note' })
  await admin.mark('70002', 'FC#28')
  for (const path of READS) {
    const answer = await wall.get(path)
    expect([path, answer.status]).toEqual([path, 200])
    expect(JSON.stringify(answer.body['data'])).not.toMatch(PEOPLE)
  }
  const m1 = await wall.get('/api/attendees/committee/m1/')
  expect(m1.body['data'].attendance).toMatchObject([{ electorKocId: '#1', electorName: '', status: 'ATTENDED' }])
  const guarantees = await wall.get('/api/guarantees/?all=1')
  expect(guarantees.body['data'].guarantees).toEqual([])
  for (const path of REFUSED) expect([path, (await wall.get(path)).status].join(' ')).toMatch(/ 40[34]$/)
  const line = await live(wall)
  const write = await wall.mark('70003')
  expect(write.status).toBe(403)
  expect((await wall.post('/api/guarantees/', { elector: '70003' })).status).toBe(403)
  expect((await wall.patch('/api/elections/1/', { status: 'CLOSED' })).status).toBe(403)
  await admin.mark('70003', 'm1', { notes: 'secret note' })
  await admin.post('/api/guarantees/', { elector: '70005', quickNote: 'secret note' })
  await line.settled()
  expect(line.data.length).toBe(1)
  expect(JSON.stringify(line.frames.map((frame) => frame['data']))).not.toMatch(PEOPLE)
  expect(server.desks.count).toBe(1)
})

test('[B92] a renewal whose answer was lost costs a wall nothing, and half a year of absence neither', async () => {
  let now = Date.parse('2030-01-15T06:00:00Z')
  const { wall } = await paired({ now: () => now })
  expect((await refresh(wall)).status).toBe(200)
  const again = await refresh(wall)
  expect(again.status).toBe(200)
  now += 179 * 24 * 3_600_000
  expect((await refresh(wall)).status).toBe(200)
  now += 2 * 24 * 3_600_000
  expect((await refresh(wall)).status).toBe(401)
})

test('[B93] a wall that is taken away sees nothing at once', async () => {
  const { admin, wall } = await paired()
  const line = await live(wall)
  const list = await admin.get('/api/walls/')
  expect(list.body['data']).toMatchObject([{ name: 'Lobby', isActive: true }])
  expect((await admin.delete(`/api/walls/${list.body['data'][0].id}/`)).status).toBe(200)
  expect((await line.closed).code).toBe(4001)
  expect([(await wall.get('/api/elections/')).status, (await refresh(wall)).status]).toEqual([401, 401])
  expect((await admin.delete('/api/walls/1/')).status).toBe(404)
})

test('[B94] nobody signs in as a wall with a password', async () => {
  const { wall, server } = await paired()
  for (const password of ['', ' ', 'password-1']) {
    const body: Json = { email: wall.user['email'], password }
    expect((await call(server.url, 'POST', '/api/auth/login/', { body })).status).toBe(400)
  }
})
