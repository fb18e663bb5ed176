import { expect, test } from 'vitest'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { dice, historian } from '../journal/random-history.ts'
import { live, sha256 } from '../journal/on-disk.ts'
import { Folded } from '../../../src/core/projection/folded.ts'
import { Keyframes } from '../../../src/core/replay/keyframes.ts'
import { inSlices, SLICE, type Work } from '../../../src/core/replay/slices.ts'
import { Stage } from '../../../src/core/replay/stage.ts'
import { Tape } from '../../../src/core/replay/tape.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { attendance, election, MINUTE } from '../projection/records.ts'
import { foldOf, playerOf, readerOf, recordedDay, shownBy } from './recorded-day.ts'

const HOUR = 60 * MINUTE
function* passing(): Work<void> {}
/** All of it at once. */
function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

async function randomDay(seed: number, batches = 40) {
  const d = dice(seededRandom(seed))
  const day = recordedDay()
  const next = historian(d, () => day.clock.now())
  for (let batch = 0; batch < batches; batch++) {
    day.write(...Array.from({ length: 1 + d.upTo(12) }, () => next(day.book.journal.cursor)))
    await day.wait(1 + d.upTo(90_000))
  }
  return { ...day, d }
}

test('[T1] what a replay shows at a moment is the fold of the rows written by then, wherever it came from', async () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + 12; seed++) {
    const { rows, book, d } = await randomDay(seed)
    const { player, clock } = playerOf(rows())
    await clock.settle()
    for (let seek = 0; seek < 12; seek++) {
      const { at } = d.oneOf(rows())
      player.seek(at)
      await clock.settle()
      const stage = player.showing!.stage
      const until = rows().filter((row) => row.at <= at)
      expect(player.view(), `seed ${seed}`).toMatchObject({ at, wanted: null, cursor: until.length })
      expect(shownWithout(shownBy(stage, at, book.journal)), `seed ${seed}`).toBe(shownWithout(foldOf(until, at)))
    }
  }
})
/** Cursor and head are those of the journal read, not of the fold. */
const shownWithout = (text: string) =>
  text.replace(/"cursor":\d+,"election"/, '"election"').replace(/"head":"[0-9a-f]*",/, '')

test('[T1] turned from keyframe to keyframe, forth and back, the fold is the one made anew, in the same order', async () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + 12; seed++) {
    const { rows, book, d } = await randomDay(seed)
    const tape = new Tape(readerOf(rows()), new Keyframes(1 + d.upTo(40)))
    const loaded = finish(tape.load(sha256, () => {}))
    if (!loaded.ok) throw new Error('not loaded')
    let place = loaded.value
    for (let seek = 0; seek < 20; seek++) {
      const { at } = d.oneOf(rows())
      place = finish(tape.forward(finish(tape.keyframes.turn(place, at)), at, passing))
      const until = rows().filter((row) => row.at <= at)
      const fresh = finish(new Tape(readerOf(until)).load(sha256, () => {}))
      if (!fresh.ok) throw new Error('not loaded')
      const [one, other] = [place.folded, fresh.value.folded].map((folded) => new Stage(folded))
      expect(shownBy(one!, at, book.journal), `seed ${seed}`).toBe(shownBy(other!, at, book.journal))
      expect(everything(place.folded), `seed ${seed}`).toEqual(everything(fresh.value.folded))
    }
  }
})
/** Tables in their order, and what electors find. */
const everything = ({ projection, figures }: Folded) => ({
  tables: Object.values(projection.tables).map((table: Map<unknown, unknown>) => [...table]),
  seen: [...figures.attendance.seen],
  figures: figures.save(),
  pledgesOf: [...projection.of('guarantee').values()].map(
    ({ record }) =>
      new Set(figures.guarantees.seen(record.elector, 1)).size + figures.guarantees.seen(record.elector, -1).length,
  ),
})

test('[T2] of the moments asked for while one is being reached, the latest is reached', async () => {
  const { rows } = await randomDay(7)
  const { player, clock } = playerOf(rows())
  await clock.settle()
  const times = [...new Set(rows().map((row) => row.at))]
  for (const at of [times[3]!, times[20]!, times[9]!]) player.seek(at)
  expect(player.view()).toMatchObject({ wanted: times[9] })
  await clock.settle()
  expect(player.view()).toMatchObject({ at: times[9], wanted: null })
})

test('[T3] nothing is shown before the whole chain is checked', async () => {
  const { rows } = await randomDay(8)
  const { player, clock, told } = playerOf(rows())
  expect(player.view()).toMatchObject({ is: 'reading', share: 0 })
  player.seek(0)
  expect(told.replaced).toBe(0)
  await clock.settle()
  expect(player.view()).toMatchObject({ is: 'replay', at: rows().at(-1)!.at, cursor: rows().length })
  expect(told.replaced).toBe(1)
})

test('[T4] a recording whose chain is broken is shown up to the break; one broken from the start, or empty, is not', async () => {
  const { rows } = await randomDay(9)
  const forged = rows().map((row) => (row.cursor === 50 ? { ...row, text: row.text.replace('{', '{ ') } : row))
  const broken = playerOf(forged)
  await broken.clock.settle()
  expect(broken.player.view()).toMatchObject({ is: 'replay', cursor: 49, fault: { is: 'chain-broken', cursor: 50 } })
  broken.player.seek(Number.MAX_SAFE_INTEGER)
  await broken.clock.settle()
  expect(broken.player.view()).toMatchObject({ cursor: 49 })

  const [first, ...rest] = rows()
  const worse = playerOf([{ ...first!, at: 1 }, ...rest])
  await worse.clock.settle()
  expect(worse.faults).toMatchObject([{ is: 'chain-broken', cursor: 1 }])
  const empty = playerOf([])
  await empty.clock.settle()
  expect(empty.faults).toMatchObject([{ is: 'empty' }])
})

test('[T5] work is done in slices of at most 8 ms, with room for others between them', () => {
  const waiting: (() => void)[] = []
  let elapsed = 0
  const clock = {
    ...new ManualClock(),
    now: () => 0,
    elapsed: () => elapsed,
    after: () => () => {},
    soon: (run: () => void) => void waiting.push(run),
  }
  function* work() {
    for (let step = 0; step < 100; step++) {
      elapsed += 1
      yield
    }
    return 'done'
  }
  const told: string[] = []
  inSlices(clock, work(), { done: (result) => told.push(result), failed: String })
  const slices: number[] = []
  while (waiting.length > 0) {
    const before = elapsed
    waiting.shift()!()
    slices.push(elapsed - before)
  }
  expect(told).toEqual(['done'])
  expect(Math.max(...slices)).toBe(SLICE)
  expect(slices.length).toBeGreaterThanOrEqual(100 / SLICE)
})

test('[T5] what is stopped between two slices does nothing more', async () => {
  const clock = new ManualClock()
  let steps = 0
  function* work() {
    for (;;) {
      steps += 1
      yield clock.setWall(0)
    }
  }
  inSlices(clock, work(), { done: () => {}, failed: () => {} })()
  await clock.settle()
  expect(steps).toBe(0)
})

test('[T6] a seek begins at the last keyframe before its moment and folds no further', async () => {
  const { rows } = await randomDay(11, 60)
  const asked: number[] = []
  const reader = readerOf(rows())
  const tape = new Tape(
    { ...reader, read: (after, limit) => (asked.push(after), reader.read(after, limit)) },
    new Keyframes(50),
  )
  const loaded = finish(tape.load(sha256, () => {}))
  if (!loaded.ok) throw new Error('not loaded')
  let here = loaded.value
  for (const { at } of rows()) {
    const begun = tape.keyframes.cursorBefore(at)
    const until = rows().filter((row) => row.at <= at).length
    expect(until - begun).toBeLessThan(50 + 100 + 12)
    asked.length = 0
    here = finish(tape.forward(finish(tape.keyframes.turn(here, at)), at, passing))
    expect(here.cursor).toBe(until)
    expect(asked.every((after) => after >= begun)).toBe(true)
  }
  const kept = new Keyframes(1)
  for (let cursor = 1; cursor <= 500; cursor++)
    finish(kept.offer({ folded: new Folded(), cursor, time: cursor, hash: '' }))
  expect(kept.length).toBeLessThanOrEqual(16)
  expect(500 - kept.cursorBefore(500)).toBeLessThan(64)
})

test('[T7] a clock that was set back does not take the recording back', async () => {
  const day = recordedDay()
  day.write(live(attendance(1), 1))
  await day.wait(60_000)
  day.write(live(attendance(2), 2))
  day.clock.setWall(-30_000)
  day.write(live(attendance(3), 3))
  const at = day.rows().map((row) => row.at)
  const { player, clock } = playerOf(day.rows())
  await clock.settle()
  player.seek(at[3]!)
  await clock.settle()
  // The third was written after the second: until the second's time is reached neither is there.
  expect(player.view()).toMatchObject({ cursor: 2 })
  player.seek(at[2]!)
  await clock.settle()
  expect(player.view()).toMatchObject({ cursor: 4, at: at[2] })
})

test('[T8] six hours without a change end a day; each has its own marks', async () => {
  const day = recordedDay()
  const first = day.clock.now()
  day.write(live(election({ phase: 'VOTING_DAY' }), 1), live(attendance(1), 2))
  await day.wait(5 * HOUR)
  day.write(live(attendance(2), 3))
  await day.wait(7 * HOUR)
  day.write({ is: 'link', state: 'offline', cause: 'cut', proof: '1006' })
  const second = day.clock.now()
  day.write(live(attendance(3), 4))
  await day.wait(1_000)
  day.write({ is: 'doubted', topics: ['attendance'], since: 0, because: 'gap' })
  const { player, clock } = playerOf(day.rows())
  await clock.settle()
  expect(player.view()).toMatchObject({
    days: [{ from: first }, { from: second, to: second + 1_000 }],
    day: { from: second },
  })
  expect(player.marks()).toMatchObject({ from: second, doubts: [{ because: 'gap', count: 1 }], election: [] })
  player.seek(first)
  await clock.settle()
  expect(player.view()).toMatchObject({ day: { from: first } })
  expect(player.marks()).toMatchObject({ from: first, doubts: [], election: [{ what: 'phase', says: 'VOTING_DAY' }] })
})

test('[T10] playing moves the day on by the time that passed times the speed, and stops at its end', async () => {
  const { player, clock, from } = await ten()
  player.seek(from)
  await clock.settle()
  player.play(60)
  await clock.advance(1_000)
  expect(player.view()).toMatchObject({ playing: true, speed: 60, at: from + MINUTE, cursor: 3 })
  player.pause()
  await clock.advance(10_000)
  expect(player.view()).toMatchObject({ playing: false, at: from + MINUTE })
  player.play(1_000)
  await clock.advance(2_000)
  expect(player.view()).toMatchObject({ playing: false, at: from + 9 * MINUTE, cursor: 11 })
})

test('[T10] after the machine slept the day goes on where it was', async () => {
  const { player, clock, from } = await ten()
  player.seek(from)
  await clock.settle()
  player.play(1)
  await clock.block(60_000)
  expect(player.at - from).toBeLessThan(1_000)
})

test('[T11] played from its end a day begins anew; the silence between two days is passed over', async () => {
  const day = recordedDay()
  const from = day.clock.now()
  day.write(live(attendance(1), 1))
  await day.wait(MINUTE)
  day.write(live(attendance(2), 2))
  await day.wait(20 * HOUR)
  const second = day.clock.now()
  day.write(live(attendance(3), 3))
  await day.wait(MINUTE)
  day.write(live(attendance(4), 4))
  const { player, clock } = playerOf(day.rows())
  await clock.settle()
  player.play(60)
  await clock.advance(100)
  expect(player.view()).toMatchObject({ playing: true, day: { from: second } })
  expect(player.at).toBeLessThan(second + 10_000)
  player.seek(from)
  await clock.advance(1_500)
  expect(player.at).toBeGreaterThanOrEqual(second)
})

/** Ten marks, a minute apart. */
async function ten() {
  const day = recordedDay()
  const from = day.clock.now()
  for (let mark = 1; mark <= 10; mark++) {
    day.write(live(attendance(mark), mark))
    if (mark < 10) await day.wait(MINUTE)
  }
  const played = playerOf(day.rows())
  await played.clock.settle()
  return { ...played, from }
}
