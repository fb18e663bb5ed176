import { err } from '../../src/shared/result.ts'
import { expect, test } from 'vitest'
import type { Store } from '../../src/hub/store/store.ts'
import { directory, hub, type Json, type Line, live, type Person, signIn } from './fixture.ts'

const tell = (frame: Json) => [frame['type'], frame['action']]
const seqs = (line: Line) => line.frames.filter((frame) => frame['type'] !== 'connection_success' && 'seq' in frame)

async function watched(name = 'admin'): Promise<{ url: string; admin: Person; line: Line; store: Store }> {
  const { url, store } = await hub()
  const admin = await signIn(url)
  return { url, admin, store, line: await live(name === 'admin' ? admin : await signIn(url, name)) }
}

test('[B23] a failed change sends nothing, and a frame finds its change in the store', async () => {
  const { admin, line, store } = await watched()
  store.change((tables, announce) => {
    tables.elections.patch(1, { status: 'CLOSED' }, 0)
    announce({ type: 'election_update', action: 'updated', data: {}, audience: { owner: null, committee: null } })
    return err('no')
  })
  expect(() =>
    store.change((_tables, announce) => {
      announce({ type: 'election_update', action: 'updated', data: {}, audience: { owner: null, committee: null } })
      throw new Error('a bug')
    }),
  ).toThrow('a bug')
  const sheet = {
    committeeId: 1,
    voteCounts: [
      { candidateId: 1, voteCount: 1 },
      { candidateId: 99, voteCount: 1 },
    ],
    totalBallotsCast: 3,
  }
  expect((await admin.post('/api/voting/vote-counts/bulk_entry/', sheet)).status).toBe(400)
  await line.settled()
  expect(line.data).toEqual([])
  let status = ''
  line.socket.once('message', () => {
    status = store.read((tables) => tables.elections.current()?.status ?? '').value
  })
  await admin.patch('/api/elections/1/', { status: 'VOTING_DAY' })
  await line.until((frame) => frame['type'] === 'election_update')
  expect(status).toBe('VOTING_DAY')
  expect((await admin.get('/api/voting/vote-counts/')).body['data']).toEqual([])
})

test('[B24] marks, corrections and deletions of attendance are one frame each', async () => {
  const { admin, line } = await watched()
  const { id } = (await admin.mark('70001')).body['data']
  await admin.patch(`/api/attendees/${id}/`, { notes: 'corrected' })
  await admin.patch(`/api/attendees/${id}/`, { status: 'PENDING' })
  await admin.delete(`/api/attendees/${id}/`)
  await line.settled()
  expect(line.data.map(tell)).toEqual([
    ['attendance_update', 'created'],
    ['attendance_update', 'updated'],
    ['attendance_update', 'updated'],
    ['attendance_update', 'deleted'],
  ])
  expect(line.data.at(-1)?.['data']).toEqual({ id, elector_koc_id: '70001', committee_code: 'm1' })
})

test('[B25] guarantees are one frame a record, bulk calls included', async () => {
  const { admin, line } = await watched()
  const made = []
  for (const elector of ['70001', '70002', '70003']) {
    made.push((await admin.post('/api/guarantees/', { elector })).body['data'].id)
  }
  const count = line.data.length
  const act = async (frames: number, call: Promise<{ status: number; text: string }>) => {
    const before = line.data.length
    const answer = await call
    expect(answer.status, answer.text).toBeLessThan(300)
    await line.settled()
    expect(line.data.length - before).toBe(frames)
  }
  expect(count).toBeLessThanOrEqual(3)
  await line.settled()
  const group = (await admin.post('/api/guarantees/groups/', { name: 'Friends', color: '#ff5722' })).body['data']
  await line.until((frame) => frame['type'] === 'group_update')
  await act(3, admin.post('/api/guarantees/bulk_confirm/', { guaranteeIds: made, confirmationStatus: 'CONFIRMED' }))
  await act(2, admin.post('/api/guarantees/bulk-update/', { guaranteeIds: made.slice(0, 2), groupId: group.id }))
  await act(1, admin.patch(`/api/guarantees/${made[0]}/`, { mobile: '99887766' }))
  await act(1, admin.patch(`/api/guarantees/${made[0]}/quick-update/`, { guaranteeStatus: 'PENDING' }))
  await act(1, admin.post(`/api/guarantees/${made[0]}/confirm/`, { confirmationStatus: 'NOT_AVAILABLE' }))
  await act(0, admin.patch('/api/guarantees/by-elector/70001/', { guaranteeStatus: 'PENDING' }))
  await act(1, admin.patch('/api/guarantees/by-elector/70001/', { guaranteeStatus: 'GUARANTEED' }))
  await act(1, admin.post(`/api/guarantees/${made[0]}/add-note/`, { content: 'call first' }))
  await act(0, admin.post(`/api/guarantees/${made[0]}/add-note/`, { content: 'call again' }))
  await act(3, admin.patch(`/api/guarantees/groups/${group.id}/`, { color: '#000000' }))
  await act(3, admin.delete(`/api/guarantees/groups/${group.id}/`))
  await act(1, admin.delete(`/api/guarantees/${made[0]}/`))
  expect(line.data.at(-1)?.['data']).toEqual({ id: made[0], elector_id: '70001', user_id: 1 })
  expect(line.data.at(-2)?.['data']).toMatchObject({
    user: 1,
    elector_committee_code: 'FC#28',
    group: null,
    group_color: null,
  })
})

test('[B59] a group is told to its collector and to nobody else, an administrator included', async () => {
  const { url, line } = await watched()
  const member = await signIn(url, 'member')
  const own = await live(member)
  const group = (await member.post('/api/guarantees/groups/', { name: 'Friends' })).body['data']
  await member.patch(`/api/guarantees/groups/${group.id}/`, { name: 'Family' })
  await member.delete(`/api/guarantees/groups/${group.id}/`)
  await Promise.all([own.settled(), line.settled()])
  expect(own.data.map((frame) => [...tell(frame), frame['data'].name])).toEqual([
    ['group_update', 'created', 'Friends'],
    ['group_update', 'updated', 'Family'],
    ['group_update', 'deleted', undefined],
  ])
  expect(line.data).toEqual([])
})

test('[B26] the count: one frame a figure and one for the sheet, verification, deletion, results', async () => {
  const { admin, line } = await watched()
  const voteCounts = [1, 2, 3].map((candidateId) => ({ candidateId, voteCount: candidateId }))
  const told = async (call: Promise<{ status: number; text: string }>) => {
    const before = line.data.length
    const answer = await call
    expect(answer.status, answer.text).toBeLessThan(300)
    await line.settled()
    return line.data.slice(before).map(({ action, data }) => {
      const what = ['vote_count', 'committee_entry', 'results'].filter((key) => key in data)
      return `${what.join('+')} ${action}`
    })
  }
  const figures = ['vote_count created', 'vote_count created', 'vote_count created']
  for (const committeeId of [1, 2]) {
    const sheet = { committeeId, voteCounts, totalBallotsCast: 5, invalidBallots: 1 }
    expect(await told(admin.post('/api/voting/vote-counts/bulk_entry/', sheet))).toEqual([
      ...figures,
      'committee_entry created',
    ])
  }
  expect(await told(admin.patch('/api/voting/vote-counts/1/verify/', {}))).toEqual(['vote_count updated'])
  expect(await told(admin.patch('/api/voting/committee-entries/1/verify/', {}))).toEqual([
    'vote_count updated',
    'vote_count updated',
    'committee_entry updated',
  ])
  expect(await told(admin.patch('/api/voting/committee-entries/2/verify/', {}))).toHaveLength(4)
  expect(await told(admin.post('/api/voting/results/generate/'))).toEqual(['results created'])
  expect(await told(admin.post('/api/voting/results/generate/'))).toEqual(['results updated'])
  expect(await told(admin.post('/api/voting/results/publish/'))).toEqual(['results updated'])
  expect(line.data.at(-1)?.['data']).toMatchObject({
    action_type: 'results_updated',
    election_id: 1,
    results: { status: 'PUBLISHED' },
  })
  expect(await told(admin.delete('/api/voting/vote-counts/2/'))).toEqual([
    'vote_count deleted',
    'committee_entry updated',
  ])
  expect(line.data.at(-2)?.['data'].vote_count).toEqual({ id: 2, committee: 1, candidate: 2 })
})

test('[B27] phase, committees, candidates and parties are announced', async () => {
  const { admin, line } = await watched()
  await admin.patch('/api/elections/1/', { status: 'VOTING_DAY' })
  const committee = (await admin.post('/api/elections/committees/', { code: 'm2', name: 'Two' })).body['data']
  await admin.patch(`/api/elections/committees/${committee.id}/`, { location: 'Hall 3' })
  await admin.delete(`/api/elections/committees/${committee.id}/`)
  await admin.patch('/api/candidates/1/', { name: 'New Name' })
  await admin.patch('/api/candidates/parties/1/', { color: '#fff' })
  await admin.delete('/api/candidates/parties/1/')
  await line.settled()
  expect(line.data.map(tell)).toEqual([
    ['election_update', 'updated'],
    ['committee_update', 'created'],
    ['committee_update', 'updated'],
    ['committee_update', 'deleted'],
    ['candidate_update', 'updated'],
    ['party_update', 'updated'],
    ['party_update', 'deleted'],
    ['candidate_update', 'updated'],
    ['candidate_update', 'updated'],
  ])
  expect(line.data[0]?.['data']).toMatchObject({ id: 1, status: 'VOTING_DAY', status_display: 'Voting Day' })
  expect((await admin.delete('/api/elections/committees/1/')).status).toBe(400)
})

test('[B28] frames carry the family keys exactly, with its two time styles', async () => {
  const { admin, line } = await watched()
  await admin.mark('70001')
  await admin.post('/api/guarantees/', { elector: '70001' })
  await admin.post('/api/voting/vote-counts/', { committee: 1, candidate: 1, voteCount: 1 })
  await line.settled()
  const [attendance, guarantee, count] = line.data
  expect(Object.keys(attendance!['data']).sort()).toEqual(
    'id elector_koc_id elector_name elector_gender committee_code committee_name marked_by_name attended_at notes status'
      .split(' ')
      .sort(),
  )
  const pledge =
    'id elector elector_koc_id elector_name elector_mobile elector_section elector_department elector_team elector_committee_name guarantee_status guarantee_status_display group group_name group_color quick_note mobile confirmation_status confirmation_status_display isConfirmed has_notes created_at'
  expect(Object.keys(guarantee!['data'])).toEqual(expect.arrayContaining(pledge.split(' ')))
  expect(guarantee!['data']).toMatchObject({
    elector: '70001',
    user: 1,
    elector_committee_code: 'm1',
    isConfirmed: false,
  })
  expect(Object.keys(count!['data']).sort()).toEqual(['committee_id', 'vote_count'])
  expect(Object.keys(count!['data'].vote_count)).toHaveLength(20)
  expect(attendance!['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
  expect(attendance!['data'].attended_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+03:00$/)
  expect(Math.abs(Date.parse(attendance!['timestamp']) - Date.parse(attendance!['data'].attended_at))).toBeLessThan(
    1000,
  )
})

test('[B29] numbers have no gap, across bulk calls and a restart', async () => {
  const dataDir = directory()
  const first = await hub({ dataDir })
  const admin = await signIn(first.url)
  const line = await live(admin)
  await admin.mark('70001')
  const marks = ['70003', '70005', '70001'].map((kocId) => ({ kocId, committeeCode: 'm1' }))
  await admin.post('/api/attendees/bulk_mark/', { marks })
  await line.settled()
  expect(line.data.map((frame) => frame['seq'])).toEqual([1, 2, 3])
  expect(new Set(line.data.map((frame) => frame['epoch']))).toEqual(new Set([first.epoch]))
  await first.stop()
  const second = await hub({ dataDir })
  const again = await signIn(second.url)
  const after = await live(again)
  expect(after.frames[0]).toMatchObject({ epoch: first.epoch, seq: 3 })
  await again.mark('70007')
  await after.settled()
  expect(after.data.map((frame) => frame['seq'])).toEqual([4])
})

test('[B30] a frame for others becomes a skip, so every reader sees every number', async () => {
  const { url } = await hub()
  const people = await Promise.all(['admin', 'supervisor', 'clerk', 'member', 'other'].map((name) => signIn(url, name)))
  const [admin, , clerk, member, other] = people as [Person, Person, Person, Person, Person]
  const lines = await Promise.all(people.map((person) => live(person)))
  await member.post('/api/guarantees/', { elector: '70001' })
  await clerk.post('/api/guarantees/', { elector: '70002' })
  const mine = await other.post('/api/guarantees/', { elector: '70003' })
  await admin.mark('70001')
  await other.delete(`/api/guarantees/${mine.body['data'].id}/`)
  await Promise.all(lines.map((line) => line.settled()))
  for (const line of lines) expect(seqs(line).map((frame) => frame['seq'])).toEqual([1, 2, 3, 4, 5])
  const shown = lines.map((line) => line.data.map((frame) => frame['seq']))
  expect(shown).toEqual([
    [1, 2, 3, 4, 5],
    [1, 4],
    [2, 4],
    [1, 4],
    [3, 4, 5],
  ])
  const [, supervisorLine, clerkLine, memberLine] = lines
  expect(supervisorLine?.data[0]?.['data'].elector_mobile).toBe('60000000')
  expect(memberLine?.data[0]?.['data'].elector_mobile, 'not assigned to m1').toBe('')
  expect(clerkLine?.data[0]?.['data'].elector_mobile, 'assigned to m1, not to FC#28').toBe('')
  expect(lines[4]?.frames.filter((frame) => frame['type'] === 'skip')[0]).toMatchObject({ from: 1, seq: 1 })
})
