import { expect, test } from 'vitest'
import { bookOnDisk, must } from '../journal/on-disk.ts'
import { OutboxFold, SavedOutbox } from '../../../src/core/projection/outbox.ts'
import { Outbox } from '../../../src/core/outbox/outbox.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { fixedRandom, seededRandom } from '../../doubles/seeded-random.ts'
import { OutboxView } from '../../../src/shared/view/outbox.ts'
import { DANA, DONE, LOST, note, refused, sendingDesk, typed } from './sending-desk.ts'

test.each([true, false])(
  '[O1] an action is safe from a power cut before it is answered and before it is sent: %s',
  (open) => {
    const desk = sendingDesk({ open })
    const key = desk.type('a')
    // Nothing was awaited yet: what the disk holds now is what the answer rests on.
    desk.disk.losePower()
    const again = bookOnDisk({ clock: desk.clock, disk: desk.disk })
    expect([...again.book.projection.outbox.waiting]).toEqual([key])
    expect(desk.notes()).toEqual(open ? ['a'] : [])
  },
)

test('[O1] nothing is sent of an action that is not on disk', () => {
  const desk = sendingDesk()
  desk.disk.failWith('full')
  desk.outbox.queue([typed('a', DANA)])
  expect(desk.sent).toEqual([])
})

test('[O2] an action the disk refuses is nowhere, and says so', async () => {
  const desk = sendingDesk()
  desk.disk.failWith('full')
  expect(desk.outbox.queue([typed('a', DANA)])).toMatchObject({ ok: false, error: { is: 'full' } })
  desk.disk.failWith(null)
  await desk.clock.advance(60_000)
  expect([desk.sent, desk.view().waiting, desk.view().recent]).toEqual([[], 0, []])
})

test('[O2] without an open journal nothing can be typed', () => {
  const desk = sendingDesk()
  desk.outbox.use(null)
  expect(desk.outbox.queue([typed('a', DANA)])).toEqual({ ok: false, error: { is: 'not-open' } })
})

test('[O3] one at a time, in the order typed, also those typed meanwhile', async () => {
  const desk = sendingDesk()
  for (const text of ['a', 'b']) desk.type(text)
  await desk.clock.settle()
  expect(desk.notes()).toEqual(['a'])
  desk.type('c')
  for (const expected of ['a', 'b', 'c']) {
    expect(desk.notes().at(-1)).toBe(expected)
    desk.last().answer(DONE)
    await desk.clock.settle()
  }
  expect([desk.sent.length, desk.view().waiting]).toEqual([3, 0])
})

test('[O3] what has no answer holds up what comes after it', async () => {
  const desk = sendingDesk()
  desk.type('a')
  desk.type('b')
  desk.last().answer(LOST)
  await desk.clock.advance(100_000)
  expect(new Set(desk.notes())).toEqual(new Set(['a']))
})

test('[O4] while the server cannot be asked actions wait', async () => {
  const desk = sendingDesk({ open: false })
  desk.type('a')
  await desk.clock.advance(600_000)
  expect([desk.sent.length, desk.clock.pending]).toEqual([0, 0])
  desk.outbox.setOpen(true)
  expect(desk.notes()).toEqual(['a'])
})

test('[O4] a server that cannot be asked any more is not asked for the next', async () => {
  const desk = sendingDesk()
  desk.type('a')
  desk.type('b')
  desk.outbox.setOpen(false)
  desk.last().answer(DONE)
  await desk.clock.advance(60_000)
  expect(desk.notes()).toEqual(['a'])
  expect(desk.view().waiting).toBe(1)
  desk.outbox.setOpen(true)
  await desk.clock.settle()
  expect(desk.notes()).toEqual(['a', 'b'])
})

test('[O5] tried again under the same key, at growing distances up to 15 s, for ever', async () => {
  const desk = sendingDesk({ random: { next: () => 0.999, id: () => 'key-0000000000' } })
  desk.type('a')
  const gaps: number[] = []
  for (let failure = 0; failure < 9; failure++) {
    const { at } = desk.last()
    desk.last().answer(LOST)
    const before = desk.sent.length
    while (desk.sent.length === before) await desk.clock.advance(25)
    gaps.push(Math.round((desk.last().at - at) / 100) / 10)
  }
  expect(gaps).toEqual([0.5, 1, 2, 4, 8, 15, 15, 15, 15])
  expect(new Set(desk.sent.map(({ key }) => key)).size).toBe(1)
  expect(desk.attemptsBefore).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('[O5] a link that comes back ends our own waiting', async () => {
  const desk = sendingDesk()
  desk.type('a')
  for (let failure = 0; failure < 6; failure++) {
    desk.last().answer(LOST)
    const before = desk.sent.length
    while (desk.sent.length === before) await desk.clock.advance(100)
  }
  desk.last().answer(LOST)
  await desk.clock.settle()
  desk.outbox.setOpen(false)
  desk.outbox.setOpen(true)
  expect(desk.sent.length).toBe(8)
})

test('[O6] Retry-After is kept to, although others are typed and the link comes and goes', async () => {
  const desk = sendingDesk()
  desk.type('a')
  desk.last().answer(refused(429, 'slowly', 30_000))
  await desk.clock.settle()
  for (let second = 0; second < 29; second++) {
    desk.type(`more ${second}`)
    if (second % 5 === 0) desk.outbox.setOpen(false)
    desk.outbox.setOpen(true)
    await desk.clock.advance(1_000)
  }
  expect(desk.sent.length).toBe(1)
  await desk.clock.advance(1_100)
  expect(desk.notes()).toEqual(['a', 'a'])
})

test('[O7] what the server took is written down and told once, and is not confirmed by that', async () => {
  const desk = sendingDesk()
  const key = desk.type('a')
  await desk.clock.advance(40)
  desk.last().answer(DONE)
  await desk.clock.advance(60_000)
  expect(desk.answered).toEqual(['guarantee.update accepted'])
  expect(desk.view()).toMatchObject({ waiting: 0, unseen: 1 })
  expect(desk.view().recent[0]).toMatchObject({ state: 'sent', accepted: true, attempts: 1, settledAt: null })
  desk.disk.die()
  const again = bookOnDisk({ disk: desk.disk }).book.projection.outbox
  expect([again.waiting.size, [...again.unseen]]).toEqual([0, [key]])
})

test('[O7] a rejected action carries the server’s words, and the next goes on', async () => {
  const desk = sendingDesk()
  const key = desk.type('a')
  desk.type('b')
  desk.last().answer(refused(400, 'Elector is inactive'))
  await desk.clock.settle()
  expect(desk.book.projection.outbox.find(key)).toMatchObject({ state: 'rejected', reason: 'Elector is inactive' })
  expect(desk.notes()).toEqual(['a', 'b'])
  expect(desk.view()).toMatchObject({ waiting: 1, rejected: 1 })
  expect(desk.log.lines).toEqual([{ level: 'warn', event: 'action rejected', fields: { does: 'guarantee.update' } }])
})

test('[O9] an answer that could not be written is asked for again under the same key', async () => {
  const desk = sendingDesk()
  const key = desk.type('a')
  desk.disk.failWith('full')
  desk.last().answer(DONE)
  await desk.clock.settle()
  expect([desk.answered, desk.view().waiting]).toEqual([[], 1])
  desk.disk.failWith(null)
  await desk.clock.advance(1_000)
  expect(desk.sent.map((each) => each.key)).toEqual([key, key])
  desk.last().answer(DONE)
  await desk.clock.settle()
  expect([desk.answered.length, desk.view().waiting]).toEqual([1, 0])
})

test('[O9] while the disk refuses, nothing new is sent and it is tried again', async () => {
  const desk = sendingDesk({ open: false })
  desk.type('a')
  desk.disk.failWith('full')
  desk.outbox.setOpen(true)
  await desk.clock.advance(60_000)
  expect(desk.sent).toEqual([])
  desk.disk.failWith(null)
  await desk.clock.advance(15_000)
  expect(desk.notes()).toEqual(['a'])
})

test('[O10] the next run takes up what waits, in order, and knows what was sent before', async () => {
  const desk = sendingDesk()
  for (const text of ['a', 'b', 'c']) desk.type(text)
  desk.last().answer(DONE)
  await desk.clock.settle()
  const next = sendingDesk({ desk: desk.again() })
  for (let left = 2; left > 0; left--) {
    next.last().answer(DONE)
    await next.clock.settle()
  }
  expect(next.notes()).toEqual(['b', 'c'])
  expect(next.attemptsBefore).toEqual([1, 0])
})

test('[O10] after a power cut it is known that the first try was begun', () => {
  const desk = sendingDesk()
  desk.type('a')
  desk.disk.losePower()
  const next = sendingDesk({ desk: bookOnDisk({ clock: desk.clock, disk: desk.disk }) })
  next.last().answer(DONE)
  expect(next.view().recent[0]).toMatchObject({ attempts: 2 })
})

test('[O11] an answer after its journal was closed changes nothing; the next run asks again', async () => {
  const desk = sendingDesk()
  const key = desk.type('a')
  desk.outbox.stop()
  const { cursor } = desk.book.journal
  desk.last().answer(DONE)
  await desk.clock.advance(60_000)
  expect([desk.book.journal.cursor, desk.answered, desk.clock.pending]).toEqual([cursor, [], 0])
  desk.outbox.use(desk.book)
  expect(desk.last().key).toBe(key)
})

test('[O11] another journal’s actions are not mixed with this one’s', async () => {
  const desk = sendingDesk()
  desk.type('a')
  const other = bookOnDisk({ clock: desk.clock, name: 'b' })
  desk.outbox.use(other.book)
  desk.last().answer(DONE)
  await desk.clock.settle()
  desk.type('b')
  await desk.clock.settle()
  expect(desk.notes()).toEqual(['a', 'b'])
  expect(other.book.projection.outbox.entries.size).toBe(1)
  expect(desk.view()).toMatchObject({ waiting: 1 })
})

test('[O12] the view counts what waits, since when, and shows the last fifty', async () => {
  const desk = sendingDesk({ open: false })
  const first = desk.clock.now()
  for (let index = 0; index < 60; index++) {
    desk.type(`note ${index}`)
    await desk.clock.advance(10)
  }
  const view = desk.view()
  expect(view).toMatchObject({ waiting: 60, oldestAt: first, rejected: 0 })
  expect([view.recent.length, view.recent[0]?.queuedAt]).toEqual([50, first + 590])
  expect(OutboxView.safeParse(view).error).toBeUndefined()
  expect(view.recent[0]).toMatchObject({ does: 'guarantee.update', about: '#1', state: 'queued' })
})

test('[O13] what was settled is not settled or sent again', () => {
  const desk = sendingDesk({ open: false })
  const key = desk.type('a')
  const settle = (outcome: 'confirmed' | 'rejected') => must(desk.book, [{ is: 'settled', key, outcome, reason: null }])
  settle('confirmed')
  settle('rejected')
  must(desk.book, [{ is: 'sent', key }])
  expect(desk.view()).toMatchObject({ waiting: 0, rejected: 0 })
  expect(desk.view().recent[0]).toMatchObject({ state: 'confirmed', attempts: 0 })
})

test('[O20] what one user typed waits while another is signed in, and holds nobody up', async () => {
  let who: string | null = 'omar@ems.example'
  const desk = sendingDesk({ who: () => who })
  desk.type('by Dana')
  const queued = desk.outbox.queue([typed('by Omar', 'omar@ems.example')])
  expect(queued.ok).toBe(true)
  await desk.clock.settle()
  expect(desk.notes()).toEqual(['by Omar'])
  desk.last().answer(DONE)
  await desk.clock.advance(60_000)
  expect([desk.notes(), desk.view().waiting]).toEqual([['by Omar'], 1])
  who = DANA
  desk.outbox.setOpen(true)
  await desk.clock.settle()
  expect(desk.notes()).toEqual(['by Omar', 'by Dana'])
})

test('[O20] nothing is sent while nobody is signed in', async () => {
  const desk = sendingDesk({ who: () => null })
  desk.type('a')
  await desk.clock.advance(60_000)
  expect([desk.sent, desk.view().waiting]).toEqual([[], 1])
})

test('[O21] a sending turned away unread is no longer held to have been done, also after a restart', async () => {
  const desk = sendingDesk()
  const key = desk.type('a')
  desk.last().answer(refused(429))
  await desk.clock.advance(60_000)
  expect(desk.book.projection.outbox.find(key)).toMatchObject({ attempts: 2, unsure: 1 })
  desk.last().answer(LOST)
  await desk.clock.advance(60_000)
  desk.last().answer(DONE)
  await desk.clock.settle()
  expect([desk.attemptsBefore, desk.unsureBefore]).toEqual([
    [0, 1, 2],
    [0, 0, 1],
  ])
  desk.disk.die()
  const again = bookOnDisk({ clock: desk.clock, disk: desk.disk })
  expect(again.book.projection.outbox.find(key)).toMatchObject({ attempts: 3, unsure: 2 })
})

test('[O80] what the server took and nothing shows for ten seconds is read, also after a restart', async () => {
  const desk = sendingDesk()
  desk.type('one')
  await desk.clock.advance(0)
  desk.last().answer(DONE)
  await desk.clock.advance(9_000)
  expect(desk.unseen).toEqual([])
  await desk.clock.advance(2_000)
  expect(desk.unseen).toEqual(['guarantee.update'])
  const next = sendingDesk({ desk: desk.again() })
  await next.clock.advance(11_000)
  expect(next.unseen).toEqual(['guarantee.update'])
})

test('[O81] what must not be late is called late within seconds of a clock that was set ahead', async () => {
  const desk = sendingDesk({ open: false })
  const action = note('now or never')
  const queued = desk.outbox.queue([{ action, by: DANA, deadline: desk.clock.now() + 120_000 }])
  if (!queued.ok) throw new Error('not queued')
  desk.clock.setWall(3_600_000)
  await desk.clock.advance(5_000)
  expect(desk.book.projection.outbox.find(queued.value[0]!)?.state).toBe('expired')
})

test('[O82] what a look showed is safe from a power cut in one with the word that it was done', async () => {
  const desk = bookOnDisk()
  const outbox = new Outbox({
    ...{ clock: desk.clock, random: fixedRandom(0.5), log: new LogLines(), who: () => DANA },
    delivery: { width: () => 1, settles: () => 0, deliver: async () => ({ is: 'accepted', seen: true }) },
    ...{ answered: () => {}, unseen: () => {} },
  })
  outbox.use(desk.book)
  outbox.setOpen(true)
  const queued = outbox.queue([typed('looked for', DANA)])
  if (!queued.ok) throw new Error('not queued')
  await desk.clock.advance(0)
  desk.disk.losePower()
  const again = bookOnDisk({ clock: desk.clock, disk: desk.disk })
  expect(again.book.projection.outbox.find(queued.value[0]!)?.state).toBe('confirmed')
})

test('[O86] what an earlier run sent is not looked for before a server that commits late may have done it', async () => {
  const first = sendingDesk()
  first.type('sent')
  await first.clock.advance(0)
  const next = sendingDesk({ desk: first.again(), random: seededRandom(1), settles: 2_000 })
  next.type('another')
  await next.clock.advance(1_900)
  expect(next.notes()).toEqual([])
  await next.clock.advance(200)
  expect(next.notes()).toEqual(['sent'])
})

test('[V397] what came to nothing is news until somebody says that they read it, and stays in the list', async () => {
  const desk = sendingDesk()
  const [key, other] = [desk.type('a'), desk.type('b')]
  desk.last().answer(refused(400, 'Elector is inactive'))
  await desk.clock.settle()
  expect(desk.view()).toMatchObject({ rejected: 1, recent: [{ key: other }, { key, lookedAt: null }] })
  const look = () => must(desk.book, [{ is: 'looked-at', keys: [key, other], by: 'huda@example.org' }])
  look()
  look()
  const lookedAt = { by: 'huda@example.org', at: desk.clock.now() }
  expect(desk.view()).toMatchObject({
    rejected: 0,
    waiting: 1,
    recent: [
      { key: other, lookedAt: null },
      { key, lookedAt },
    ],
  })
  // The rule that watches refusals knows all of them.
  expect(desk.book.projection.outbox.rejected).toBe(1)
  desk.disk.die()
  const again = bookOnDisk({ disk: desk.disk }).book.projection.outbox
  expect(again.view(0, null)).toMatchObject({ rejected: 0, recent: [{ key: other }, { key, lookedAt }] })
  const loaded = new OutboxFold()
  loaded.load(SavedOutbox.parse(JSON.parse(JSON.stringify(again.save()))))
  expect(loaded.view(0, null)).toEqual(again.view(0, null))
})

test('[O89] what waited behind something that is late goes as soon as that is called so', async () => {
  const desk = sendingDesk({ open: false, random: seededRandom(1) })
  const publish = { does: 'results.publish' } as const
  desk.outbox.queue([{ action: publish, by: DANA, deadline: desk.clock.now() + 1_000 }])
  desk.type('behind it')
  desk.clock.setWall(60_000)
  desk.outbox.setOpen(true)
  await desk.clock.advance(0)
  expect(desk.notes()).toEqual(['behind it'])
})

test('[O93] what the server’s clock showed at the first sending is written with it, and stays', async () => {
  let serverAt: number | null = 5_000
  const desk = sendingDesk({ serverNow: () => serverAt })
  const key = desk.type('a')
  await desk.clock.settle()
  const found = () => desk.book.projection.outbox.find(key)
  expect(found()).toMatchObject({ attempts: 1, serverAt: 5_000 })
  serverAt = 9_000
  desk.last().answer(LOST)
  await desk.clock.advance(60_000)
  expect(found()).toMatchObject({ attempts: 2, serverAt: 5_000 })
  desk.last().answer(DONE)
  serverAt = null
  const untold = desk.type('b')
  await desk.clock.settle()
  expect(desk.book.projection.outbox.find(untold)).toMatchObject({ attempts: 1, serverAt: null })
  serverAt = 9_000
  desk.last().answer(LOST)
  await desk.clock.advance(60_000)
  expect(desk.book.projection.outbox.find(untold)).toMatchObject({ attempts: 2, serverAt: null })
})
