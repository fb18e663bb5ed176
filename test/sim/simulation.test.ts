import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import type { Outcome } from './history.ts'
import { type Plan, planOf } from './plan.ts'
import { PLANTS } from './plants.ts'
import { historyOf } from './range.ts'
import { shrunk } from './shrink.ts'
import { storyOf } from './story.ts'
import { runPlanted } from './threads.ts'

const HISTORIES = 2_000
/** Each planted bug shows itself within so many. */
const PLANTED_WITHIN = 1_500
/** Ms. A quiet machine needs a tenth of it; one that does much else besides may need it all. */
const PATIENCE = 400_000

/** The command as a person would run it. */
function sim(...args: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['test/sim/main.ts', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said }))
  })
}

test(
  `[I1][I2][I3][I4][I5][I7][I8][I9][I10][I11][I21][I22][S101][S102][S103][S104][S105][S106][S121][S122][S128][S129][S130][S131] ${HISTORIES} histories of faults keep every promise`,
  async () => {
    const { code, said } = await sim('--seeds', String(HISTORIES))
    console.info(said)
    expect(said).toContain(`${HISTORIES} histories, 0 with a broken invariant`)
    expect(code).toBe(0)
  },
  PATIENCE,
)

test(
  '[I20] each of the twenty-two planted bugs is caught',
  async () => {
    const all = await runPlanted(PLANTS, PLANTED_WITHIN, 2, ({ plant, histories, by }) =>
      console.info(`${plant.name}: ${by ? `${by.broken.id} by history ${histories}` : 'not caught'}`),
    )
    expect(all.length).toBe(22)
    expect(all.filter(({ by }) => by === null).map(({ plant }) => plant.name)).toEqual([])
  },
  PATIENCE,
)

test('[I24] a planted bug whose text is no longer in the shipped file is a fault, not a pass', async () => {
  const gone = { name: 'gone', what: '', edits: [{ file: 'src/core/arrival.ts', from: 'no such text', to: '' }] }
  await expect(runPlanted([gone], 1, 1, () => {})).rejects.toThrow(/plant gone: not once in src\/core\/arrival\.ts/)
})

test('[I12] the same seed is the same story', async () => {
  for (const seed of [3, 11, 17]) {
    const [first, second] = [await historyOf(planOf(seed), true), await historyOf(planOf(seed), true)]
    expect(first.trace.length).toBeGreaterThan(20)
    expect(second.trace).toEqual(first.trace)
  }
})

test('[I23] a broken history is told with the few steps that it takes', async () => {
  const plan = planOf(1)
  const needed = [plan.steps[2], plan.steps.at(-1)]
  const outcome = (of: Plan): Outcome => {
    const isBroken = needed.every((step) => step !== undefined && of.steps.includes(step))
    const broken = isBroken ? { id: 'I4', what: 'something is lost', at: 1 } : null
    return { broken, trace: ['one line', 'another'], steps: 1, typed: 0, saved: 0, crashes: 0, letGo: 0 }
  }
  const least = await shrunk(plan, 'I4', async (smaller) => outcome(smaller))
  expect(least.steps).toEqual(needed)
  const story = storyOf(plan, least, outcome(least), false)
  expect(story[0]).toBe('seed 1: I4 something is lost')
  expect(story[1]).toContain(`2 of its ${plan.steps.length} steps`)
  expect(story.at(-1)).toBe('another')
})
