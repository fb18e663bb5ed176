import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Book } from '../../../src/core/book.ts'
import { headlineOf } from '../../../src/core/patch/headline.ts'
import { committeeRow } from '../../../src/core/patch/committees.ts'
import { candidateRows } from '../../../src/core/patch/candidates.ts'
import { pledgesOf } from '../../../src/core/patch/pledges.ts'
import { foldedOf, toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import { radarOf } from '../../../src/core/projection/radar.ts'
import { canonicalJson, stateOf } from '../../../src/core/projection/state.ts'
import { turnoutOf } from '../../../src/core/projection/turnout.ts'
import type { Attendance, Guarantee } from '../../../src/shared/model/records.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { bookOnDisk, frame, live, must, told } from '../journal/on-disk.ts'
import { anyChange, dice } from '../journal/random-history.ts'
import { attendance, code, committee, count, entry, guarantee, MINUTE, NINE, number, removal } from './records.ts'

const all = <R>(book: Book, kind: 'attendance' | 'guarantee' | 'count' | 'entry' | 'committee' | 'candidate'): R[] =>
  [...book.projection.of(kind).values()].map(({ record }) => record as R)
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** Electors who promised, each once by the oldest of their promises; beyond: where the committee is not known. */
function promisedAnew(book: Book, pledged: readonly Guarantee[], seen: ReadonlySet<string>) {
  const once = pledged.filter((one) => pledged.every(({ elector, id }) => elector !== one.elector || id >= one.id))
  const known = once.filter((one) => book.figures.idOf.has(book.figures.placeOf(one)!))
  const came = known.filter(({ elector }) => seen.has(elector)).length
  return { electors: known.length, seen: came, beyond: once.length - known.length }
}

/** Everything counted anew, the slow way. */
function recount(book: Book) {
  const marks = all<Attendance>(book, 'attendance')
  const attended = marks.filter(({ status }) => status === 'ATTENDED')
  const seen = new Set(attended.map(({ elector }) => elector))
  const guarantees = all<Guarantee>(book, 'guarantee')
  const pledged = guarantees.filter(({ status }) => status === 'GUARANTEED')
  const counts = all<{ votes: number; verified: boolean }>(book, 'count')
  const entries = all<{ status: string; cast: number; invalid: number }>(book, 'entry')
  return {
    electors: sum(all<{ electors: number }>(book, 'committee').map(({ electors }) => electors)),
    attended: attended.length,
    pendingAttendance: marks.length - attended.length,
    guarantees: guarantees.length,
    pledged: pledged.length,
    confirmed: guarantees.filter(({ confirmation }) => confirmation === 'CONFIRMED').length,
    notAvailable: guarantees.filter(({ confirmation }) => confirmation === 'NOT_AVAILABLE').length,
    pledgedAttended: pledged.filter(({ elector }) => seen.has(elector)).length,
    promised: promisedAnew(book, pledged, seen),
    committees: book.projection.of('committee').size,
    entries: {
      started: entries.filter(({ status }) => status !== 'NOT_STARTED').length,
      completed: entries.filter(({ status }) => status === 'COMPLETED' || status === 'VERIFIED').length,
      verified: entries.filter(({ status }) => status === 'VERIFIED').length,
    },
    ballotsCast: sum(entries.map(({ cast }) => cast)),
    ballotsInvalid: sum(entries.map(({ invalid }) => invalid)),
    votes: sum(counts.map(({ votes }) => votes)),
    votesVerified: sum(counts.map(({ votes, verified }) => (verified ? votes : 0))),
  }
}

const histories = fc.record({ seed: fc.integer({ min: 0 }), length: fc.integer({ min: 1, max: 250 }) })

/** A book after a random history of frames, reads and removals. */
function after({ seed, length }: { seed: number; length: number }): Book {
  const d = dice(seededRandom(seed))
  const { book } = bookOnDisk()
  for (let seq = 1; seq <= length; seq++) {
    const change = anyChange(d)
    must(book, [d.oneOf([() => live(change, seq), () => frame(change), () => told(change)[0]!])()])
  }
  return book
}
const runs = { numRuns: 150, seed: freshSeed() }

test('[P1] every headline figure equals one counted anew', () => {
  console.info(`TEST_SEED=${runs.seed}`)
  fc.assert(
    fc.property(histories, (history) => {
      const book = after(history)
      expect(headlineOf(book, NINE, null)).toMatchObject(recount(book))
    }),
    runs,
  )
})

test('[P1] every committee and candidate equals one counted anew', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const book = after(history)
      const marks = all<Attendance>(book, 'attendance')
      const seen = new Set(marks.filter(({ status }) => status === 'ATTENDED').map(({ elector }) => elector))
      for (const { record } of book.projection.of('committee').values()) {
        const here = marks.filter(({ committeeCode }) => committeeCode === record.code)
        const pledged = all<Guarantee>(book, 'guarantee').filter(
          ({ status, committeeCode, committeeName }) =>
            status === 'GUARANTEED' && (committeeCode ? committeeCode === record.code : committeeName === record.name),
        )
        expect(committeeRow(book, record, NINE)).toMatchObject({
          attended: here.filter(({ status }) => status === 'ATTENDED').length,
          pending: here.filter(({ status }) => status === 'PENDING').length,
          pledged: pledged.length,
          pledgedAttended: pledged.filter(({ elector }) => seen.has(elector)).length,
          votes: sum(
            all<{ committee: number; votes: number }>(book, 'count')
              .filter((each) => each.committee === record.id)
              .map(({ votes }) => votes),
          ),
        })
      }
      for (const row of candidateRows(book)) {
        const theirs = all<{ candidate: number; votes: number; verified: boolean }>(book, 'count').filter(
          (each) => each.candidate === row.id,
        )
        expect([row.votes, row.votesVerified, row.committeesCounted]).toEqual([
          sum(theirs.map(({ votes }) => votes)),
          sum(theirs.map(({ votes, verified }) => (verified ? votes : 0))),
          theirs.length,
        ])
      }
    }),
    runs,
  )
})

test('[P150] board, radar and funnel say the same of electors who promised', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const book = after(history)
      const { promised } = headlineOf(book, NINE, null)
      const { all: gap, beyond, committees } = radarOf(book, { now: NINE, target: null, scope: null })
      expect({ electors: gap.pledged, seen: gap.seen, beyond }).toEqual(promised)
      const funnel = pledgesOf(book, null)
      expect(funnel.electors).toBe(promised.electors + promised.beyond)
      for (const { code: place, pledged, seen } of committees)
        expect(funnel.committees.find((each) => each.code === place)).toMatchObject({
          electors: pledged,
          electorsSeen: seen,
        })
      const again = foldedOf(JSON.parse(JSON.stringify(toCheckpoint(book.folded))))
      expect(again.figures.guarantees.all).toEqual(book.figures.guarantees.all)
    }),
    runs,
  )
})

test('[P150] an elector promised to two collectors is one, also when one of the promises is taken back', () => {
  const { book } = bookOnDisk()
  must(book, told(committee(1), guarantee(1), guarantee(2, { elector: number('70001') }), attendance(1)))
  expect(headlineOf(book, NINE, null)).toMatchObject({ pledged: 2, promised: { electors: 1, seen: 1, beyond: 0 } })
  expect(turnoutOf(book, { committee: null }).at(-1)).toMatchObject({ pledgedAttended: 1 })
  must(book, told(removal(guarantee(1))))
  expect(headlineOf(book, NINE, null)).toMatchObject({ pledged: 1, promised: { electors: 1, seen: 1, beyond: 0 } })
  must(book, told(guarantee(2, { elector: number('70001'), status: 'PENDING' })))
  expect(headlineOf(book, NINE, null).promised).toEqual({ electors: 0, seen: 0, beyond: 0 })
})

test('[P150][P103] of a committee whose attendance the viewer does not see nobody is called unseen on the board', () => {
  const { book } = bookOnDisk()
  must(book, told(committee(1), committee(2), guarantee(1), guarantee(3, { committeeName: 'Committee 2' })))
  expect(headlineOf(book, NINE, new Set(['C1'])).promised).toEqual({ electors: 1, seen: 0, beyond: 1 })
})

test('[P1] nothing is ever negative', () => {
  const numbersOf = (value: unknown): number[] =>
    typeof value === 'number'
      ? [value]
      : typeof value === 'object' && value
        ? Object.values(value).flatMap(numbersOf)
        : []
  fc.assert(
    fc.property(histories, (history) => {
      const book = after(history)
      const rows = [...book.projection.of('committee').values()].map(({ record }) => committeeRow(book, record, NINE))
      for (const figure of numbersOf([
        headlineOf(book, NINE, null),
        rows,
        candidateRows(book),
        turnoutOf(book, { committee: null }),
      ]))
        expect(figure).toBeGreaterThanOrEqual(0)
    }),
    runs,
  )
})

test('[P10] the curve has at most 240 points, never falls and ends at the sums', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 400 }), (history, days) => {
      const book = after(history)
      must(book, told(attendance(900, { attendedAt: NINE + days * 86_400_000, elector: number('70001') })))
      const points = turnoutOf(book, { committee: null })
      expect(points.length).toBeLessThanOrEqual(240)
      points.reduce((before, point) => {
        expect(point.at).toBeGreaterThan(before.at)
        expect(point.attended).toBeGreaterThanOrEqual(before.attended)
        expect(point.pledgedAttended).toBeGreaterThanOrEqual(before.pledgedAttended)
        return point
      })
      const { attended } = recount(book)
      const came = book.figures.guarantees.all.pledgedElectorsSeen
      expect(points.at(-1)).toMatchObject({ attended, pledgedAttended: came })
    }),
    runs,
  )
})

test('[P10] without a mark there is no curve', () => {
  const { book } = bookOnDisk()
  must(book, told(attendance(1, { status: 'PENDING' })))
  expect(turnoutOf(book, { committee: null })).toEqual([])
})

test('[P10] a pledged elector whose later mark was taken away is still on the curve', () => {
  const { book } = bookOnDisk()
  const later = attendance(2, { elector: number('70001'), attendedAt: NINE + 60 * MINUTE })
  must(book, told(guarantee(1), attendance(1), later, removal(later)))
  expect(turnoutOf(book, { committee: null })).toEqual([
    { at: NINE + MINUTE / 2, attended: 1, pledgedAttended: 1, expected: null },
  ])
})

test('[P11] a committee’s curve counts its own, by code or by name', () => {
  const { book } = bookOnDisk()
  must(book, told(committee(1), committee(2), guarantee(1, { committeeName: 'Committee 1' })))
  must(book, told(guarantee(2, { committeeName: null, committeeCode: code('C1') })))
  must(book, told(guarantee(3, { committeeName: 'Committee 2' })))
  must(book, told(attendance(1), attendance(2), attendance(3, { committeeCode: code('C2') })))
  expect(turnoutOf(book, { committee: code('C1') }).at(-1)).toMatchObject({ attended: 2, pledgedAttended: 2 })
  expect(turnoutOf(book, { committee: code('C2') }).at(-1)).toMatchObject({ attended: 1, pledgedAttended: 1 })
  expect(turnoutOf(book, { committee: code('C9') })).toEqual([])
})

test('[P2] absent fields keep what was known, null does not', () => {
  const { book } = bookOnDisk()
  must(book, told(guarantee(1, { collector: 7 as never, committeeCode: code('C1'), note: 'a' })))
  must(book, [frame(guarantee(1, { note: 'b' }))])
  const held = () => book.projection.of('guarantee').get(1 as never)?.record
  expect(held()).toMatchObject({ collector: 7, committeeCode: 'C1', note: 'b' })
  must(book, [frame(guarantee(1, { committeeCode: null }))])
  expect(held()).toMatchObject({ collector: 7, committeeCode: null })
})

test('[P2] a removed record takes what was known of it along', () => {
  const { book } = bookOnDisk()
  must(book, told(guarantee(1, { collector: 7 as never })))
  must(book, [frame(removal(guarantee(1))), frame(guarantee(1))])
  expect(book.projection.of('guarantee').get(1 as never)?.record).not.toHaveProperty('collector')
})

test('[P3] an elector is seen until the last attendance that says so is gone', () => {
  const { book } = bookOnDisk()
  const pledgedSeen = () => book.figures.guarantees.all.pledgedAttended
  must(book, told(committee(1), guarantee(1), guarantee(2, { elector: number('70001') })))
  must(book, told(attendance(1), attendance(9, { elector: number('70001') })))
  expect(pledgedSeen()).toBe(2)
  must(book, told(removal(attendance(1))))
  expect(pledgedSeen()).toBe(2)
  must(book, told(attendance(9, { elector: number('70001'), status: 'PENDING' })))
  expect(pledgedSeen()).toBe(0)
})

test('[P3] those whose guarantees it concerns are told of with the mark', () => {
  const { book } = bookOnDisk()
  must(book, told(guarantee(1), guarantee(2, { elector: number('70001') }), guarantee(3)))
  const moved: unknown[] = []
  book.listen({ shifted: (_shift, { guarantees }) => moved.push(guarantees) })
  must(book, told(attendance(1), attendance(1, { notes: 'later' }), attendance(8)))
  expect(moved[0]).toEqual([1, 2])
  expect(moved[2]).toEqual([])
})

test('[P4] a committee renamed takes its guarantees along only by code', () => {
  const { book } = bookOnDisk()
  must(book, told(committee(1), guarantee(1), guarantee(2, { committeeCode: code('C1') })))
  const pledged = () => committeeRow(book, book.projection.of('committee').get(1 as never)!.record, NINE).pledged
  expect(pledged()).toBe(2)
  must(book, told(committee(1, { name: 'Another' })))
  expect(pledged()).toBe(1)
})

test('[P4] a name passed from one committee to another leads to the other', () => {
  const { book } = bookOnDisk()
  must(book, told(committee(1), committee(2, { name: 'Committee 1' }), removal(committee(1))))
  const [held] = [guarantee(1)]
  expect(held.op === 'upsert' && held.kind === 'guarantee' && book.figures.placeOf(held.record)).toBe('C2')
})

test('[P5] the latest mark goes back when it is taken away, to the minute', () => {
  const { book } = bookOnDisk()
  const wrong = NINE + 400 * 86_400_000
  must(book, told(attendance(1, { attendedAt: NINE }), attendance(2, { attendedAt: NINE + 5 * MINUTE + 700 })))
  must(book, told(attendance(3, { attendedAt: wrong })))
  expect(headlineOf(book, NINE, null).latestAttendanceAt).toBe(wrong)
  must(book, told(attendance(3, { attendedAt: NINE + MINUTE })))
  expect(headlineOf(book, NINE, null)).toMatchObject({
    latestAttendanceAt: NINE + 5 * MINUTE + 700,
    attendedLast: { m15: 3, m30: 3, m60: 3 },
  })
  must(book, told(removal(attendance(1)), removal(attendance(2)), removal(attendance(3))))
  expect(headlineOf(book, NINE, null).latestAttendanceAt).toBeNull()
})

test('[P5] marks of the last minutes are those up to now', () => {
  const { book } = bookOnDisk()
  const at = (minutes: number, id: number) => attendance(id, { attendedAt: NINE + minutes * MINUTE })
  must(book, told(at(0, 1), at(40, 2), at(50, 3), at(59, 4)))
  expect(headlineOf(book, NINE + 60 * MINUTE, null).attendedLast).toEqual({ m15: 2, m30: 3, m60: 3 })
})

test('[P6] a frame older than what is held is passed over', () => {
  const { book } = bookOnDisk()
  must(book, [live(attendance(1, { notes: 'seven' }), 7), live(attendance(1, { notes: 'five' }), 5)])
  must(book, [{ ...told(count(1, 1, 9))[0]!, position: { epoch: 'e', seq: 9 } } as never, live(count(1, 1, 3), 8)])
  expect(book.projection.of('attendance').get(1 as never)?.record.notes).toBe('seven')
  expect(book.figures.counts.votes).toBe(9)
  must(book, [live(attendance(1, { notes: 'anew' }), 1, 'f')])
  expect(book.projection.of('attendance').get(1 as never)?.record.notes).toBe('anew')
})

test('[P7] the same records told in another order are the same text', () => {
  const changes = [committee(1), committee(2), attendance(1), guarantee(1), count(1, 2, 3), entry(1)]
  const textOf = (order: typeof changes) => {
    const { book } = bookOnDisk()
    must(book, told(...order))
    const { cursor, head, ...records } = stateOf(book)
    expect([cursor, head.length]).toEqual([7, 64])
    return canonicalJson(records)
  }
  expect(textOf(changes.toReversed())).toBe(textOf(changes))
})

test('[P7] canonical text sorts keys at every depth and leaves out what is undefined', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 'س' }], a: undefined, A: null })).toBe('{"A":null,"b":[{"c":"س","d":1}]}')
  expect(Object.keys(stateOf(bookOnDisk().book)).sort()).toEqual([
    'attendance',
    'candidates',
    'committees',
    'counts',
    'cursor',
    'election',
    'guarantees',
    'head',
    'outbox',
    'results',
  ])
})

test('[P139] of a part of the day the curve is finer, goes on from what came before, and ends where the whole stands', () => {
  const { book } = bookOnDisk()
  must(book, told(committee(1), ...Array.from({ length: 20 }, (_, id) => guarantee(id * 50))))
  const marks = Array.from({ length: 1_000 }, (_, id) => attendance(id, { attendedAt: NINE + id * MINUTE }))
  must(book, told(...marks))
  const whole = turnoutOf(book, { committee: null })
  const part = { from: NINE + 500 * MINUTE, to: NINE + 600 * MINUTE }
  const points = turnoutOf(book, { committee: null, span: part })
  expect([whole.length <= 240, points.length]).toEqual([true, 103])
  expect((points[1]?.at ?? 0) - (points[0]?.at ?? 0)).toBe(MINUTE)
  expect((whole[1]?.at ?? 0) - (whole[0]?.at ?? 0)).toBeGreaterThan(MINUTE)
  expect([points[0]?.attended, points.at(-1)?.attended]).toEqual([500, 602])
  expect([points[0]?.pledgedAttended, points.at(-1)?.pledgedAttended]).toEqual([10, 13])
  const all = turnoutOf(book, { committee: null, span: { from: 0, to: NINE * 2 } })
  expect(all.map(({ attended }) => attended)).toEqual(whole.map(({ attended }) => attended))
  expect(turnoutOf(book, { committee: null, span: { from: 0, to: 1 } })).toEqual([])
  expect(turnoutOf(book, { committee: null, span: { from: NINE * 2, to: NINE * 3 } })).toEqual([])
})
