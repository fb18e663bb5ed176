import { expect, test } from 'vitest'
import type { DeskDeed, Plan, Step, Typing } from './plan.ts'
import { historyOf } from './range.ts'

/** A history of one desk, by what happens to it when, s. */
function planned(
  seed: number,
  deeds: readonly (readonly [at: number, deed: DeskDeed | Typing])[],
  more: Partial<Plan>,
): Plan {
  const steps = deeds.map(([at, deed], number): Step => ({ number, at: at * 1_000, on: 'desk', desk: 0, deed }))
  const lasts = 1_000 * (1 + (deeds.at(-1)?.[0] ?? 0))
  const { numbered = false, socket = true, keeping = null } = more
  return { seed, numbered, blind: false, socket, stage: 'voting', desks: 1, accessMs: 3_600_000, keeping, lasts, steps }
}
const mark: Typing = { is: 'type', what: 'mark', pick: 1 }
const EACH = Array.from({ length: 12 }, (_, index) => index + 1)

test('[S106] where no socket is to be had nothing is claimed after a sign-out, and what the next sign-in types is done', async () => {
  for (const numbered of [true, false])
    for (const seed of EACH) {
      const deeds = [
        [10, { is: 'sign-out' }],
        [11.5, mark],
        [30, mark],
      ] as const
      const { broken, saved } = await historyOf(planned(seed, deeds, { numbered, socket: false }))
      expect([broken, saved > 0], `seed ${seed}`).toEqual([null, true])
    }
})

test('[S106] where no socket is to be had nothing is read while the journal cannot be opened', async () => {
  for (const seed of EACH) {
    const deeds = [
      [10, { is: 'crash', power: false, backIn: 2_000 }],
      [11, { is: 'disk', fault: 'failed', ms: 6_000 }],
      [25, mark],
    ] as const
    expect((await historyOf(planned(seed, deeds, { socket: false }))).broken, `seed ${seed}`).toBeNull()
  }
})

test('[S104] a row and a checkpoint of which only a part is there after a loss of power take no saved action with them', async () => {
  for (const numbered of [true, false])
    for (const seed of EACH) {
      const deeds = EACH.flatMap((turn) => [
        [5 * turn, { is: 'type', what: turn % 2 ? 'edit' : 'note', pick: turn }] as const,
        [5 * turn + 0.02 * seed, { is: 'crash', power: true, backIn: 300 }] as const,
      ])
      const { broken, saved } = await historyOf(planned(seed, deeds, { numbered }))
      expect([broken, saved > 5], `seed ${seed}`).toEqual([null, true])
    }
})

test('[S108] what had no answer is done once by a desk whose clock is hours off, with a socket and without', async () => {
  for (const socket of [true, false])
    for (const seed of EACH) {
      const hours = seed % 2 ? 12 : -12
      const deeds = EACH.flatMap((turn) => [
        [15 * turn, { is: 'set-clock', ms: turn % 2 ? hours * 3_600_000 : -hours * 3_600_000 }] as const,
        [15 * turn + 8, { is: 'type', what: 'note', pick: turn }] as const,
        [15 * turn + 8 + 0.06 * seed, { is: 'crash', power: true, backIn: 300 }] as const,
      ])
      const { broken, saved } = await historyOf(planned(seed, deeds, { socket }))
      expect([broken, saved > 5], `seed ${seed}`).toEqual([null, true])
    }
})

test('[S128] a socket on which all comes late is live no longer than what comes is of now', async () => {
  const says = { late: 0 }
  for (const numbered of [true, false])
    for (const seed of EACH) {
      // Ever later: 5 s more every 6 s, so that there is never a silence.
      const deeds = EACH.flatMap((turn) => {
        const [from, to] = [5_000 * turn, 5_000 * turn + 1_000]
        return [
          [6 * turn, { is: 'weather', weather: { slowFrames: [from, to] }, ms: 7_000 }] as const,
          [6 * turn + 2, { is: 'type', what: turn % 2 ? 'mark' : 'note', pick: turn }] as const,
        ]
      })
      const { broken, saved, trace } = await historyOf(planned(seed, deeds, { numbered }), true)
      expect([broken, saved > 5], `seed ${seed}`).toEqual([null, true])
      says.late += trace.filter((line) => line.includes('what came was late')).length
    }
  expect(says.late).toBeGreaterThanOrEqual(EACH.length)
})

test('[S118] a crash at any write of the seam between two parts takes no saved action with it', async () => {
  const begun = { parts: 0, crashes: 0 }
  for (const seed of EACH) {
    const crash: DeskDeed = {
      ...{ is: 'crash-at-write', seam: true, backIn: 300 },
      power: seed % 2 === 0,
      nth: 1 + (seed % 3),
      when: seed % 4 < 2 ? 'before' : 'after',
    }
    const deeds = EACH.flatMap((turn) => [
      [12 * turn, crash] as const,
      ...EACH.map((at) => [12 * turn + at, { is: 'type', what: at % 2 ? 'mark' : 'note', pick: at }] as const),
    ])
    for (const numbered of [true, false]) {
      const { broken, trace, saved, crashes } = await historyOf(planned(seed, deeds, { numbered }), true)
      expect([broken, saved > 5], `seed ${seed}`).toEqual([null, true])
      begun.parts += trace.filter((line) => line.includes('"is":"part","does":"begun"')).length
      begun.crashes += crashes
    }
  }
  // A test that met no seam would show nothing.
  expect(begun.parts).toBeGreaterThan(EACH.length)
  expect(begun.crashes).toBeGreaterThan(EACH.length)
})

test('[S130][S131] where little is kept a crash at any write with which parts go takes no saved action with them', async () => {
  const gone = { parts: 0, crashes: 0 }
  for (const seed of EACH) {
    const crash: DeskDeed = {
      ...{ is: 'crash-at-write', seam: true, backIn: 300 },
      power: seed % 2 === 0,
      nth: 1 + (seed % 5),
      when: seed % 4 < 2 ? 'before' : 'after',
    }
    const deeds = EACH.slice(0, 6).flatMap((turn) => [
      [12 * turn, crash] as const,
      ...EACH.map((at) => [12 * turn + at, { is: 'type', what: at % 2 ? 'mark' : 'note', pick: at }] as const),
    ])
    for (const numbered of [true, false]) {
      const plan = planned(seed, deeds, { numbered, keeping: { partMb: 10, keepMb: 10 + seed } })
      const { broken, saved, letGo, crashes } = await historyOf(plan)
      expect([broken, saved > 5], `seed ${seed}`).toEqual([null, true])
      gone.parts += letGo
      gone.crashes += crashes
    }
  }
  // A test in which nothing went would show nothing.
  expect(gone.parts).toBeGreaterThan(5 * EACH.length)
  expect(gone.crashes).toBeGreaterThan(EACH.length)
})
