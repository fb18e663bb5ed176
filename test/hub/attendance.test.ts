import { expect, test } from 'vitest'
import { type Json, hub, live, signIn, smallSeed } from './fixture.ts'

test('[B43] a second mark says who marked the elector, when and where', async () => {
  const now = Date.parse('2030-01-15T06:41:12Z')
  const { url } = await hub({ now: () => now })
  const admin = await signIn(url)
  const clerk = await signIn(url, 'clerk')
  const first = await clerk.mark('70001')
  expect(first.body['data']).toMatchObject({
    elector: '70001',
    committee: 1,
    markedBy: clerk.user['id'],
    status: 'ATTENDED',
  })
  expect(first.body['data'].deviceInfo.ipAddress).toBe('127.0.0.1')
  const second = await admin.mark('70001')
  expect(second.status).toBe(400)
  expect(second.body['message']).toBe('Elector already attended at 09:41:12, marked by Dana Test in m1')
  expect(second.body['errors']).toEqual({
    attendanceId: 1,
    attendedAt: '2030-01-15T09:41:12.000000+03:00',
    markedByName: 'Dana Test',
    committeeCode: 'm1',
  })
})

test('[B43] two marks of one elector at the same moment are one', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const both = await Promise.all([admin.mark('70001'), admin.mark('70001')])
  expect(both.map((answer) => answer.status).sort()).toEqual([201, 400])
})

test('[B44] an elector at the wrong committee is recorded as pending, an unknown one is added unapproved', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const line = await live(admin)
  const wrong = await admin.mark('70001', 'FC#28')
  expect([wrong.status, wrong.body['errors']]).toEqual([400, { electorCommittee: 'm1', requestedCommittee: 'FC#28' }])
  expect((await admin.mark('99999')).body['errors']).toEqual({ canAdd: true })
  expect((await admin.mark('70001', 'nowhere')).status).toBe(404)
  const path = '/api/attendees/add-pending-elector/'
  const pending = await admin.post(path, { kocId: '70001', committeeCode: 'FC#28', notes: '<b>hi</b>' })
  expect(pending.body['data']).toMatchObject({ status: 'PENDING', committeeCode: 'FC#28', notes: 'hi' })
  expect((await admin.patch(`/api/attendees/${pending.body['data'].id}/`, { status: 'ATTENDED' })).status).toBe(400)
  expect((await admin.post(path, { kocId: '99999', committeeCode: 'm1' })).body['errors']).toHaveProperty('fullName')
  const added = await admin.post(path, { kocId: '99999', committeeCode: 'm1', fullName: 'New Person Here' })
  expect(added.body['data']).toMatchObject({ kocId: '99999', isApproved: false, fullName: 'New Person Here' })
  expect((await admin.mark('70001')).status).toBe(201)
  await line.settled()
  expect(line.data.map((frame) => frame['data'].status)).toEqual(['PENDING', 'ATTENDED'])
  const looked = await admin.get('/api/attendees/search-elector/?koc_id=70001&committee=FC%2328')
  expect(looked.status).toBe(400)
  expect((await admin.get('/api/attendees/search-elector/?koc_id=70001')).body['data'].hasAttended).toBe(true)
})

test('[B45] bulk_mark answers each mark in order and commits those that stand', async () => {
  const { url, store } = await hub()
  const clerk = await signIn(url, 'clerk')
  const line = await live(clerk)
  const marks = [
    { kocId: '70001', committeeCode: 'm1', notes: 'first' },
    { kocId: '70001', committeeCode: 'm1' },
    { kocId: '70002', committeeCode: 'FC#28' },
    { kocId: 'none', committeeCode: 'm1' },
    { committeeCode: 'm1' },
    { kocId: '70003', committeeCode: 'm1' },
  ]
  const answer = await clerk.post('/api/attendees/bulk_mark/', { marks })
  expect(answer.status).toBe(200)
  expect(answer.body['data']).toMatchObject({ created: 2, refused: 4, total: 6 })
  const results = answer.body['data'].results
  expect(results.map((one: Json) => [one.result, one.status])).toEqual([
    ['created', 201],
    ['refused', 400],
    ['refused', 403],
    ['refused', 404],
    ['refused', 400],
    ['created', 201],
  ])
  expect(results[1].message).toContain('already')
  await line.settled()
  expect(line.data.map((frame) => frame['data'].elector_koc_id)).toEqual(['70001', '70003'])
  expect(store.position().seq).toBe(2)
  const many = Array.from({ length: 1001 }, () => marks[0])
  expect((await clerk.post('/api/attendees/bulk_mark/', { marks: many })).status).toBe(400)
})

test('[B46] a given time is kept; on the day a time in the future is refused', async () => {
  const now = Date.parse('2030-01-15T10:00:00Z')
  const official = await hub({ mode: 'official', seed: smallSeed({ mode: 'official' }), now: () => now })
  const admin = await signIn(official.url)
  const early = await admin.mark('70001', 'm1', { attendedAt: '2030-01-15T12:00:00+03:00' })
  expect(early.body['data'].attendedAt).toBe('2030-01-15T12:00:00.000000+03:00')
  const future = await admin.mark('70003', 'm1', { attendedAt: '2030-01-15T10:06:00Z' })
  expect([future.status, Object.keys(future.body['errors'])]).toEqual([400, ['attendedAt']])
  expect((await admin.mark('70003', 'm1', { attendedAt: 'noon' })).status).toBe(400)
  const rehearsal = await hub({ now: () => now })
  expect((await (await signIn(rehearsal.url)).mark('70003', 'm1', { attendedAt: '2031-01-15T10:06:00Z' })).status).toBe(
    201,
  )
})

test('[B47] statistics are right from the first read', async () => {
  const now = Date.parse('2030-01-15T10:00:00Z')
  const { url } = await hub({ now: () => now })
  const admin = await signIn(url)
  await admin.mark('70001', 'm1', { attendedAt: '2030-01-15T05:10:00Z' })
  const second = await admin.mark('70003', 'm1', { attendedAt: '2030-01-15T06:10:00Z' })
  await admin.mark('70005', 'm1', { attendedAt: '2030-01-15T06:20:00Z' })
  await admin.post('/api/attendees/add-pending-elector/', { kocId: '70002', committeeCode: 'm1' })
  const wanted = { committeeCode: 'm1', totalElectors: 6, totalAttended: 3, pendingCount: 1, attendancePercentage: 50 }
  expect((await admin.get('/api/attendees/statistics/m1/')).body['data']).toMatchObject({
    ...wanted,
    hourlyBreakdown: { 8: 1, 9: 2 },
  })
  await admin.patch(`/api/attendees/${second.body['data'].id}/`, { status: 'PENDING' })
  expect((await admin.post('/api/attendees/statistics/m1/refresh/')).body['data']).toMatchObject({
    totalAttended: 2,
    pendingCount: 2,
    hourlyBreakdown: { 8: 1, 9: 1 },
  })
  const committee = await admin.get('/api/attendees/committee/m1/')
  expect(committee.body['data']).toMatchObject({
    committee: { code: 'm1', name: 'Committee M1' },
    statistics: { totalElectors: 6, totalAttended: 2, pending: 2, percentage: 33.33 },
  })
  expect(committee.body['data'].attendance).toHaveLength(4)
})
