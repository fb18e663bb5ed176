import { expect, test } from 'vitest'
import { hub, type Json, live, type Person, signIn, smallSeed } from './fixture.ts'

const numbers = (frames: Json[]): number[] =>
  frames.flatMap((frame) =>
    frame['type'] === 'skip'
      ? Array.from({ length: frame['seq'] - frame['from'] + 1 }, (_, index) => frame['from'] + index)
      : 'data' in frame
        ? [frame['seq']]
        : [],
  )
const upTo = (count: number, from = 1): number[] => Array.from({ length: count - from + 1 }, (_, index) => index + from)

async function mark(admin: Person, first: number, count: number): Promise<void> {
  const marks = Array.from({ length: count }, (_, index) => ({
    kocId: String(70001 + (first + index) * 2),
    committeeCode: 'm1',
  }))
  const answer = await admin.post('/api/attendees/bulk_mark/', { marks })
  expect(answer.body['data'].created).toBe(count)
}

test('[B39] missed frames come once, in order, and then the live ones, while changes go on', async () => {
  const { url, epoch } = await hub({ seed: smallSeed({}, 4000) })
  const admin = await signIn(url)
  await mark(admin, 0, 1000)
  const line = await live(admin)
  const going = (async () => {
    for (let index = 0; index < 40; index += 1) await mark(admin, 1000 + index * 10, 10)
  })()
  line.send({ type: 'resume', epoch, since: 300 })
  const resumed = await line.until((frame) => frame['type'] === 'resumed')
  expect(resumed['from']).toBe(300)
  await going
  await line.until((frame) => frame['seq'] === 1400 && 'data' in frame)
  await line.settled()
  const after = line.frames.slice(line.frames.indexOf(resumed) + 1)
  expect(numbers(after)).toEqual(upTo(1400, 301))
  expect(resumed['to']).toBeGreaterThanOrEqual(1000)
})

test('[B39] a reader who may not see some of them gets ranges instead, and a second resume starts anew', async () => {
  const { url, epoch } = await hub({ seed: smallSeed({}, 200) })
  const [admin, member] = [await signIn(url), await signIn(url, 'member')]
  for (let index = 0; index < 5; index += 1) await admin.post('/api/guarantees/', { elector: String(70001 + index) })
  await mark(admin, 0, 5)
  for (let index = 5; index < 8; index += 1) await admin.post('/api/guarantees/', { elector: String(70001 + index) })
  const line = await live(member)
  line.send({ type: 'resume', epoch, since: 0 })
  await line.settled()
  expect(numbers(line.frames)).toEqual(upTo(13))
  expect(line.frames.filter((frame) => frame['type'] === 'skip')).toMatchObject([
    { from: 1, seq: 5, epoch },
    { from: 11, seq: 13, epoch },
  ])
  line.send({ type: 'resume', epoch, since: 11 })
  line.send({ type: 'resume', epoch, since: 12 })
  await line.settled()
  expect(numbers(line.frames.slice(line.frames.findLastIndex((frame) => frame['type'] === 'resumed')))).toEqual([13])
})

test('[B40] another epoch, a place too old and a place in the future are answered with resync', async () => {
  const { url, epoch } = await hub({ seed: smallSeed({}, 5000), limits: { keepFrames: 1000 } })
  const admin = await signIn(url)
  await mark(admin, 0, 1000)
  await mark(admin, 1000, 1000)
  const line = await live(admin)
  for (const [wish, because] of [
    [{ epoch: 'other', since: 2000 }, 'epoch'],
    [{ epoch, since: 0 }, 'too-old'],
    [{ epoch, since: 999 }, 'too-old'],
    [{ epoch, since: 2001 }, 'ahead'],
  ] as const) {
    const before = line.frames.length
    line.send({ type: 'resume', ...wish })
    await line.settled()
    expect(line.frames[before]).toEqual({ type: 'resync', epoch, seq: 2000, because })
  }
  line.send({ type: 'resume', epoch, since: 1000 })
  await line.settled()
  await line.until((frame) => frame['seq'] === 2000 && 'data' in frame)
  expect(numbers(line.frames)).toEqual(upTo(2000, 1001))
})

test('[B42] the next chunk of missed frames waits until the last has left', async () => {
  const { url, epoch, desks } = await hub({ seed: smallSeed({}, 20_000), limits: { bufferedBytes: 1024 } })
  const admin = await signIn(url)
  const notes = 'x'.repeat(1000)
  for (let index = 0; index < 9; index += 1) {
    const marks = Array.from({ length: 1000 }, (_, one) => ({
      kocId: String(70001 + (index * 1000 + one) * 2),
      committeeCode: 'm1',
      notes,
    }))
    await admin.post('/api/attendees/bulk_mark/', { marks })
  }
  const line = await live(admin)
  line.socket.pause()
  line.send({ type: 'resume', epoch, since: 0 })
  const other = await live(admin)
  await other.settled()
  // 9 MB wait in the store, not in the hub's memory: the paused reader is neither flooded nor closed
  expect(desks.count).toBe(2)
  // what happens meanwhile waits its turn behind them
  await mark(admin, 9000, 1)
  await other.until((frame) => frame['seq'] === 9001)
  line.socket.resume()
  await line.until((frame) => frame['seq'] === 9001 && 'data' in frame)
  await line.settled()
  expect(numbers(line.frames)).toEqual(upTo(9001))
})
