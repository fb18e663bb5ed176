import { expect, test } from 'vitest'
import { NUMBERED, UNNUMBERED } from '../../../src/core/ingest/reading-plan.ts'
import { type Change, TOPICS } from '../../../src/shared/model/change.ts'
import { isRead } from '../../../src/shared/model/trust.ts'
import { frame, live, must, read } from '../journal/on-disk.ts'
import { attendance, code, committee, count, election, guarantee } from '../projection/records.ts'
import { readingDesk } from './reading-desk.ts'

const answer = (status: number, retryAfterMs: number | null = null) => ({
  is: 'answer' as const,
  status,
  message: 'no',
  errors: null,
  retryAfterMs,
})
const part = (name: string, changes: readonly ReturnType<typeof attendance>[], seq: number | null, epoch = 'e') => ({
  topic: 'attendance' as const,
  scope: { is: 'committee' as const, code: code(name) },
  changes,
  position: seq === null ? null : { epoch, seq },
})

test('[D30] reads go one after the other, names before figures', async () => {
  const { clock, reconcile, state, asked, topics } = readingDesk({ policy: NUMBERED })
  reconcile.want(TOPICS)
  for (let read = 0; read < TOPICS.length; read++) {
    await clock.advance(10)
    expect(asked.length).toBe(read + 1)
    asked[read]?.answer()
  }
  await clock.advance(10)
  expect(topics()).toEqual(['phase', 'committees', 'attendance', 'counts', 'guarantees', 'results'])
  expect(state.mostInFlight).toBe(1)
})

test('[D31] wishes become one read, at the earliest time wished for', async () => {
  const { clock, reconcile, asked, last, topics } = readingDesk({ policy: NUMBERED })
  reconcile.want(['counts'], 9_000)
  reconcile.want(['counts'], 4_000)
  for (let frames = 0; frames < 100; frames++) reconcile.confirm(['counts'])
  await clock.advance(3_999)
  expect(asked).toEqual([])
  await clock.advance(1)
  expect(topics()).toEqual(['counts'])
  last().answer()
  await clock.advance(60_000)
  expect(asked.length).toBe(1)
})

test('[D31] a wish made while its topic is being read becomes one more read', async () => {
  const { clock, reconcile, asked, last } = readingDesk({ policy: NUMBERED })
  reconcile.want(['counts'])
  await clock.advance(1)
  reconcile.want(['counts'])
  reconcile.want(['counts'])
  last().answer()
  await clock.advance(1)
  expect(asked.length).toBe(2)
  last().answer()
  await clock.advance(60_000)
  expect(asked.length).toBe(2)
})

test('[D32] a failed read doubts its topic, and is tried again at growing distances up to 30 s', async () => {
  const { book, clock, reconcile, asked, last } = readingDesk({ policy: NUMBERED, chance: 0.999 })
  must(book, [{ is: 'covered', topic: 'counts', from: clock.now(), after: book.journal.cursor, settles: 0 }])
  reconcile.want(['counts'])
  await clock.advance(1)
  const waits: number[] = []
  for (let failure = 0; failure < 8; failure++) {
    const failedAt = clock.elapsed()
    last().refuse({ is: 'network', fault: { is: 'reset', detail: '' } })
    await clock.advance(0)
    expect(book.projection.trust.of('counts')).toMatchObject({ state: 'doubtful', because: 'read-failed' })
    const before = asked.length
    while (asked.length === before) await clock.advance(50)
    waits.push(Math.round((last().at - failedAt) / 1_000))
  }
  expect(waits).toEqual([2, 4, 8, 16, 30, 30, 30, 30])
  last().answer()
  await clock.advance(0)
  expect(book.projection.trust.of('counts').state).toBe('confirmed')
})

test('[D32] the server’s Retry-After is waited for', async () => {
  const { clock, reconcile, asked, last } = readingDesk({ policy: NUMBERED })
  reconcile.want(['counts'])
  await clock.advance(1)
  last().refuse(answer(429, 45_000))
  await clock.advance(44_999)
  expect(asked.length).toBe(1)
  await clock.advance(1)
  expect(asked.length).toBe(2)
})

test('[D32] frames that come meanwhile do not hasten the next try', async () => {
  const { clock, reconcile, asked, last } = readingDesk({ policy: NUMBERED })
  reconcile.want(['counts'])
  await clock.advance(1)
  last().refuse(answer(503, 20_000))
  await clock.advance(0)
  for (let second = 0; second < 19; second++) {
    reconcile.confirm(['counts'])
    await clock.advance(1_000)
  }
  expect(asked.length).toBe(1)
})

test('[D33] what may not be read is said so, and asked again only with the next sweep', async () => {
  const { book, clock, reconcile, asked, last } = readingDesk({ policy: NUMBERED })
  reconcile.want(['results'])
  await clock.advance(1)
  last().refuse(answer(403))
  await clock.advance(NUMBERED.sweep.most - 2_000)
  expect(asked.length).toBe(1)
  expect(book.projection.trust.of('results')).toMatchObject({ because: 'not-allowed' })
  await clock.advance(3_000)
  expect(asked.length).toBeGreaterThan(1)
})

test('[D34] a quiet server is looked at less and less, down to every 30 s; a busy one every 5 s', async () => {
  const { clock, state, asked } = readingDesk({ auto: true })
  state.totals = { attendance: '10', counts: '3' }
  const gaps = () => {
    const looks = asked.filter(({ topic }) => topic === 'totals').map(({ at }) => at)
    return looks.slice(1).map((at, index) => at - looks[index]!)
  }
  await clock.advance(150_000)
  expect(gaps()[0]).toBeLessThan(10_000)
  expect(gaps().at(-1)).toBe(30_000)
  expect(gaps().toSorted((a, b) => a - b)).toEqual(gaps())
  for (let moved = 0; moved < 40; moved++) {
    state.totals = { attendance: String(11 + moved), counts: '3' }
    await clock.advance(5_000)
  }
  expect(gaps().at(-1)).toBe(5_000)
})

test('[D34] only what moved is read, and is doubted until then where no frame told of it', async () => {
  const { book, clock, state, asked, topics } = readingDesk({ auto: true })
  state.totals = { attendance: '10', counts: '3', guarantees: '1' }
  await clock.advance(10)
  const lookedAt = clock.now() - 10
  for (const topic of TOPICS)
    must(book, [{ is: 'covered', topic, from: lookedAt - 1, after: book.journal.cursor, settles: 0 }])
  must(book, [frame(count(1, 1, 5))])
  const doubts: unknown[] = []
  book.listen({ written: ({ event }) => event.is === 'doubted' && doubts.push(event) })
  state.totals = { attendance: '11', counts: '4', guarantees: '1' }
  asked.length = 0
  await clock.advance(7_600)
  expect(topics()).toEqual(['totals', 'attendance', 'counts'])
  expect(doubts).toEqual([{ is: 'doubted', topics: ['attendance'], since: lookedAt, because: 'gap' }])
  expect(book.projection.trust.of('attendance')).toMatchObject({ state: 'provisional', frames: 0 })
})

test('[D35] what takes many calls is read less often', async () => {
  const anHour = async (calls: number) => {
    const { clock, state, asked, reconcile } = readingDesk({ auto: true })
    state.callsEach = calls
    reconcile.want(TOPICS)
    await clock.advance(3_600_000)
    return asked.filter(({ topic }) => topic === 'counts').length
  }
  expect(await anHour(1)).toBeGreaterThan(80)
  const dear = await anHour(20)
  expect(dear).toBeGreaterThan(25)
  expect(dear).toBeLessThan(35)
})

test('[D34] what moved between the first reading and the first look is read', async () => {
  const { clock, reconcile, state, topics, parts } = readingDesk({ auto: true })
  state.totals = { attendance: '10' }
  reconcile.want(TOPICS)
  await clock.advance(50)
  // A frame of this change was lost in silence.
  state.totals = { attendance: '11' }
  parts.set('attendance', [part('C1', [attendance(1)], null)])
  const before = topics().length
  await clock.advance(15_000)
  expect(topics().slice(before)).toContain('attendance')
})

test('[D34] a stream that tells of everything needs no totals', async () => {
  const { clock, topics } = readingDesk({ policy: NUMBERED, auto: true })
  await clock.advance(600_000)
  expect(topics()).toEqual([])
})

test('[D35] everything is read again although nothing moved, at a moment of each desk’s own', async () => {
  const firstSweeps: number[] = []
  for (const chance of [0, 0.5, 0.99]) {
    const { clock, asked, topics } = readingDesk({ policy: NUMBERED, chance, auto: true })
    await clock.advance(NUMBERED.sweep.most * 1.3)
    expect([...topics()].sort()).toEqual([...TOPICS].sort())
    firstSweeps.push(asked[0]!.at)
  }
  expect(new Set(firstSweeps).size).toBe(3)
  for (const at of firstSweeps) expect(Math.abs(at / NUMBERED.sweep.most - 1)).toBeLessThan(0.26)
})

test('[D36] once nothing was answered for 75 s no claim stands, whatever hangs', async () => {
  const { book, clock, reconcile, last } = readingDesk()
  await clock.advance(0)
  last().answer()
  await clock.advance(0)
  const readAt = clock.now()
  for (const topic of TOPICS)
    must(book, [{ is: 'covered', topic, from: readAt, after: book.journal.cursor, settles: 0 }])
  reconcile.want(['counts'])
  await clock.advance(74_000)
  expect(isRead(book.projection.trust.of('guarantees'))).toBe(true)
  await clock.advance(10_000)
  for (const topic of TOPICS)
    expect(book.projection.trust.of(topic)).toMatchObject({ because: 'read-overdue', since: readAt })
})

test('[D36] a claim ends with its age although all else is answered', async () => {
  const { book, clock, state } = readingDesk({ auto: true })
  for (const topic of TOPICS)
    must(book, [{ is: 'covered', topic, from: clock.now(), after: book.journal.cursor, settles: 0 }])
  state.hangs = 'guarantees'
  await clock.advance(UNNUMBERED.sweep.most * 3)
  expect(book.projection.trust.of('guarantees')).toMatchObject({ state: 'doubtful', because: 'read-overdue' })
})

test('[D261] a clock set back ends every claim, and each topic is read again', async () => {
  const { book, clock, state } = readingDesk({ auto: true })
  await clock.advance(1_000)
  for (const topic of TOPICS)
    must(book, [{ is: 'covered', topic, from: clock.now(), after: book.journal.cursor, settles: 0 }])
  state.hangs = 'guarantees'
  clock.setWall(-1_000)
  await clock.advance(6_000)
  expect(isRead(book.projection.trust.of('guarantees'))).toBe(true)
  clock.setWall(-20_000)
  await clock.advance(6_000)
  const trust = book.projection.trust.of('guarantees')
  expect(trust).toMatchObject({ state: 'doubtful', because: 'read-overdue' })
  expect(trust.state === 'doubtful' && trust.since <= clock.now()).toBe(true)
  await clock.advance(30_000)
  expect(isRead(book.projection.trust.of('attendance'))).toBe(true)
})

test('[D36] a numbered stream keeps its claims without a read', async () => {
  const { book, clock, reconcile } = readingDesk({ policy: NUMBERED })
  for (const topic of TOPICS)
    must(book, [{ is: 'covered', topic, from: clock.now(), after: book.journal.cursor, settles: 0 }])
  reconcile.want(['counts'])
  await clock.advance(600_000)
  expect(book.projection.trust.of('guarantees').state).toBe('confirmed')
})

test('[D37] after stop a late answer changes nothing and no timer is left', async () => {
  const { book, clock, reconcile, last, state } = readingDesk({ policy: NUMBERED })
  reconcile.want(['attendance'])
  await clock.advance(1)
  const late = last()
  reconcile.stop()
  expect(late.stopped()).toBe(true)
  const cursor = book.journal.cursor
  late.answer([part('C1', [attendance(1)], null)])
  await clock.advance(600_000)
  expect([book.journal.cursor, state.settled, clock.pending]).toEqual([cursor, 0, 0])
})

test('[D37] an answer of an earlier run does not stand in for one of this run', async () => {
  const { book, clock, reconcile, asked } = readingDesk({ policy: NUMBERED })
  reconcile.want(['attendance'])
  await clock.advance(1)
  reconcile.start(book, NUMBERED)
  reconcile.want(['attendance'])
  await clock.advance(1)
  expect(asked.length).toBe(2)
  asked[0]?.answer([part('C1', [attendance(1)], null)])
  await clock.advance(1)
  expect(book.projection.trust.of('attendance').state).toBe('doubtful')
  asked[1]?.answer([])
  await clock.advance(1)
  expect(book.projection.of('attendance').size).toBe(0)
  expect(book.projection.trust.of('attendance').state).toBe('confirmed')
})

test('[D38] the end of reading is told once nothing is left to read', async () => {
  const { clock, reconcile, last, state } = readingDesk({ policy: NUMBERED })
  reconcile.want(['phase', 'counts'])
  await clock.advance(1)
  last().answer()
  await clock.advance(1)
  expect(state.settled).toBe(0)
  last().answer()
  await clock.advance(1)
  expect([state.settled, reconcile.busy]).toEqual([1, false])
})

test('[D38] a sign-out is told, and not tried again', async () => {
  const { clock, reconcile, last, state } = readingDesk({ policy: NUMBERED })
  reconcile.want(['counts'])
  await clock.advance(1)
  last().refuse({ is: 'signed-out' })
  await clock.advance(1)
  expect(state.stuck).toBe(1)
})

test('[D41] what the disk refuses is told, not covered, and read again', async () => {
  const { book, clock, disk, reconcile, asked, last, state } = readingDesk({ policy: NUMBERED })
  reconcile.want(['attendance'])
  await clock.advance(1)
  disk.failWith('full')
  last().answer([part('C1', [attendance(1)], null)])
  await clock.advance(1)
  expect([state.stuck, state.refused]).toEqual([0, ['full']])
  expect(book.projection.of('attendance').size).toBe(0)
  expect(book.projection.trust.of('attendance').state).toBe('doubtful')
  disk.failWith(null)
  await clock.advance(2_500)
  expect(asked.length).toBe(2)
  last().answer([part('C1', [attendance(1)], null)])
  await clock.advance(10_000)
  last().answer([part('C1', [attendance(1)], null)])
  await clock.advance(1)
  expect(book.projection.of('attendance').size).toBe(1)
  expect(book.projection.trust.of('attendance').state).toBe('confirmed')
})

test('[D39] a read that left its topic in doubt is followed by another', async () => {
  const { book, clock, reconcile, asked, last } = readingDesk({ policy: NUMBERED })
  reconcile.want(['counts'])
  await clock.advance(1)
  must(book, [{ is: 'doubted', topics: ['counts'], since: clock.now(), because: 'frame-not-understood' }])
  last().answer()
  await clock.advance(NUMBERED.confirm.most * 1.3)
  expect(asked.length).toBe(2)
  last().answer()
  await clock.advance(60_000)
  expect(asked.length).toBe(2)
  expect(book.projection.trust.of('counts').state).toBe('confirmed')
})

test('[D39] a frame too young to be confirmed brings another read', async () => {
  const { book, clock, reconcile, asked } = readingDesk({ auto: true })
  must(book, [frame(guarantee(1))])
  reconcile.want(['guarantees'])
  await clock.advance(60_000)
  expect(asked.filter(({ topic }) => topic === 'guarantees').length).toBe(2)
  expect(book.projection.trust.of('guarantees')).toMatchObject({ state: 'provisional', frames: 0 })
})

test('[D40] a look that fails changes nothing and the next comes after the longest wait', async () => {
  const { book, clock, asked, last, reconcile } = readingDesk()
  while (asked.length === 0) await clock.advance(100)
  const before = book.journal.cursor
  const failedAt = clock.elapsed()
  last().refuse(answer(500))
  await clock.advance(29_999)
  expect(asked.length).toBe(1)
  await clock.advance(1)
  expect(asked.length).toBe(2)
  expect(last().at - failedAt).toBe(30_000)
  expect([book.journal.cursor, reconcile.meters.readFailures]).toEqual([before, 1])
})

test('[D25] a frame up to the oldest position of a read’s parts is in it; a later one is applied', async () => {
  const { book, clock, reconcile, last } = readingDesk({ policy: NUMBERED })
  must(book, [read(committee(1))])
  reconcile.want(['attendance'])
  await clock.advance(1)
  last().answer([part('C1', [attendance(1)], 14), part('C2', [], 12)])
  await clock.advance(1)
  must(book, [live(attendance(9), 12), live(attendance(8), 13)])
  expect([...book.projection.of('attendance').keys()].sort()).toEqual([1, 8])
})

test.each([
  ['one without a position', [part('C1', [], 14), part('C2', [], null)]],
  ['one of another epoch', [part('C1', [], 14), part('C2', [], 90, 'f')]],
])('[D25] with %s among its parts a read holds back no frame', async (_what, parts) => {
  const { book, clock, reconcile, last } = readingDesk({ policy: NUMBERED })
  reconcile.want(['attendance'])
  await clock.advance(1)
  last().answer(parts)
  await clock.advance(1)
  must(book, [live(attendance(9), 3)])
  expect([...book.projection.of('attendance').keys()]).toEqual([9])
})

test('[D25] a record that a read found gone is not brought back by a frame from before the read', async () => {
  const { book, clock, reconcile, last } = readingDesk({ policy: NUMBERED })
  must(book, [live(attendance(1), 4)])
  reconcile.want(['attendance'])
  await clock.advance(1)
  last().answer([part('C1', [], 9)])
  must(book, [live(attendance(1, { notes: 'late' }), 8)])
  await clock.advance(1)
  must(book, [live(attendance(1, { notes: 'later' }), 9)])
  expect(book.projection.of('attendance').size).toBe(0)
  must(book, [live(attendance(1, { notes: 'anew' }), 10)])
  expect(book.projection.of('attendance').size).toBe(1)
})

test('[D45] another election is not written into this journal; the reading is stuck', async () => {
  const { book, clock, reconcile, last, state } = readingDesk({ policy: NUMBERED })
  reconcile.want(['phase'])
  await clock.advance(1)
  const other = { ...election(), key: 2 } as Change
  last().answer([{ topic: 'phase', scope: { is: 'kind', kind: 'election' }, changes: [other], position: null }])
  await clock.advance(1)
  expect([state.stuck, book.projection.of('election').size]).toEqual([1, 0])
  expect(book.projection.trust.of('phase').state).toBe('doubtful')
})
