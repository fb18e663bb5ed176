import { expect, test } from 'vitest'
import type { Heard } from '../../../src/core/backend/backend.ts'
import { Ingest } from '../../../src/core/ingest/ingest.ts'
import type { Change, Position } from '../../../src/shared/model/change.ts'
import type { User } from '../../../src/shared/view/session.ts'
import { bookOnDisk } from '../journal/on-disk.ts'
import { attendance, code, committee, count, guarantee, removal } from '../projection/records.ts'
import { ADMIN, looseCodec } from './arriving-desk.ts'

const at = (seq: number, epoch = 'e'): Position => ({ epoch, seq })
const data = (position: Position | null, ...changes: readonly Change[]): Heard => ({
  is: 'changes',
  changes,
  position,
  sentAt: null,
})

function ingesting({ viewer = ADMIN }: { viewer?: User | null } = {}) {
  const desk = bookOnDisk()
  const { codec, encode } = looseCodec()
  const told: string[] = []
  const ingest = new Ingest(
    desk.clock,
    codec,
    () => desk.book,
    () => viewer,
    {
      hello: () => told.push('hello'),
      pong: (echo) => told.push(`pong ${echo}`),
      resumed: (to) => told.push(`resumed ${to}`),
      resync: (position) => told.push(`resync ${position.seq}`),
      lost: (because, where) => told.push(`lost ${because} ${where.epoch}${where.seq}`),
      reached: (position) => told.push(`reached ${position.seq}`),
      unclear: () => told.push('unclear'),
      told: (topic) => told.push(`told ${topic}`),
      failed: (fault) => told.push(`failed ${fault.is}`),
    },
  )
  const hear = (...frames: readonly Heard[]) => {
    for (const frame of frames) ingest.receive(encode(frame))
    ingest.flush()
  }
  const ids = () => [...desk.book.projection.of('attendance').keys()]
  const journal = () => desk.disk.rows('a').map(({ text }) => text)
  const quarantine = () =>
    journal()
      .map((text) => JSON.parse(text))
      .filter(({ is }) => is === 'quarantined')
  return { ...desk, ingest, told, hear, encode, ids, journal, quarantine }
}

test('[Q1] frames in order are applied, and the journal says where the stream stood', () => {
  const { ingest, hear, ids, book } = ingesting()
  ingest.follow(at(4))
  hear(data(at(5), attendance(1)), data(at(6), attendance(2)))
  expect(ids()).toEqual([1, 2])
  expect([ingest.position, book.projection.position]).toEqual([at(6), at(6)])
})

test('[Q2] a repeated frame is counted and writes nothing', () => {
  const { ingest, hear, book } = ingesting()
  ingest.follow(at(4))
  hear(data(at(5), attendance(1)))
  const { cursor } = book.journal
  hear(data(at(5), attendance(1, { notes: 'again' })), data(at(3), attendance(9)))
  expect([book.journal.cursor, ingest.meters.duplicates]).toEqual([cursor, 2])
})

test('[Q3] a loss is told once with its place; what came before it is written, what follows waits', () => {
  const { ingest, hear, ids, told } = ingesting()
  ingest.follow(at(4))
  hear(data(at(5), attendance(1)), data(at(8), attendance(4)), data(at(9), attendance(5)), data(at(12), attendance(8)))
  expect(told).toEqual(['lost gap e8'])
  expect(ids()).toEqual([1])
  expect(ingest.meters.gaps).toBe(1)
  // Read instead: those that waited are placed behind the frame that showed the loss, and the next loss is found.
  ingest.follow(at(8))
  expect(ids()).toEqual([1, 5])
  expect(told).toEqual(['lost gap e8', 'lost gap e12'])
})

test('[Q4] another epoch is told and holds the stream', () => {
  const { ingest, hear, ids, told } = ingesting()
  ingest.follow(at(4))
  hear(data(at(1, 'f'), attendance(1)), data(at(2, 'f'), attendance(2)))
  expect([told, ids(), ingest.position]).toEqual([['lost epoch-changed f1'], [], null])
})

test('[Q5] numbers that are not for this desk are gone over', () => {
  const { ingest, hear, ids } = ingesting()
  ingest.follow(at(4))
  hear({ is: 'skip', from: 5, position: at(90) }, data(at(91), attendance(1)))
  expect([ids(), ingest.position]).toEqual([[1], at(91)])
})

test('[Q6] frames heard too early are placed in order once the place is known; those in the snapshot already are not', () => {
  const { ingest, hear, ids, told } = ingesting()
  hear(data(at(5), attendance(5)), data(at(6), attendance(6)), data(at(7), attendance(7)))
  expect(ids()).toEqual([])
  ingest.follow(at(5))
  expect([ids(), told, ingest.meters.duplicates]).toEqual([[6, 7], [], 1])
})

test('[Q6] past 20 000 frames that wait are counted and let go, and the loss is seen', () => {
  const { ingest, hear, told, ids } = ingesting()
  hear(...Array.from({ length: 20_010 }, (_, index) => data(at(index + 1))))
  expect(ingest.meters.unplaced).toBe(10)
  ingest.follow(at(0))
  hear(data(at(20_011), attendance(1)))
  expect([told, ids()]).toEqual([['lost gap e20011'], []])
})

test('[Q8] frames without a number are provisional and ask for a read', () => {
  const { ingest, hear, book, told } = ingesting()
  ingest.follow(null)
  hear(data(null, attendance(1)), data(null, count(1, 1, 5)))
  expect(book.projection.of('attendance').get(1 as never)).toMatchObject({ provisional: true, position: null })
  expect(told).toEqual(['told attendance', 'told counts'])
})

test('[Q8] an exact repeat is ignored, in another batch and in the same one', () => {
  const { ingest, hear, book } = ingesting()
  ingest.follow(null)
  hear(data(null, attendance(1)), data(null, attendance(2)), data(null, attendance(1)))
  const { cursor } = book.journal
  expect([cursor, ingest.meters.duplicates]).toEqual([3, 1])
  hear(data(null, attendance(2)), data(null, attendance(2, { notes: 'new' })), data(null, attendance(2)))
  expect([book.journal.cursor - cursor, ingest.meters.duplicates]).toEqual([2, 2])
  hear(data(null, removal(attendance(2))), data(null, attendance(2)))
  expect(book.journal.cursor - cursor).toBe(4)
})

test('[Q8] fields a frame does not carry make it no news', () => {
  const { ingest, hear, book } = ingesting()
  ingest.follow(null)
  book.commit([{ is: 'change', change: guarantee(1, { collector: 4 as never }), from: 'snapshot' }])
  const { cursor } = book.journal
  hear(data(null, guarantee(1)))
  expect([book.journal.cursor, ingest.meters.duplicates]).toEqual([cursor, 1])
})

test('[D9] what may be another’s is hinted at, what is not this user’s is let go and counted', () => {
  const clerk: User = { ...ADMIN, role: 'USER', committees: ['C1'] }
  const { ingest, hear, book, ids, journal } = ingesting({ viewer: clerk })
  ingest.follow(null)
  hear(
    data(null, guarantee(1, { electorMobile: '60001111' })),
    data(null, attendance(1)),
    data(null, attendance(2, { committeeCode: code('C2') })),
  )
  expect([book.projection.of('guarantee').size, ids(), ingest.meters.hidden]).toEqual([0, [1], 1])
  expect(book.projection.trust.of('guarantees').state).toBe('doubtful')
  expect(journal().join()).not.toContain('60001111')
})

test('[Q9] one turn is one commit, and 500 frames do not wait for its end', async () => {
  const { ingest, clock, disk, encode } = ingesting()
  ingest.follow(at(0))
  const times: number[] = []
  const heard = () => disk.rows('a').length - 1
  for (let seq = 1; seq <= 1_200; seq++) {
    ingest.receive(encode(data(at(seq), attendance(seq))))
    if (heard() !== times.at(-1)) times.push(heard())
  }
  expect(times).toEqual([0, 500, 1_000])
  await clock.settle()
  expect(heard()).toBe(1_200)
})

test('[Q10] what a socket still said is placed before it is forgotten; what waited of it is not placed on the next', () => {
  const { ingest, ids, encode, hear } = ingesting()
  ingest.follow(at(4))
  ingest.receive(encode(data(at(5), attendance(1))))
  ingest.hold()
  expect(ids()).toEqual([1])
  hear(data(at(6), attendance(2)))
  ingest.hold()
  ingest.follow(at(5))
  expect(ids()).toEqual([1])
})

test('[Q11] a frame that is not understood is kept, doubts every topic and brings a read', () => {
  const { ingest, book, told, quarantine } = ingesting()
  ingest.follow(at(4))
  ingest.receive(`x${'\u0000ع'.repeat(300)}`)
  ingest.flush()
  expect(told).toEqual(['unclear'])
  expect(book.projection.quarantined).toBe(1)
  for (const trust of Object.values(book.projection.trust.view()))
    expect(trust).toMatchObject({ because: 'frame-not-understood' })
  const [kept] = quarantine()
  expect(kept).toMatchObject({ is: 'quarantined', reason: 'not-json: frame: not JSON', bytes: 601 })
  expect(kept.excerpt.length).toBe(200)
})

test('[Q11] where its number could be read the sequence goes on behind it', () => {
  const desk = bookOnDisk()
  const { codec, encode } = looseCodec()
  const told: string[] = []
  const ingest = new Ingest(
    desk.clock,
    {
      ...codec,
      decode: (text) =>
        text === 'odd'
          ? { ok: false, error: { reason: 'wrong-shape', detail: 'odd', position: at(5) } }
          : codec.decode(text),
    },
    () => desk.book,
    () => ADMIN,
    {
      ...Object.fromEntries(['hello', 'pong', 'resumed', 'resync', 'reached', 'told'].map((name) => [name, () => {}])),
      lost: () => told.push('lost'),
      unclear: () => told.push('unclear'),
      failed: () => told.push('failed'),
    } as never,
  )
  ingest.follow(at(4))
  ingest.receive('odd')
  ingest.receive(encode(data(at(6), attendance(1))))
  ingest.flush()
  expect([told, ingest.position]).toEqual([['unclear'], at(6)])
})

test('[Q12] a binary frame is kept out, counted and shown', () => {
  const { ingest, quarantine } = ingesting()
  ingest.refuse(4_096)
  expect(quarantine()[0]).toEqual({
    is: 'quarantined',
    reason: 'wrong-shape: a binary frame',
    excerpt: '',
    bytes: 4_096,
  })
  expect(ingest.meters.frames).toBe(1)
})

test('[S105] a binary frame may have told of a change: everything is doubted, and a read is asked for', () => {
  const { ingest, hear, told, book } = ingesting()
  ingest.follow(at(4))
  hear(data(at(5), attendance(1)))
  ingest.refuse(4_096)
  expect([told, ingest.position]).toEqual([['unclear'], at(5)])
  expect(book.projection.trust.of('attendance')).toMatchObject({ because: 'frame-not-understood' })
})

test('[Q13] what the disk refused is told and not shown', () => {
  const { ingest, hear, disk, told, ids, book } = ingesting()
  ingest.follow(at(4))
  disk.failWith('full')
  hear(data(at(5), attendance(1)))
  expect([told, ids()]).toEqual([['failed full'], []])
  expect(book.projection.trust.of('counts')).toMatchObject({ because: 'journal-failed' })
  disk.failWith(null)
  hear(data(at(6), attendance(2)))
  expect(book.projection.trust.of('counts')).toMatchObject({ because: 'journal-failed' })
})

test('[Q14] a pong goes to the link; what is of no consequence changes nothing', () => {
  const { hear, told, book } = ingesting()
  const { cursor } = book.journal
  hear({ is: 'pong', echo: 7 }, { is: 'noted', type: 'subscribed' }, { is: 'pong', echo: null })
  expect([told, book.journal.cursor]).toEqual([['pong 7', 'pong null'], cursor])
})

test('[Q20] a resume places what was missed behind the journal’s number, and tells when its end is reached', () => {
  const { ingest, hear, told, ids } = ingesting()
  ingest.follow(at(4))
  hear(data(at(5), attendance(1)))
  ingest.hold()
  hear(data(at(8), attendance(4)), { is: 'resumed', from: 5, to: 7 }, data(at(6), attendance(2)))
  expect(told).toEqual(['resumed 7'])
  hear(data(at(7), attendance(3)), data(at(8), attendance(4)))
  expect([told, ids()]).toEqual([
    ['resumed 7', 'reached 7'],
    [1, 2, 3, 4],
  ])
})

test('[Q20] numbers gone over count towards the end of a resume', () => {
  const { ingest, hear, told } = ingesting()
  ingest.follow(at(4))
  hear(data(at(5), committee(1)))
  ingest.hold()
  hear({ is: 'resumed', from: 5, to: 9 }, { is: 'skip', from: 6, position: at(9) })
  expect(told).toEqual(['resumed 9', 'reached 9'])
})

test('[Q23] a resume that begins further on than asked is a loss', () => {
  const { ingest, hear, told, ids } = ingesting()
  ingest.follow(at(4))
  hear(data(at(5), attendance(1)))
  ingest.hold()
  hear({ is: 'resumed', from: 7, to: 8 }, data(at(8), attendance(4)))
  expect([told, ids()]).toEqual([['lost gap e7'], [1]])
})
