import { expect, test } from 'vitest'
import type { Reader } from '../../src/core/backend/backend.ts'
import { Reconcile } from '../../src/core/ingest/reconcile.ts'
import { ok } from '../../src/shared/result.ts'
import { LogLines } from '../doubles/log-lines.ts'
import { bookOnDisk, frame, must } from '../core/journal/on-disk.ts'
import { results } from '../core/projection/records.ts'
import { Arrival, NO_SOCKET } from '../../src/core/arrival.ts'
import { electionCodec } from '../../src/core/backend/election/codec.ts'
import { Deafness } from '../../src/core/ingest/deafness.ts'
import { Ingest, type IngestEvents } from '../../src/core/ingest/ingest.ts'
import { NUMBERED, ReadingPlan, UNNUMBERED } from '../../src/core/ingest/reading-plan.ts'
import { type Position, TOPICS, type Topic } from '../../src/shared/model/change.ts'
import { isRead } from '../../src/shared/model/trust.ts'
import type { User } from '../../src/shared/view/session.ts'
import { fixedRandom } from '../doubles/seeded-random.ts'
import { readingDesk } from '../core/ingest/reading-desk.ts'

/** A plan whose every topic has cost so many calls. */
function planAfter(calls: number, chance = 0.5): ReadingPlan {
  const plan = new ReadingPlan(UNNUMBERED, fixedRandom(chance), 0)
  plan.looked('quiet', 0)
  for (const topic of TOPICS) plan.read(topic, calls, 0)
  return plan
}
const sweptAt = (plan: ReadingPlan, topic: Topic): number => {
  for (let at = 0; at < 1_000_000; at += 500) if (plan.take(at) === topic) return at
  throw new Error('never')
}

test.each([
  [1, 40_000],
  [4, 72_000],
  [100, 120_000],
])('[D201] topics of %d calls each are swept after %d ms, and their claims end at twice that', (calls, sweep) => {
  expect(planAfter(calls).oldestClaim).toBe(sweep * 2)
  expect(sweptAt(planAfter(calls), 'phase')).toBe(sweep)
  expect(sweptAt(planAfter(calls, 0), 'phase')).toBe(sweep * 0.75)
})

test('[D201] a claim ends although a read hangs; nothing is said of a numbered stream', async () => {
  for (const policy of [UNNUMBERED, NUMBERED]) {
    const { book, clock, reconcile, state } = readingDesk({ policy, auto: true })
    reconcile.want(TOPICS)
    await clock.advance(1_000)
    expect(TOPICS.every((topic) => isRead(book.projection.trust.of(topic)))).toBe(true)
    const readAt = clock.now() - 1_000
    state.auto = false
    await clock.advance(UNNUMBERED.sweep.most * 2 + 10_000)
    const trust = book.projection.trust.of('counts')
    if (policy === NUMBERED) expect(trust.state).toBe('confirmed')
    else expect(trust).toEqual({ state: 'doubtful', because: 'read-overdue', since: readAt, confirmedAt: readAt })
  }
})

test('[D202] after 75 s without an answer no claim stands', async () => {
  const { book, clock, reconcile, state } = readingDesk({ auto: true })
  reconcile.want(TOPICS)
  await clock.advance(1_000)
  state.auto = false
  await clock.advance(74_000)
  expect(isRead(book.projection.trust.of('counts'))).toBe(true)
  await clock.advance(15_000)
  expect(TOPICS.map((topic) => book.projection.trust.of(topic).state)).toEqual(TOPICS.map(() => 'doubtful'))
})

test('[D203] a total that moved untold is doubted at once, since the look before, until it is read', async () => {
  const { book, clock, reconcile, state, topics, asked } = readingDesk({ auto: true })
  state.totals = { attendance: '10', counts: '3' }
  reconcile.want(TOPICS)
  await clock.advance(20_000)
  const lastLook = asked.findLast(({ topic }) => topic === 'totals')!
  const since = clock.now() - (clock.elapsed() - lastLook.at)
  const counts = book.projection.trust.of('counts')
  state.totals = { attendance: '11', counts: '3' }
  state.auto = false
  const before = asked.length
  while (asked.length === before) await clock.advance(250)
  expect(topics().at(-1)).toBe('totals')
  asked.at(-1)!.answer()
  await clock.advance(1)
  expect(book.projection.trust.of('attendance')).toMatchObject({ state: 'doubtful', because: 'gap', since })
  expect(book.projection.trust.of('counts')).toEqual(counts)
  expect(topics().at(-1)).toBe('attendance')
  asked.at(-1)!.answer()
  await clock.advance(1)
  expect(book.projection.trust.of('attendance')).toMatchObject({ state: 'provisional', frames: 0 })
})

test('[D217] the end of the first reading is told although frames go on asking for reads', async () => {
  const { clock, reconcile, state, asked } = readingDesk({ policy: { ...NUMBERED, confirm: UNNUMBERED.confirm } })
  reconcile.want(TOPICS)
  for (let read = 0; read < 40 && state.settled === 0; read++) {
    await clock.advance(1)
    // Each answer takes so long that the next confirmation is due when it comes.
    reconcile.confirm(['attendance', 'counts'])
    await clock.advance(9_000)
    asked.at(-1)!.answer()
    await clock.advance(1)
  }
  expect(state.settled).toBe(1)
})

test('[D204] the first thing asked is the totals', async () => {
  const { clock, reconcile, topics } = readingDesk({ auto: true })
  reconcile.want(TOPICS)
  await clock.advance(100)
  expect(topics().slice(0, 2)).toEqual(['totals', 'phase'])
})

test.each([
  [1, 3_000],
  [14, 7_000],
  [500, 60_000],
])('[D206] what frames told of a topic of %d calls is read after %d ms', (calls, wait) => {
  const plan = planAfter(calls)
  plan.confirm('attendance', 0)
  plan.confirm('attendance', wait - 1)
  expect([plan.isWanted(wait - 1), plan.isWanted(wait)]).toEqual([false, true])
})

test('[D214] a frame brings the next look within 12.5 s, however quiet it was before', () => {
  const plan = new ReadingPlan(UNNUMBERED, fixedRandom(1), 0)
  for (let look = 0; look < 10; look++) plan.looked('quiet', look * 40_000)
  const now = 9 * 40_000
  expect(plan.isLookDue(now + 37_000)).toBe(false)
  plan.confirm('attendance', now + 1_000)
  expect([plan.isLookDue(now + 13_000), plan.isLookDue(now + 13_500)]).toEqual([false, true])
})

test('[D207] a socket is ended when two looks in a row found what no frame told, and not again for 5 min', () => {
  const deafness = new Deafness()
  const looks: readonly (readonly [since: number, toldAt: number, now: number])[] = [
    [0, 3, 10],
    [10, 3, 20],
    [20, 25, 30],
    [30, 25, 40],
    [40, 25, 50],
    [50, 25, 60],
    [60, 25, 300_000],
    [60, 25, 300_050],
  ]
  expect(looks.map((look) => deafness.untold(...look))).toEqual([
    ...[false, false, false, false, true],
    ...[false, false, true],
  ])
})

test('[D207] on a busy day too: what moved between two looks counts although it was read between them', async () => {
  const { asked, clock, reconcile, state } = readingDesk({ policy: UNNUMBERED })
  reconcile.want(TOPICS)
  let answered = 0
  for (let step = 0; step < 1_200; step++) {
    if (step % 20 === 0) state.totals = { ...state.totals, attendance: `${step}` }
    // Each answer takes its time, so that a read begins after the look that asked for it.
    const waiting = asked[answered]
    await clock.advance(50)
    if (waiting === undefined) continue
    answered++
    waiting.answer()
  }
  expect(state.untold).toBeGreaterThanOrEqual(4)
})

const NOTHING: IngestEvents = {
  hello: () => {},
  pong: () => {},
  resumed: () => {},
  resync: () => {},
  lost: () => {},
  reached: () => {},
  unclear: () => {},
  told: () => {},
  failed: () => {},
}
const COLLECTOR: User = {
  id: 7,
  email: 'dana@ems.example',
  name: 'Dana Test',
  role: 'USER',
  committees: ['m1'],
} as unknown as User // branded ids

function arrivalAt(features: readonly 'seq'[], position: Position | null) {
  const desk = bookOnDisk()
  const { book, clock } = desk
  const log = new LogLines()
  const [topics, told]: [Topic[], string[]] = [[], []]
  const reader: Reader = {
    calls: () => topics.length,
    me: () => Promise.reject(new Error('not asked for here')),
    totals: async () => ok({}),
    read: async (topic, onPart) => {
      topics.push(topic)
      const change = { kind: 'election', op: 'upsert', key: 1, record: {} } as never // only its key is looked at
      if (topic === 'phase')
        onPart({ topic, scope: { is: 'kind', kind: 'election' }, changes: [change], position: null })
      return ok(undefined)
    },
  }
  const ingest = new Ingest(
    clock,
    electionCodec,
    () => book,
    () => COLLECTOR,
    NOTHING,
  )
  const reconcile = new Reconcile(clock, fixedRandom(0.5), reader, log, {
    settled: () => arrival.settled(),
    answered: () => {},
    untold: () => {},
    stuck: () => {},
    refused: () => {},
  })
  const arrival: Arrival = new Arrival({
    clock,
    log,
    codec: electionCodec,
    reader,
    ingest,
    reconcile,
    send: () => {},
    bookOf: () => book,
    caughtUp: () => void told.push('caught up'),
    fellBehind: () => void told.push('fell behind'),
  })
  const hello = { ...NO_SOCKET, features: new Set(features), position }
  return { ...desk, topics, arrival, ingest, told, hello }
}

test('[D205] after a stall everything is doubted since the silence began, and read', async () => {
  const { arrival, hello, clock, book, topics, told } = arrivalAt([], null)
  await arrival.arrive(hello)
  await clock.advance(1_000)
  expect([arrival.stage, ...told]).toEqual(['here', 'caught up'])
  const [before, since] = [topics.length, clock.now() - 11_000]
  arrival.stalled(since)
  for (const topic of TOPICS)
    expect(book.projection.trust.of(topic)).toMatchObject({ state: 'doubtful', because: 'silent', since })
  await clock.advance(1_000)
  expect(new Set(topics.slice(before))).toEqual(new Set(TOPICS))
  expect([arrival.stage, ...told]).toEqual(['here', 'caught up', 'fell behind', 'caught up'])
  expect(isRead(book.projection.trust.of('counts'))).toBe(true)
})

test('[D205] a numbered stream needs no reading after a stall, nor does a link that is away', async () => {
  const numbered = arrivalAt(['seq'], { epoch: 'e', seq: 4 })
  await numbered.arrival.arrive(numbered.hello)
  await numbered.clock.advance(1_000)
  const before = numbered.topics.length
  numbered.arrival.stalled(0)
  await numbered.clock.advance(1_000)
  expect([numbered.topics.length, numbered.arrival.stage]).toEqual([before, 'here'])
  const away = arrivalAt([], null)
  away.arrival.stalled(0)
  expect(away.arrival.stage).toBe('away')
})

test('[D210] the frames of one generation of results make one notice; their publication another', async () => {
  const { book, clock } = bookOnDisk()
  const tell = (status: 'DRAFT' | 'PRELIMINARY' | 'PUBLISHED') => must(book, [frame(results({ status }))])
  const notices = () => book.feed.items.map(({ what }) => (what.is === 'results' ? what.status : what.is))
  tell('DRAFT')
  const [first] = book.feed.items
  await clock.advance(300)
  tell('PRELIMINARY')
  tell('PRELIMINARY')
  expect(notices()).toEqual(['PRELIMINARY'])
  expect(book.feed.items[0]?.id).toBe(first?.id)
  await clock.advance(10_000)
  tell('PUBLISHED')
  expect(notices()).toEqual(['PUBLISHED', 'PRELIMINARY'])
})

const guaranteeFrame = (id: number) =>
  JSON.stringify({
    type: 'guarantee_update',
    action: 'created',
    data: {
      ...{ id, elector_koc_id: '0100', elector_name: 'A Secret Name', elector_mobile: '51234567' },
      ...{ elector_committee_name: 'm1', guarantee_status: 'GUARANTEED', confirmation_status: 'PENDING' },
      ...{ group: null, group_name: null, group_color: null, mobile: '', quick_note: 'A Secret Note' },
      ...{ has_notes: false, created_at: '2026-03-07T08:00:00+03:00' },
    },
    timestamp: '2026-03-07T05:00:00Z',
  })
const attendanceFrame = (id: number, committee: string) =>
  JSON.stringify({
    type: 'attendance_update',
    action: 'created',
    data: {
      ...{ id, elector_koc_id: '0100', elector_name: `Name at ${committee}`, committee_code: committee },
      ...{ marked_by_name: 'B', attended_at: '2026-03-07T08:00:00+03:00', notes: '', status: 'ATTENDED' },
    },
    timestamp: '2026-03-07T05:00:00Z',
  })

test('[D209] what frames say of others’ guarantees and committees is not in the journal', async () => {
  const { arrival, hello, ingest, clock, book } = arrivalAt([], null)
  await arrival.arrive(hello)
  await clock.advance(1_000)
  for (const frame of [guaranteeFrame(5), attendanceFrame(6, 'm2'), attendanceFrame(7, 'm1')]) ingest.receive(frame)
  await clock.advance(1)
  const texts: string[] = []
  book.journal.recover((record) => void texts.push(JSON.stringify(record.event)))
  const journal = texts.join('\n')
  expect(journal).toContain('Name at m1')
  expect(journal).not.toMatch(/Secret|Name at m2|51234567/)
  expect(book.projection.trust.of('guarantees').state).toBe('provisional')
  expect([ingest.meters.hidden, book.projection.of('guarantee').size]).toEqual([1, 0])
})

test('[D209] of a frame that was not understood the form is kept, and nobody’s name', async () => {
  const { arrival, hello, ingest, clock, book } = arrivalAt([], null)
  await arrival.arrive(hello)
  await clock.advance(1_000)
  const strange = guaranteeFrame(4).replace('"has_notes":false', '"has_notes":"A \\"Secret\\" word"')
  for (const frame of [strange, strange.slice(0, 150), strange.replace(/:/g, ' : ')]) ingest.receive(frame)
  await clock.advance(1)
  const kept: string[] = []
  book.journal.recover(({ event }) => void (event.is === 'quarantined' && kept.push(event.excerpt)))
  expect(kept).toHaveLength(3)
  for (const excerpt of kept) {
    expect(excerpt).toContain('elector_name')
    expect(excerpt).not.toMatch(/Secret|51234567|0100/)
  }
})
