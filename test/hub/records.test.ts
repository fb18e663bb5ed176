import { expect, test } from 'vitest'
import { splitName } from '../../src/hub/store/sqlite/names.ts'
import { call, hub, type Json, live, signIn, smallSeed } from './fixture.ts'

test('[B51] current answers in every phase', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  for (const status of ['SETUP', 'GUARANTEE_PHASE', 'VOTING_DAY', 'COUNTING', 'CLOSED']) {
    await admin.patch('/api/elections/1/', { status })
    const { body } = await admin.get('/api/elections/current/')
    expect(body['data'].election).toMatchObject({ status, mode: 'rehearsal', votingModeDisplay: 'Mixed Ticket' })
    expect([body['data'].committees, body['data'].parties, body['data'].candidates].map((list) => list.length)).toEqual(
      [2, 1, 3],
    )
  }
  expect((await admin.patch('/api/elections/1/', { status: 'ACTIVE' })).status).toBe(400)
  expect((await admin.get('/api/elections/9/')).status).toBe(404)
})

test('[B52] health tells the true number of sockets', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const health = async () => (await admin.get('/api/utils/websocket/health/')).body['data']
  expect(await health()).toEqual({ channelLayerConfigured: true, channelLayerType: 'memory', connectionCount: 0 })
  const lines = [await live(admin), await live(admin)]
  expect((await health()).connectionCount).toBe(2)
  lines[0]?.socket.close()
  await lines[0]?.closed
  expect((await health()).connectionCount).toBe(1)
})

test('[B53] metrics are for this machine, an admin and the metrics token', async () => {
  const { url } = await hub({ metricsToken: 'let-me-measure' })
  const admin = await signIn(url)
  const clerk = await signIn(url, 'clerk')
  await live(admin)
  await admin.mark('70001')
  const here = await call(url, 'GET', '/metrics')
  expect(here.text).toContain('tallydesk_hub_sequence 1')
  expect(here.text).toContain('tallydesk_hub_sockets 1')
  expect(here.text).toContain('tallydesk_hub_frames_total 1')
  const forwarded = { 'x-forwarded-for': '203.0.113.7' }
  const from = async (token?: string) =>
    (await call(url, 'GET', '/metrics', { headers: forwarded, ...(token === undefined ? {} : { token }) })).status
  expect(await from()).toBe(401)
  expect(await from(clerk.access)).toBe(401)
  expect(await from('let-me-measure-not')).toBe(401)
  expect(await from('let-me-measure')).toBe(200)
  expect(await from(admin.access)).toBe(200)
})

test('[B54] kept counts equal a count of the records after any series of changes', async () => {
  const seed = Number(process.env['HUB_SEED'] ?? Math.floor(Math.random() * 1e9))
  console.info(`random changes with seed ${seed} (HUB_SEED=${seed} repeats it)`)
  let state = seed
  const roll = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const { url } = await hub({ seed: smallSeed({}, 30) })
  const admin = await signIn(url)
  const number = () => String(70001 + roll(30))
  const acts = [
    () => admin.mark(number(), roll(2) === 0 ? 'm1' : 'FC#28'),
    () =>
      admin.post('/api/attendees/add-pending-elector/', {
        kocId: number(),
        committeeCode: roll(2) === 0 ? 'm1' : 'FC#28',
      }),
    () => admin.patch(`/api/attendees/${1 + roll(30)}/`, { status: roll(2) === 0 ? 'PENDING' : 'ATTENDED' }),
    () => admin.delete(`/api/attendees/${1 + roll(30)}/`),
    () => admin.post('/api/guarantees/', { elector: number() }),
    () => admin.delete(`/api/guarantees/${1 + roll(20)}/`),
    () =>
      admin.post('/api/voting/vote-counts/', { committee: 1 + roll(2), candidate: 1 + roll(3), voteCount: roll(15) }),
    () => admin.patch(`/api/voting/vote-counts/${1 + roll(6)}/`, { voteCount: roll(15) }),
    () => admin.delete(`/api/voting/vote-counts/${1 + roll(8)}/`),
  ]
  for (let step = 0; step < 250; step += 1) {
    const answer = await acts[roll(acts.length)]!()
    expect(answer.status, answer.text).toBeLessThan(500)
  }
  const list = async (path: string): Promise<Json[]> => (await admin.get(path)).body['data']
  const attended = await list('/api/attendees/?page_size=500')
  const pledges: Json[] = (await admin.get('/api/guarantees/?page_size=500')).body['data'].guarantees
  const counts = await list('/api/voting/vote-counts/?page_size=500')
  const came = new Set(attended.filter((one) => one['status'] === 'ATTENDED').map((one) => one['electorKocId']))
  for (const committee of await list('/api/elections/committees/')) {
    const mine = attended.filter((one) => one['committeeCode'] === committee['code'])
    const pledged = pledges.filter((one) => one['electorCommitteeCode'] === committee['code'])
    expect(committee).toMatchObject({
      attendanceCount: mine.filter((one) => one['status'] === 'ATTENDED').length,
      pendingCount: mine.filter((one) => one['status'] === 'PENDING').length,
      guaranteeCount: pledged.length,
      guaranteeAttendanceCount: pledged.filter((one) => came.has(one['electorKocId'])).length,
      voteCount: counts
        .filter((one) => one['committee'] === committee['id'])
        .reduce((sum, one) => sum + one['voteCount'], 0),
    })
    const { hourlyBreakdown } = (await admin.get(`/api/attendees/statistics/${encodeURIComponent(committee['code'])}/`))
      .body['data']
    const byHour = Object.values(hourlyBreakdown as Record<string, number>).reduce((sum, count) => sum + count, 0)
    expect(byHour).toBe(committee['attendanceCount'])
  }
}, 20_000)

test('[B55] a full name keeps every word, whatever their number', () => {
  expect(splitName('  سارة   علي حسن Example ').full).toBe('سارة علي حسن Example')
  expect(splitName('One').columns).toEqual(['One', '', '', '', '', '', '', ''])
  expect(splitName('One Two').columns).toEqual(['One', '', '', '', '', '', '', 'Two'])
  expect(splitName('One Two Three').columns).toEqual(['One', '', '', '', '', '', 'Two', 'Three'])
  expect(splitName('a b c d e f g h').columns).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  expect(splitName('a b c d e f g h i j').columns).toEqual(['a', 'b', 'c', 'd', 'e', 'f g h', 'i', 'j'])
  expect(splitName('').columns).toHaveLength(8)
})

test('[B56] notes, history and groups belong to the collector', async () => {
  const { url } = await hub()
  const [member, other] = [await signIn(url, 'member'), await signIn(url, 'other')]
  const group = (await member.post('/api/guarantees/groups/', { name: 'Friends' })).body['data']
  expect(group).toMatchObject({ color: '#1976d2', guaranteeCount: 0 })
  expect((await member.post('/api/guarantees/groups/', { name: 'Friends' })).status).toBe(400)
  const made = (await member.post('/api/guarantees/', { elector: '70001', group: group.id })).body['data']
  expect(made).toMatchObject({ groupName: 'Friends', guaranteeStatus: 'GUARANTEED' })
  expect((await member.post('/api/guarantees/', { elector: '70001' })).status).toBe(400)
  expect((await other.post('/api/guarantees/', { elector: '70001', group: group.id })).body['errors']).toHaveProperty(
    'group',
  )
  const path = `/api/guarantees/${made.id}/`
  await member.patch(path, { mobile: '+965 9988-7766', quickNote: 'evening' })
  expect((await member.patch(path, { mobile: '123' })).body['errors']).toHaveProperty('mobile')
  await member.post(`${path}confirm/`, { confirmationStatus: 'CONFIRMED' })
  await member.post(`${path}add-note/`, { content: 'call first', isImportant: true })
  expect((await member.get(`${path}notes/`)).body['data']).toMatchObject([
    { content: 'call first', isImportant: true, userName: 'Mona Test' },
  ])
  const actions = (await member.get(`${path}history/`)).body['data'].map((row: Json) => row['action'])
  expect(actions).toEqual(['NOTE_ADDED', 'CONFIRMATION_CHANGED', 'UPDATED', 'CONTACT_UPDATED', 'CREATED'])
  expect((await member.get(path)).body['data']).toMatchObject({
    noteCount: 1,
    isConfirmed: true,
    electorCommittee: 'm1',
    mobile: '+96599887766',
  })
  expect((await member.get('/api/guarantees/statistics/')).body['data']).toMatchObject({
    confirmedCount: 1,
    confirmationRate: 100,
    pendingConfirmationCount: 0,
  })
  for (const theirs of ['notes/', 'history/']) expect((await other.get(path + theirs)).status).toBe(404)
  expect((await other.get(`/api/guarantees/groups/${group.id}/`)).status).toBe(404)
  expect((await member.patch(`/api/guarantees/groups/${group.id}/reorder/`, { newOrder: 3 })).body['data'].order).toBe(
    3,
  )
  await member.delete(`/api/guarantees/groups/${group.id}/`)
  expect((await member.get(path)).body['data'].group).toBeNull()
  expect((await member.delete('/api/guarantees/by-elector/70001/')).status).toBe(200)
  expect((await member.get('/api/guarantees/')).body['data'].guarantees).toEqual([])
})

test('[B57] overview and hours count attended records only, whatever the hour', async () => {
  const now = Date.parse('2030-01-15T18:00:00Z')
  const { url } = await hub({ now: () => now })
  const admin = await signIn(url)
  await admin.mark('70001', 'm1', { attendedAt: '2030-01-15T04:30:00Z' })
  await admin.mark('70003', 'm1', { attendedAt: '2030-01-15T16:30:00Z' })
  await admin.mark('70005', 'm1', { attendedAt: '2030-01-14T16:30:00Z' })
  await admin.post('/api/attendees/add-pending-elector/', { kocId: '70002', committeeCode: 'm1' })
  const hourly = (await admin.get('/api/elections/1/dashboard/attendance/hourly/?date=2030-01-15')).body
  expect(hourly['data'].filter((row: Json) => row['attendance'] > 0).map((row: Json) => row['hour'])).toEqual([
    '07:00',
    '19:00',
  ])
  expect(hourly['meta']).toMatchObject({ totalAttendance: 2, peakHour: '07:00' })
  const overview = (await admin.get('/api/elections/1/dashboard/overview/')).body['data']
  expect(overview.summary).toMatchObject({ totalElectors: 12, totalAttendance: 3, attendancePercentage: 25 })
  expect(overview.committees[0]).toMatchObject({ code: 'm1', electorAttendanceCount: 3 })
  expect((await admin.get('/api/elections/1/dashboard/attendance/summary/')).body['data']).not.toHaveProperty(
    'demographics',
  )
  expect((await admin.get('/api/elections/1/dashboard/attendance/hourly/?date=today')).status).toBe(400)
})

test('[B58] the register is searched by the beginning of a number or a part of a name', async () => {
  const { url } = await hub({ seed: smallSeed({}, 120) })
  const admin = await signIn(url)
  const found = async (text: string) =>
    (await admin.get(`/api/electors/?search=${encodeURIComponent(text)}`)).body['data'].electors.map(
      (row: Json) => row['kocId'],
    )
  expect(await found('7010')).toEqual(Array.from({ length: 10 }, (_, index) => String(70100 + index)))
  expect(await found('علي')).toEqual(['70001'])
  expect(await found('%')).toEqual([])
  expect(await found("'; DROP TABLE electors; --")).toEqual([])
  const searched = await admin.get('/api/electors/search/?q=Number')
  expect(searched.body['data']).toHaveLength(50)
  await admin.post('/api/guarantees/', { elector: '70001' })
  const offered = await admin.get('/api/guarantees/search-elector/?query=7000')
  expect(offered.body['data'].map((row: Json) => row['kocId'])).not.toContain('70001')
  const row = (await admin.get('/api/electors/?page_size=1&include=groups,committees')).body
  expect(row['data'].electors[0]).toMatchObject({
    kocId: '70001',
    gender: 'Male',
    isGuarantee: true,
    guaranteeStatus: 'GUARANTEED',
  })
  expect(row['data'].committees).toHaveLength(2)
  expect(row['meta'].includes).toEqual(['groups', 'committees'])
  expect((await admin.get('/api/electors/nobody/')).status).toBe(404)
})
