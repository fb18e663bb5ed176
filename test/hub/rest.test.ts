import { expect, test } from 'vitest'
import { call, hub, signIn, smallSeed } from './fixture.ts'

test('[B6] success and failure are the family envelope, camelCase at every depth, with the odd joined keys', async () => {
  const { url } = await hub()
  const collector = await signIn(url, 'member')
  await collector.post('/api/guarantees/', { elector: '70001' })
  const list = await collector.get('/api/guarantees/')
  expect(list.body).toMatchObject({ status: 'success', message: 'Guarantees retrieved successfully' })
  expect(list.body['meta'].timestamp).toMatch(/^\d{4}-.*\+00:00$/)
  expect(list.body['meta'].requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(list.body['data'].statistics.byGroup).toEqual([{ group_Name: null, group_Color: null, count: 1 }])
  expect(list.body['data'].statistics.byCommittee).toEqual([
    { elector_Committee_Code: 'm1', elector_Committee_Name: 'Committee M1', count: 1 },
  ])
  expect(list.body['data'].guarantees[0]).toMatchObject({ electorKocId: '70001', isConfirmed: false, hasNotes: false })
  const missing = await call(url, 'GET', '/api/attendance/')
  expect(missing.status).toBe(404)
  expect(missing.body).toEqual({ status: 'error', data: null, message: 'Not found.' })
  expect((await call(url, 'GET', '/api/elections')).body['message']).toContain('slash')
  expect(JSON.stringify(list.body['data'])).not.toMatch(/"[a-z]+_[a-z]+":/)
})

test('[S126] a list of guarantees walked by key makes no figures over all of them with every page', async () => {
  const { url } = await hub()
  const collector = await signIn(url, 'member')
  await collector.post('/api/guarantees/', { elector: '70001' })
  const walked = await collector.get('/api/guarantees/?after=0')
  expect(walked.body['data'].guarantees[0]).toMatchObject({ electorKocId: '70001' })
  expect(walked.body['data'].groups).toEqual([])
  expect(walked.body['data'].statistics).toBeUndefined()
  expect((await collector.get('/api/guarantees/?page=1')).body['data'].statistics.totalGuarantees).toBe(1)
})

test('[B6] a failure inside the hub is 500 in JSON and is logged', async () => {
  const lines: unknown[] = []
  const started = await hub({ log: (line) => lines.push(line) })
  const admin = await signIn(started.url)
  const position = started.store.position()
  started.store.close()
  const failed = await admin.get('/api/elections/')
  expect(failed.status).toBe(500)
  expect(failed.body['status']).toBe('error')
  expect(lines).toContainEqual(expect.objectContaining({ event: 'request.failed' }))
  expect(started.store.position()).toEqual(position)
  // the store is closed: give `stop` one it may close
  started.store.close = () => undefined
})

test('[B7] bodies in camelCase and snake_case mean the same, candidates included', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  expect((await admin.post('/api/attendees/mark/', { koc_id: '70001', committee_code: 'm1' })).status).toBe(201)
  expect((await admin.post('/api/attendees/mark/', { kocId: '70003', committeeCode: 'm1' })).status).toBe(201)
  expect((await admin.post('/api/candidates/', { name: 'Four', candidateNumber: 4 })).status).toBe(201)
  expect((await admin.post('/api/candidates/', { name: 'Five', candidate_number: 5 })).status).toBe(201)
  const missing = await admin.post('/api/attendees/mark/', { committeeCode: 'm1' })
  expect(missing.status).toBe(400)
  expect(missing.body).toEqual({
    status: 'error',
    data: null,
    message: 'koc_id: This field is required.',
    errors: { kocId: ['This field is required.'] },
  })
})

test('[B8] broken, large, deep and poisoned bodies are refused and the hub goes on', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const path = '/api/attendees/mark/'
  expect((await admin.post(path, '{"kocId": "7000')).status).toBe(400)
  const poisoned = '{"__proto__": {"isAdmin": true}, "kocId": "70001", "committeeCode": "m1"}'
  expect((await admin.post(path, poisoned)).status).toBe(400)
  expect((await admin.post(path, '{"constructor": {"prototype": {"kocId": "70001"}}}')).status).toBe(400)
  expect((await admin.post(path, `${'['.repeat(50_000)}${']'.repeat(50_000)}`)).status).toBe(400)
  expect((await admin.post(path, JSON.stringify({ notes: 'x'.repeat(1_100_000) }))).status).toBe(413)
  expect((await admin.post(path, '[]')).status).toBe(400)
  expect((await admin.post(path, 'null')).status).toBe(400)
  const wrong = { token: admin.access, body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
  expect((await call(url, 'POST', path, wrong)).status).toBe(415)
  expect((await admin.post(path, { kocId: 70001, committeeCode: ['m1'] })).body['errors']).toHaveProperty(
    'committeeCode',
  )
  expect((await admin.get('/api/attendees/')).body['data']).toEqual([])
})

test('[B9] lists give 50 a page, up to 500 on request, with links; past the end is 404', async () => {
  const { url } = await hub({ seed: smallSeed({}, 120) })
  const admin = await signIn(url)
  const marks = Array.from({ length: 60 }, (_, index) => ({ kocId: String(70001 + index * 2), committeeCode: 'm1' }))
  expect((await admin.post('/api/attendees/bulk_mark/', { marks })).body['data'].created).toBe(60)
  const first = await admin.get('/api/attendees/')
  expect(first.body['data']).toHaveLength(50)
  expect(first.body['meta'].pagination).toMatchObject({ count: 60, previous: null })
  const next = await admin.get(first.body['meta'].pagination.next.slice(url.length))
  expect(next.body['data']).toHaveLength(10)
  expect(next.body['meta'].pagination.next).toBeNull()
  expect((await admin.get('/api/attendees/?page_size=500')).body['data']).toHaveLength(60)
  const past = await admin.get('/api/attendees/?page=99')
  expect([past.status, past.body['message']]).toEqual([404, 'Invalid page.'])
  expect((await admin.get('/api/attendees/?page=two')).status).toBe(400)
})

test('[B9] walking by key misses nothing while the list grows', async () => {
  const { url } = await hub({ seed: smallSeed({}, 40) })
  const admin = await signIn(url)
  for (const index of [0, 2, 4, 6]) await admin.mark(String(70001 + index))
  const seen: number[] = []
  let path: string | null = '/api/attendees/?page_size=2&after=0'
  while (path !== null) {
    const page = await admin.get(path)
    seen.push(...page.body['data'].map((record: { id: number }) => record.id))
    if (seen.length === 2) await admin.mark('70009')
    path = page.body['meta'].pagination.next?.slice(url.length) ?? null
  }
  expect(seen).toEqual([1, 2, 3, 4, 5])
})

test('[B10] a success carries the place in the stream its data belongs to', async () => {
  const { url, epoch } = await hub()
  const admin = await signIn(url)
  expect((await admin.get('/api/elections/')).body['meta'].position).toEqual({ epoch, seq: 0 })
  expect((await admin.mark('70001')).body['meta'].position).toEqual({ epoch, seq: 1 })
  expect((await admin.get('/api/attendees/')).body['meta'].position).toEqual({ epoch, seq: 1 })
})

test('[B11] a key makes a request happen once, with the same answer, and another body under it is 422', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const key = { 'idempotency-key': 'desk-1:17' }
  const body = { kocId: '70001', committeeCode: 'm1' }
  const first = await admin.post('/api/attendees/mark/', body, key)
  const again = await admin.post('/api/attendees/mark/', body, key)
  expect(again.text).toBe(first.text)
  expect(again.status).toBe(201)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect((await admin.post('/api/attendees/mark/', { ...body, notes: 'other' }, key)).status).toBe(422)
  expect((await admin.get('/api/attendees/')).body['data']).toHaveLength(1)
  const clerk = await signIn(url, 'clerk')
  expect((await clerk.post('/api/attendees/mark/', body, key)).status, 'keys are one account’s own').toBe(400)
})

test('[B11] a refusal is not remembered', async () => {
  const { url } = await hub()
  const member = await signIn(url, 'member')
  const admin = await signIn(url)
  const key = { 'idempotency-key': 'k' }
  const body = { kocId: '70001', committeeCode: 'm1' }
  expect((await member.post('/api/attendees/mark/', body, key)).status).toBe(403)
  await admin.patch(`/api/users/${member.user['id']}/`, { committees: ['m1'] })
  expect((await member.post('/api/attendees/mark/', body, key)).status).toBe(201)
})

test('[B12] browser pages from elsewhere get no permission', async () => {
  const { url, port } = await hub({ allowedOrigins: ['https://desk.example'] })
  const permission = async (origin: string, method = 'GET') =>
    (await call(url, method, '/api/elections/', { headers: { origin } })).headers.get('access-control-allow-origin')
  expect(await permission('https://evil.example')).toBeNull()
  expect(await permission('null')).toBeNull()
  expect(await permission('http://localhost:5173')).toBe('http://localhost:5173')
  expect(await permission(`http://127.0.0.1:${port}`)).toBe(`http://127.0.0.1:${port}`)
  expect(await permission('https://desk.example', 'OPTIONS')).toBe('https://desk.example')
})
