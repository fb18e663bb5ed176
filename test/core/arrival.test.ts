import { expect, test } from 'vitest'
import type { Heard } from '../../src/core/backend/backend.ts'
import { TOPICS } from '../../src/shared/model/change.ts'
import { arrivingDesk } from './ingest/arriving-desk.ts'
import { ModelServer } from './ingest/model-server.ts'
import { attendance, committee, election, removal } from './projection/records.ts'

/** A desk that is here, with a server it hears; what the desk sends is answered at once unless the test holds it back. */
async function here({ numbered = true, keeps = 1_000, answers = true } = {}) {
  const server = new ModelServer(numbered, keeps)
  const state = { answers }
  const desk = arrivingDesk({
    server,
    onSend: (since) => {
      if (state.answers) desk.hear(...server.resume(since))
    },
  })
  server.write(election())
  server.write(committee(1))
  server.write(attendance(1))
  const connect = () => desk.hear(server.hello())
  connect()
  await desk.clock.advance(5_000)
  desk.hear(server.write(attendance(2)))
  await desk.clock.advance(10)
  desk.told.reads.length = 0
  desk.told.caughtUp = 0
  const states = () => [...new Set(TOPICS.map((topic) => desk.book.projection.trust.of(topic).state))].sort()
  const isEqual = () => expect(Object.fromEntries(desk.held())).toEqual(Object.fromEntries(server.now()))
  return { ...desk, server, state, connect, states, isEqual }
}

test('[Q22] a desk that knows nothing follows the server’s number and reads everything, the election first', async () => {
  const server = new ModelServer(true, 10)
  const desk = arrivingDesk({ server })
  server.write(election())
  server.write(attendance(1))
  desk.hear(server.hello())
  await desk.clock.settle()
  expect(desk.arrival.stage).toBe('reading')
  expect(desk.told.reads).toEqual(['phase'])
  await desk.clock.advance(5_000)
  expect(desk.told.reads).toEqual(['phase', 'phase', 'committees', 'attendance', 'counts', 'guarantees', 'results'])
  expect([desk.arrival.stage, desk.told.caughtUp, desk.told.sent]).toEqual(['here', 1, []])
  expect(desk.book.projection.position).toEqual(server.position)
})

test('[Q20] after a cut only the missed frames come, nothing is read, and all is as trusted as before', async () => {
  const desk = await here()
  const before = desk.states()
  const since = desk.book.projection.position
  desk.cut()
  expect(desk.states()).toEqual(['doubtful'])
  desk.server.write(attendance(3))
  desk.server.write(removal(attendance(1)))
  desk.server.writeHidden()
  await desk.clock.advance(60_000)
  const { cursor } = desk.book.journal
  desk.connect()
  await desk.clock.advance(1_000)
  desk.isEqual()
  expect(desk.told.sent).toEqual([since])
  expect(desk.told.reads).toEqual(['phase'])
  expect([desk.told.caughtUp, desk.arrival.stage]).toEqual([1, 'here'])
  expect(before).toEqual(['confirmed', 'live'])
  expect(desk.states()).toEqual(['live'])
  // Two missed changes and the word that all is here.
  expect(desk.book.journal.cursor - cursor).toBe(3)
})

test('[Q21] a desk that missed nothing is caught up at once', async () => {
  const desk = await here()
  desk.cut()
  desk.connect()
  await desk.clock.advance(10)
  expect([desk.told.caughtUp, desk.told.reads, desk.states()]).toEqual([1, ['phase'], ['live']])
})

test('[Q23] what the server no longer has is read, and the frames that come meanwhile are kept', async () => {
  const desk = await here({ keeps: 2 })
  desk.cut()
  for (let id = 10; id < 20; id++) desk.server.write(attendance(id))
  desk.connect()
  await desk.clock.settle()
  desk.hear(desk.server.write(attendance(99)))
  expect(desk.states()).toEqual(['doubtful'])
  await desk.clock.advance(5_000)
  desk.isEqual()
  expect([desk.told.caughtUp, desk.arrival.stage]).toEqual([1, 'here'])
  expect(desk.told.reads.slice(1)).toEqual(['phase', 'committees', 'attendance', 'counts', 'guarantees', 'results'])
})

test('[Q23] a resume without an answer for 5 s becomes a reading', async () => {
  const desk = await here()
  desk.cut()
  desk.state.answers = false
  desk.connect()
  await desk.clock.advance(4_990)
  expect([desk.arrival.stage, desk.told.reads]).toEqual(['resuming', ['phase']])
  await desk.clock.advance(5_000)
  expect([desk.arrival.stage, desk.told.caughtUp]).toEqual(['here', 1])
  desk.isEqual()
})

test('[Q23] what was doubted before such a reading is not ended by the next resume', async () => {
  const desk = await here({ keeps: 2 })
  desk.cut()
  for (let id = 10; id < 20; id++) desk.server.write(attendance(id))
  desk.connect()
  await desk.clock.settle()
  // Frames are followed from beyond what is missing, then the socket goes before anything was read.
  desk.hear(desk.server.write(attendance(30)))
  await desk.clock.settle()
  desk.cut()
  desk.told.reads.length = 0
  desk.connect()
  await desk.clock.advance(5_000)
  expect(desk.told.reads).toContain('attendance')
  desk.isEqual()
})

test('[Q24] frames missing on an open socket are asked for', async () => {
  const desk = await here()
  const since = desk.book.projection.position
  desk.server.write(attendance(3))
  desk.hear(desk.server.write(attendance(4)))
  await desk.clock.advance(10)
  expect(desk.told.sent).toEqual([since])
  expect([desk.told.fellBehind, desk.told.caughtUp, desk.told.reads]).toEqual([1, 1, []])
  desk.isEqual()
  expect(desk.states()).toEqual(['live'])
})

test('[Q24] a stream that breaks off again at the same place is read instead', async () => {
  const desk = await here()
  desk.state.answers = false
  const lose = (id: number) => {
    desk.server.write(attendance(id))
    desk.hear(desk.server.write(attendance(id + 1)))
  }
  lose(3)
  await desk.clock.advance(10)
  // The answer loses the same frames.
  const [answer, , ...rest] = desk.server.resume(desk.told.sent[0]!)
  desk.hear(answer!, ...rest)
  await desk.clock.advance(5_000)
  expect(desk.told.sent.length).toBe(1)
  expect(desk.told.reads).toContain('attendance')
  desk.isEqual()
  expect(desk.arrival.stage).toBe('here')
})

test('[Q25] another epoch on an open socket doubts and reads everything', async () => {
  const desk = await here()
  desk.server.restart()
  desk.hear(desk.server.write(attendance(7)))
  await desk.clock.settle()
  expect(desk.book.projection.trust.of('counts')).toMatchObject({ because: 'epoch-changed' })
  await desk.clock.advance(5_000)
  desk.isEqual()
  desk.hear(desk.server.write(attendance(8)))
  await desk.clock.advance(10)
  desk.isEqual()
  expect(desk.book.projection.position).toEqual(desk.server.position)
})

test('[Q25] a server that came back with a new epoch is read whole', async () => {
  const desk = await here()
  desk.cut()
  desk.server.restart()
  desk.server.write(removal(attendance(1)))
  desk.connect()
  await desk.clock.advance(5_000)
  expect(desk.told.sent).toEqual([])
  desk.isEqual()
})

test('[Q22] a server whose number is behind the desk’s is not asked to resume', async () => {
  const desk = await here()
  desk.cut()
  const hello: Heard = { ...desk.server.hello(), position: { epoch: desk.server.epoch, seq: 1 } }
  desk.hear(hello)
  await desk.clock.advance(5_000)
  expect(desk.told.sent).toEqual([])
  expect(desk.told.reads.length).toBe(7)
})

test('[Q26] a server without numbers is read whole after each connection', async () => {
  const desk = await here({ numbered: false })
  for (let time = 0; time < 3; time++) {
    desk.cut()
    desk.server.write(attendance(50 + time))
    desk.told.reads.length = 0
    desk.connect()
    await desk.clock.advance(5_000)
    expect(desk.told.reads).toEqual(expect.arrayContaining([...TOPICS]))
    desk.isEqual()
  }
  expect(desk.told.sent).toEqual([])
  expect(desk.arrival.numbered).toBe(false)
})

test('[Q27] frames wait until it is known which election they are of', async () => {
  const server = new ModelServer(true, 10)
  const desk = arrivingDesk({ server })
  desk.hear(server.hello())
  desk.hear(server.write(attendance(1)))
  await desk.clock.advance(2_990)
  expect([desk.told.reads, desk.held().size]).toEqual([['phase'], 0])
  server.write(election())
  await desk.clock.advance(3_000)
  desk.hear(server.write(attendance(2)))
  await desk.clock.advance(5_000)
  expect(desk.arrival.stage).toBe('here')
  expect(Object.fromEntries(desk.held())).toEqual(Object.fromEntries(server.now()))
})

test('[Q27] while the journal cannot be opened it is tried again every 3 s', async () => {
  const server = new ModelServer(true, 10)
  const desk = arrivingDesk({ server })
  server.write(election())
  desk.told.bookless = true
  desk.hear(server.hello())
  await desk.clock.advance(9_500)
  expect([desk.told.reads.length, desk.arrival.stage]).toEqual([4, 'identifying'])
  desk.told.bookless = false
  await desk.clock.advance(8_000)
  expect(desk.arrival.stage).toBe('here')
})

test.each(['identifying', 'resuming', 'reading', 'here'] as const)(
  '[Q28] a socket lost while %s leaves nothing under way',
  async (stage) => {
    const desk = await here({ answers: false })
    desk.cut()
    if (stage === 'reading') desk.server.restart()
    if (stage === 'here') desk.state.answers = true
    if (stage === 'identifying') desk.told.bookless = true
    desk.connect()
    if (stage === 'here') await desk.clock.advance(5_000)
    else await desk.clock.settle()
    expect(desk.arrival.stage).toBe(stage)
    desk.arrival.leave()
    const { cursor } = desk.book.journal
    const reads = desk.told.reads.length
    await desk.clock.advance(3_600_000)
    expect([desk.clock.pending, desk.book.journal.cursor, desk.told.reads.length]).toEqual([0, cursor, reads])
  },
)

test('[Q29] only what a resume cannot end is read after it', async () => {
  const desk = await here()
  desk.book.doubt('frame-not-understood', desk.clock.now(), ['counts'])
  desk.cut()
  desk.server.write(attendance(3))
  desk.connect()
  await desk.clock.advance(1_000)
  expect(desk.told.reads).toEqual(['phase', 'counts'])
  expect(desk.states()).toEqual(['confirmed', 'live'])
  expect(desk.told.caughtUp).toBe(1)
  desk.isEqual()
})

test('[Q20] the number of the last run’s journal is where the next run goes on', async () => {
  const desk = await here()
  desk.arrival.leave()
  const position = desk.book.projection.position
  expect(position).toEqual(desk.server.position)
  desk.server.write(attendance(5))
  desk.connect()
  await desk.clock.advance(100)
  expect(desk.told.sent).toEqual([position])
})

test.each(['missed frames', 'the word that all is here'])(
  '[Q53] a disk that refuses %s of a resume: read again once there is room',
  async (what) => {
    const desk = await here()
    desk.cut()
    desk.server.write(attendance(3))
    if (what === 'missed frames') desk.disk.failWith('full')
    else desk.book.listen({ shifted: () => desk.disk.failWith('full') })
    desk.connect()
    await desk.clock.advance(20_000)
    expect([desk.told.caughtUp, desk.arrival.stage]).not.toContain('here')
    expect(desk.states()).toEqual(['doubtful'])
    // At most a reading every few seconds: the server is not asked in a circle.
    expect(desk.told.reads.length).toBeLessThan(60)
    desk.disk.failWith(null)
    await desk.clock.advance(60_000)
    desk.isEqual()
    expect(desk.arrival.stage).toBe('here')
    expect(desk.told.caughtUp).toBeGreaterThan(0)
    expect(desk.states()).not.toContain('doubtful')
  },
)

test('[Q60] missed frames that stop midway are not waited for for ever', async () => {
  const desk = await here()
  desk.cut()
  desk.server.write(attendance(3))
  desk.server.write(attendance(4))
  desk.state.answers = false
  desk.connect()
  await desk.clock.advance(10)
  const [resumed, first] = desk.server.resume(desk.book.projection.position!)
  desk.hear(resumed!, first!)
  await desk.clock.advance(59_000)
  expect(desk.arrival.stage).toBe('resuming')
  await desk.clock.advance(10_000)
  expect([desk.arrival.stage, desk.told.caughtUp]).toEqual(['here', 1])
  desk.isEqual()
})

test('[Q61] a disk that refuses while the missed frames are awaited: they are asked for again, and the stream goes on', async () => {
  const desk = await here()
  desk.state.answers = false
  // A frame is missing, and before the server answers the disk is full for a moment.
  desk.server.write(attendance(3))
  desk.hear(desk.server.write(attendance(4)))
  await desk.clock.advance(10)
  expect(desk.arrival.stage).toBe('resuming')
  desk.disk.failWith('full')
  desk.ingest.refuse(9)
  desk.disk.failWith(null)
  expect(desk.arrival.stage).toBe('waiting')
  desk.state.answers = true
  await desk.clock.advance(20_000)
  expect(desk.arrival.stage).toBe('here')
  desk.hear(desk.server.write(attendance(5)))
  await desk.clock.advance(10)
  desk.isEqual()
})

test('[Q62] frames that come while the server does not say which election it holds are kept', async () => {
  const server = new ModelServer(true, 10)
  let fails = true
  const sent: unknown[] = []
  const desk = arrivingDesk({ server, readFails: () => fails, onSend: (since) => sent.push(since) })
  server.write(election())
  desk.hear(server.hello())
  await desk.clock.advance(1_000)
  desk.hear(server.write(attendance(1)))
  await desk.clock.advance(1_000)
  fails = false
  await desk.clock.advance(5_000)
  desk.hear(server.write(attendance(2)))
  await desk.clock.advance(10)
  expect([desk.arrival.stage, sent, desk.ingest.meters.gaps]).toEqual(['here', [], 0])
})

test('[Q63] a journal that cannot be opened and ends the link: nothing is looked for any more', async () => {
  const desk = await here()
  desk.cut()
  desk.told.onBookOf = () => desk.arrival.leave()
  desk.told.bookless = true
  desk.connect()
  await desk.clock.advance(10)
  desk.told.bookless = false
  desk.told.reads.length = 0
  await desk.clock.advance(60_000)
  expect([desk.arrival.stage, desk.told.reads]).toEqual(['away', []])
})

test('[Q64] a hello that is understood only when its socket is gone begins nothing', async () => {
  const desk = await here()
  desk.cut()
  desk.hear(desk.server.hello())
  desk.cut()
  desk.told.reads.length = 0
  await desk.clock.advance(10_000)
  expect([desk.arrival.stage, desk.told.reads, desk.states()]).toEqual(['away', [], ['doubtful']])
})

test('[Q65] a read that fails while the disk refuses: what was read before is read again as well', async () => {
  const server = new ModelServer(true, 10)
  const state = { fails: false }
  const desk = arrivingDesk({ server, readFails: () => state.fails })
  server.write(election())
  desk.hear(server.hello())
  await desk.clock.advance(5_000)
  desk.disk.failWith('full')
  state.fails = true
  desk.reconcile.want(['counts'])
  await desk.clock.advance(10)
  desk.disk.failWith(null)
  state.fails = false
  await desk.clock.advance(30_000)
  expect([...new Set(TOPICS.map((topic) => desk.book.projection.trust.of(topic).state))]).toEqual(['confirmed'])
})

test('[S107] a stream whose beginning the disk refused is begun again before anything is read: without it nothing would say that frames may be lost', async () => {
  const server = new ModelServer(false, 10)
  const desk = arrivingDesk({ server })
  server.write(election())
  server.write(committee(1))
  desk.disk.failWith('full')
  desk.hear(server.hello())
  await desk.clock.advance(1_000)
  desk.disk.failWith(null)
  await desk.clock.advance(3_000)
  expect(desk.told.reads).toEqual(['phase'])
  await desk.clock.advance(10_000)
  expect([desk.arrival.stage, desk.told.caughtUp]).toEqual(['here', 1])
  const states = TOPICS.map((topic) => desk.book.projection.trust.of(topic).state)
  expect(new Set(states)).toEqual(new Set(['provisional']))
})

test('[S116] until the beginning of a stream is written nothing is read by itself either, also where the disk takes everything else', async () => {
  const server = new ModelServer(false, 10)
  const desk = arrivingDesk({ server })
  server.write(election())
  server.write(committee(1))
  desk.disk.failWith('full')
  desk.hear(server.hello())
  await desk.clock.advance(6_000)
  desk.disk.failWith(null)
  // The disk is well again before the beginning is tried again: what wants to be read meanwhile has to wait for that.
  desk.reconcile.want(TOPICS)
  desk.reconcile.confirm(TOPICS)
  await desk.clock.advance(3_000)
  expect(desk.told.reads).toEqual(['phase'])
  expect(desk.book.projection.trust.of('phase').state).toBe('doubtful')
  await desk.clock.advance(20_000)
  const states = TOPICS.map((topic) => desk.book.projection.trust.of(topic).state)
  expect([desk.arrival.stage, desk.told.caughtUp, [...new Set(states)]]).toEqual(['here', 1, ['provisional']])
})
