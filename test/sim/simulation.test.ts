import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { planOf } from './plan.ts'
import { historyOf } from './range.ts'

const HISTORIES = 500
/** A slow machine with other work takes this long, ms. */
const PATIENCE = 240_000

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
  `[I1][I2][I3][I4][I5][I7][I8][I9][I10][I11][I21][I22] ${HISTORIES} histories of faults keep every promise`,
  async () => {
    const { code, said } = await sim('--seeds', String(HISTORIES))
    console.info(said)
    expect(said).toContain(`${HISTORIES} histories, 0 with a broken invariant`)
    expect(code).toBe(0)
  },
  PATIENCE,
)

test('[I12] the same seed is the same story', async () => {
  for (const seed of [3, 11, 17]) {
    const [first, second] = [await historyOf(planOf(seed), true), await historyOf(planOf(seed), true)]
    expect(first.trace.length).toBeGreaterThan(20)
    expect(second.trace).toEqual(first.trace)
  }
})
