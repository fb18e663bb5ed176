import { expect, test } from 'vitest'
import { hub, live, signIn } from './fixture.ts'

test('[B10] a mark becomes one frame with a number', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const line = await live(admin)
  const hello = line.frames[0]!
  expect(hello).toMatchObject({ type: 'connection_success', seq: 0, mode: 'rehearsal' })
  const marked = await admin.mark('70001')
  expect(marked.status, marked.text).toBe(201)
  const frame = await line.until((one) => one['type'] === 'attendance_update')
  expect(frame).toMatchObject({ action: 'created', seq: 1, epoch: hello['epoch'] })
  expect(marked.body['meta'].position).toEqual({ epoch: hello['epoch'], seq: 1 })
  const list = await admin.get('/api/elections/committees/')
  expect(list.body['data'][0]).toMatchObject({ code: 'm1', electorCount: 6, attendanceCount: 1 })
  line.send({ type: 'resume', epoch: hello['epoch'], since: 0 })
  await line.until((one) => one['type'] === 'resumed')
  await line.settled()
  expect(line.data.map((one) => one['seq'])).toEqual([1, 1])
})
