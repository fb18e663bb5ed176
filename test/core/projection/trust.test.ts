import { describe, expect, test } from 'vitest'
import { COMMIT_GRACE } from '../../../src/core/ingest/difference.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import type { TopicTrust } from '../../../src/shared/model/trust.ts'
import { bookOnDisk, frame, live, must, read } from '../journal/on-disk.ts'
import { attendance, committee, guarantee, removal } from './records.ts'

type State = TopicTrust['state']
/** Doubtful topics differ by what would end the doubt. */
type Standing = Exclude<State, 'doubtful'> | 'read, unnumbered' | 'doubtful: frames missing' | 'doubtful: to be read'
type Happening =
  | 'a read of it'
  | 'a read of another'
  | 'a numbered frame'
  | 'a provisional frame'
  | 'the link lost'
  | 'a frame not understood'
  | 'everything missed delivered'
  | 'the stream joined elsewhere'
  | 'an unnumbered stream joined'

const POSITION = { epoch: 'e', seq: 500 }
let seq = 0
/** Attendance of a desk brought into this state. */
async function brought(to: Standing) {
  const desk = bookOnDisk()
  const { book, clock } = desk
  const cover = (topic: 'attendance' | 'counts' = 'attendance') =>
    must(book, [
      { is: 'covered', topic, from: clock.now(), after: book.journal.cursor, settles: clock.now() - COMMIT_GRACE },
    ])
  const doubt = (because: 'link-down' | 'frame-not-understood') =>
    must(book, [{ is: 'doubted', topics: ['attendance'], since: clock.now(), because }])
  if (to === 'read, unnumbered') must(book, [{ is: 'joined', position: null }])
  cover()
  await clock.advance(1_000)
  if (to === 'live') must(book, [live(attendance(1), ++seq)])
  if (to === 'provisional') must(book, [frame(attendance(1))])
  if (to === 'doubtful: frames missing') doubt('link-down')
  if (to === 'doubtful: to be read') doubt('frame-not-understood')
  await clock.advance(10_000)
  return { ...desk, cover, doubt, trust: () => book.projection.trust.of('attendance') }
}

const DOUBT: Record<Standing, State> = {
  confirmed: 'confirmed',
  live: 'live',
  provisional: 'provisional',
  'read, unnumbered': 'provisional',
  'doubtful: frames missing': 'doubtful',
  'doubtful: to be read': 'doubtful',
}
const LOST: Record<Standing, State> = {
  ...DOUBT,
  confirmed: 'doubtful',
  live: 'doubtful',
  provisional: 'doubtful',
  'read, unnumbered': 'doubtful',
}
const TABLE: Record<Happening, Record<Standing, State>> = {
  'a read of it': {
    ...DOUBT,
    live: 'confirmed',
    provisional: 'confirmed',
    'doubtful: frames missing': 'confirmed',
    'doubtful: to be read': 'confirmed',
  },
  'a read of another': DOUBT,
  'a numbered frame': { ...DOUBT, confirmed: 'live' },
  'a provisional frame': { ...DOUBT, confirmed: 'provisional', live: 'provisional' },
  'the link lost': LOST,
  'a frame not understood': LOST,
  'everything missed delivered': { ...DOUBT, 'doubtful: frames missing': 'live' },
  'the stream joined elsewhere': LOST,
  'an unnumbered stream joined': LOST,
}
const HAPPEN: Record<Happening, (desk: Awaited<ReturnType<typeof brought>>) => void> = {
  'a read of it': ({ cover }) => cover(),
  'a read of another': ({ cover }) => cover('counts'),
  'a numbered frame': ({ book }) => must(book, [live(attendance(2), ++seq)]),
  'a provisional frame': ({ book }) => must(book, [frame(attendance(2))]),
  'the link lost': ({ doubt }) => doubt('link-down'),
  'a frame not understood': ({ doubt }) => doubt('frame-not-understood'),
  'everything missed delivered': ({ book }) => must(book, [{ is: 'caught-up', position: POSITION }]),
  'the stream joined elsewhere': ({ book }) => must(book, [{ is: 'joined', position: POSITION }]),
  'an unnumbered stream joined': ({ book }) => must(book, [{ is: 'joined', position: null }]),
}

describe('the table of states', () => {
  for (const [happening, row] of Object.entries(TABLE) as [Happening, Record<Standing, State>][]) {
    for (const [standing, next] of Object.entries(row) as [Standing, State][]) {
      test(`[D1] ${standing}, then ${happening}: ${next}`, async () => {
        const desk = await brought(standing)
        expect(desk.trust().state).toBe(DOUBT[standing])
        HAPPEN[happening](desk)
        expect(desk.trust().state).toBe(next)
      })
    }
  }
})

test('[D2] a new journal has read nothing, since it began', () => {
  const { book, clock } = bookOnDisk()
  for (const trust of Object.values(book.projection.trust.view()))
    expect(trust).toEqual({ state: 'doubtful', since: clock.now(), because: 'not-read-yet', confirmedAt: null })
})

test('[D3] the earliest doubt keeps its time, whatever is doubted later', async () => {
  const { book, clock, trust } = await brought('confirmed')
  const doubt = (because: 'link-down' | 'silent' | 'read-failed', since: number): JournalEvent => ({
    is: 'doubted',
    topics: ['attendance'],
    since,
    because,
  })
  const first = clock.now()
  must(book, [doubt('link-down', first)])
  await clock.advance(500)
  must(book, [doubt('silent', clock.now()), doubt('link-down', clock.now())])
  expect(trust()).toMatchObject({ since: first, because: 'link-down' })
  must(book, [doubt('read-failed', clock.now())])
  expect(trust()).toMatchObject({ since: first, because: 'read-failed' })
  must(book, [doubt('silent', first - 200)])
  expect(trust()).toMatchObject({ since: first - 200, because: 'read-failed' })
})

test('[D4] a doubt noted while the read was under way outlives it, from the read on', async () => {
  const { book, clock, trust } = await brought('confirmed')
  const old = clock.now()
  must(book, [{ is: 'doubted', topics: ['attendance'], since: old, because: 'read-failed' }])
  await clock.advance(1_000)
  const [from, after] = [clock.now(), book.journal.cursor]
  await clock.advance(1_000)
  // The same cause again, and one whose time lies before the read: noted later, they speak of later.
  must(book, [{ is: 'doubted', topics: ['attendance'], since: old, because: 'read-failed' }])
  must(book, [{ is: 'covered', topic: 'attendance', from, after, settles: from }])
  expect(trust()).toEqual({ state: 'doubtful', since: from, because: 'read-failed', confirmedAt: from })
})

test('[D4] a gap that falls under an older doubt is not ended by a read begun before it', async () => {
  const { book, clock, trust } = await brought('confirmed')
  must(book, [{ is: 'doubted', topics: ['attendance'], since: clock.now() - 9_000, because: 'link-down' }])
  const [from, after] = [clock.now(), book.journal.cursor]
  await clock.advance(100)
  must(book, [{ is: 'doubted', topics: ['attendance'], since: clock.now(), because: 'gap' }])
  must(book, [{ is: 'covered', topic: 'attendance', from, after, settles: from }])
  expect(trust()).toMatchObject({ state: 'doubtful', because: 'gap' })
})

test('[D4] setting the desk’s clock back neither ends a doubt nor keeps one', async () => {
  const { book, clock, trust } = await brought('confirmed')
  const early = { from: clock.now(), after: book.journal.cursor }
  clock.setWall(-3_600_000)
  must(book, [{ is: 'doubted', topics: ['attendance'], since: clock.now(), because: 'gap' }])
  must(book, [{ is: 'covered', topic: 'attendance', ...early, settles: 0 }])
  expect(trust().state).toBe('doubtful')
  must(book, [{ is: 'covered', topic: 'attendance', from: clock.now(), after: book.journal.cursor, settles: 0 }])
  expect(trust().state).toBe('confirmed')
})

test.each([
  'read-failed',
  'frame-not-understood',
  'journal-failed',
  'not-allowed',
  'read-overdue',
  'epoch-changed',
] as const)('[D5] catching up does not end %s', async (because) => {
  const { book, clock, trust } = await brought('doubtful: frames missing')
  must(book, [{ is: 'doubted', topics: ['attendance'], since: clock.now(), because }])
  must(book, [{ is: 'caught-up', position: POSITION }])
  expect(trust()).toMatchObject({ state: 'doubtful', because })
})

test('[D5] frames between are lost for good once the stream is followed from elsewhere', async () => {
  const { book, clock, trust } = await brought('doubtful: frames missing')
  must(book, [{ is: 'joined', position: POSITION }, live(attendance(3), 501)])
  must(book, [{ is: 'doubted', topics: ['attendance'], since: clock.now(), because: 'link-down' }])
  must(book, [{ is: 'caught-up', position: { epoch: 'e', seq: 502 } }])
  expect(trust()).toMatchObject({ state: 'doubtful', because: 'link-down' })
  must(book, [{ is: 'covered', topic: 'attendance', from: clock.now(), after: book.journal.cursor, settles: 0 }])
  must(book, [{ is: 'doubted', topics: ['attendance'], since: clock.now(), because: 'link-down' }])
  must(book, [{ is: 'caught-up', position: { epoch: 'e', seq: 503 } }])
  expect(trust().state).toBe('live')
})

test('[D6] joining the stream elsewhere doubts what was in no doubt', async () => {
  const { book, clock, trust } = await brought('live')
  must(book, [{ is: 'joined', position: POSITION }])
  expect(trust()).toMatchObject({ state: 'doubtful', since: clock.now(), because: 'gap' })
  expect(book.projection.position).toEqual(POSITION)
})

test('[D7] a read begun within 2 s of a frame does not confirm it, a later one does', async () => {
  const { book, clock, cover, trust } = await brought('confirmed')
  const first = clock.now()
  must(book, [frame(attendance(1))])
  await clock.advance(COMMIT_GRACE)
  must(book, [frame(attendance(2))])
  cover()
  expect(trust()).toMatchObject({ state: 'provisional', since: first, frames: 2 })
  expect(book.projection.of('attendance').get(1 as never)?.provisional).toBe(true)
  await clock.advance(1)
  cover()
  expect(trust()).toMatchObject({ state: 'provisional', since: first + COMMIT_GRACE, frames: 1 })
  expect(book.projection.of('attendance').get(1 as never)?.provisional).toBe(false)
  await clock.advance(COMMIT_GRACE)
  cover()
  expect(trust().state).toBe('confirmed')
})

test('[D7] a record told of again waits since its first frame, and for a read after its last', async () => {
  const { book, clock, cover, trust } = await brought('confirmed')
  const first = clock.now()
  must(book, [frame(attendance(1))])
  await clock.advance(1_000)
  must(book, [frame(attendance(2))])
  await clock.advance(1_500)
  must(book, [frame(attendance(1, { notes: 'again' }))])
  expect(trust()).toMatchObject({ state: 'provisional', since: first, frames: 2 })
  await clock.advance(600)
  cover()
  expect(trust()).toMatchObject({ state: 'provisional', since: first, frames: 1 })
})

test('[D7] a read that tells the record itself settles it', async () => {
  const { book, trust } = await brought('provisional')
  must(book, [read(attendance(1, { notes: 'as read' }))])
  expect(trust().state).not.toBe('provisional')
})

test('[D8] a phantom disappears and is counted', async () => {
  const { book, trust } = await brought('provisional')
  must(book, [{ is: 'phantom', change: removal(attendance(1)) }])
  expect(book.projection.of('attendance').size).toBe(0)
  expect(book.projection.phantoms).toBe(1)
  expect(book.figures.attendance.attended).toBe(0)
  expect(trust().state).toBe('confirmed')
})

test('[D9] a hint shows nothing and makes its topic provisional until a read', async () => {
  const { book, clock } = bookOnDisk()
  const cover = () =>
    must(book, [
      { is: 'covered', topic: 'guarantees', from: clock.now(), after: book.journal.cursor, settles: clock.now() },
    ])
  cover()
  const change = guarantee(4)
  must(book, [{ is: 'hinted', ref: { kind: 'guarantee', key: change.key as never } }])
  expect(book.projection.of('guarantee').size).toBe(0)
  expect(book.projection.trust.of('guarantees')).toMatchObject({ state: 'provisional', frames: 1 })
  await clock.advance(1)
  cover()
  expect(book.projection.trust.of('guarantees').state).toBe('confirmed')
})

test('[D7] lists are told when a read confirms what was provisional, and not by other reads', async () => {
  const { book, cover } = await brought('provisional')
  const heard: string[] = []
  book.listen({ confirmed: (topic) => heard.push(topic) })
  cover()
  cover()
  expect(heard).toEqual(['attendance'])
})

test('[D2] topics stand by themselves', () => {
  const { book, clock } = bookOnDisk()
  must(book, [read(committee(1))])
  must(book, [{ is: 'covered', topic: 'committees', from: clock.now(), after: book.journal.cursor, settles: 0 }])
  expect(book.projection.trust.of('committees').state).toBe('confirmed')
  expect(book.projection.trust.of('phase').state).toBe('doubtful')
})

test('[D220] what is read where losses do not show is provisional as of its read, and never more', async () => {
  const { book, clock, cover, trust } = await brought('read, unnumbered')
  const readAt = clock.now() - 11_000
  const asRead = { state: 'provisional', confirmedAt: readAt, since: readAt, frames: 0 }
  expect(trust()).toEqual(asRead)
  must(book, [frame(attendance(1))])
  expect(trust()).toEqual({ ...asRead, since: clock.now(), frames: 1 })
  await clock.advance(COMMIT_GRACE + 1)
  cover()
  expect(trust()).toEqual({ ...asRead, confirmedAt: clock.now(), since: clock.now() })
  must(book, [read(attendance(2))])
  expect(trust().state).toBe('provisional')
})

test('[D220] joining a stream that numbers its frames makes confirming possible again, by the next read', async () => {
  const { book, cover, trust } = await brought('read, unnumbered')
  must(book, [{ is: 'joined', position: POSITION }])
  expect(trust().state).toBe('doubtful')
  cover()
  expect(trust().state).toBe('confirmed')
})

test('[D222] a desk started anew says of its figures what it said before', async () => {
  const desk = await brought('read, unnumbered')
  const before = desk.trust()
  expect(before).toMatchObject({ state: 'provisional', frames: 0 })
  expect(desk.again().book.projection.trust.of('attendance')).toEqual(before)
})
