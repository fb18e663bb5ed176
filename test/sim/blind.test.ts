import { expect, test } from 'vitest'
import { chanceOf } from './chance.ts'
import { type Plan, planOf, type Step } from './plan.ts'
import { historyOf } from './range.ts'

const EACH = Array.from({ length: 12 }, (_, index) => index + 1)

/** Sheets typed by two at two desks of a hub, alike and not, while a process or the power ends here and there. */
function planned(seed: number): Plan {
  const chance = chanceOf(seed, 'blind test')
  const what = ['blind', 'blind', 'blind', 'blind', 'blind', 'resolve', 'resolve', 'drop'] as const
  const steps = Array.from({ length: 40 }, (_, number): Step => {
    const [at, pick] = [4_000 + 1_500 * number, 1 + chance.upTo(900)]
    if (number < 2) return { number, at, on: 'desk', desk: number, deed: { is: 'type', what: 'two', pick: 1 } }
    if (chance.is(0.2)) return { number, at, on: 'server', deed: { is: chance.of(['blind', 'resolve']), pick } }
    if (chance.is(0.1))
      return { number, at, on: 'desk', desk: chance.upTo(2), deed: { is: 'crash', power: chance.is(0.5), backIn: 400 } }
    return { number, at, on: 'desk', desk: chance.upTo(2), deed: { is: 'type', what: chance.of(what), pick } }
  })
  return { ...planOf(seed), numbered: true, blind: true, stage: 'voting', desks: 2, socket: true, lasts: 70_000, steps }
}

test('[S129] blind entries of two desks are lost nowhere, done once, and counted only once two agree or a third has decided', async () => {
  const met = { 'count.type': 0, 'count.resolve': 0, 'count.drop': 0, agreed: 0, differs: 0 }
  for (const seed of EACH) {
    const { broken, trace } = await historyOf(planned(seed), true)
    expect(broken, `seed ${seed}`).toBeNull()
    for (const line of trace) {
      const done = /server has done (count\.\w+)/.exec(line)?.[1]
      if (done !== undefined && done in met) met[done as keyof typeof met] += 1 // looked up a moment ago
      if (/typed as (agreed|differs)/.test(line)) met[line.includes('agreed') ? 'agreed' : 'differs'] += 1
    }
  }
  // A test that met none of them would show nothing.
  expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(2)
})
