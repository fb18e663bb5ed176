import { type Outcome, runHistory } from './history.ts'
import type { Broken } from './judge.ts'
import { type Plan, planOf } from './plan.ts'
import { Died } from './world.ts'

/** What a range of seeds came to. */
export type RangeReport = {
  readonly histories: number
  readonly broken: readonly { readonly seed: number; readonly broken: Broken }[]
  readonly happenings: number
  readonly typed: number
  readonly saved: number
  readonly crashes: number
  /** Parts of journals that went, and in how many histories. */
  readonly letGo: { readonly parts: number; readonly histories: number }
  /** Ms of the machine, all of them together, and of the slowest. */
  readonly ms: number
  readonly slowest: { readonly seed: number; readonly ms: number }
}
export const NO_HISTORIES: RangeReport = {
  histories: 0,
  broken: [],
  happenings: 0,
  typed: 0,
  saved: 0,
  crashes: 0,
  letGo: { parts: 0, histories: 0 },
  ms: 0,
  slowest: { seed: 0, ms: 0 },
}

export const together = (a: RangeReport, b: RangeReport): RangeReport => ({
  histories: a.histories + b.histories,
  broken: [...a.broken, ...b.broken].sort((one, other) => one.seed - other.seed),
  happenings: a.happenings + b.happenings,
  typed: a.typed + b.typed,
  saved: a.saved + b.saved,
  crashes: a.crashes + b.crashes,
  letGo: { parts: a.letGo.parts + b.letGo.parts, histories: a.letGo.histories + b.letGo.histories },
  ms: a.ms + b.ms,
  slowest: a.slowest.ms >= b.slowest.ms ? a.slowest : b.slowest,
})

/**
 * Runs something in a task of its own and lets every rejection be told before it goes on: a process that was killed in the
 * middle of a promise says nothing, any other rejection is a throw of the core and comes back as that.
 */
export async function apart<T>(run: () => T): Promise<{ readonly value: T; readonly thrown: unknown }> {
  const thrown: unknown[] = []
  const listen = (reason: unknown) => void (reason instanceof Died ? undefined : thrown.push(reason))
  process.on('unhandledRejection', listen)
  try {
    const value = await new Promise<T>((resolve, reject) => {
      setImmediate(() => {
        try {
          resolve(run())
        } catch (fault) {
          reject(fault)
        }
      })
    })
    await new Promise((resolve) => setImmediate(resolve))
    return { value, thrown: thrown[0] }
  } finally {
    process.off('unhandledRejection', listen)
  }
}

/** One history, with whatever the core threw on the way. */
export async function historyOf(plan: Plan, traced = false): Promise<Outcome> {
  const { value, thrown } = await apart(() => runHistory(plan, traced))
  if (thrown === undefined || value.broken) return value
  const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return { ...value, broken: { id: 'I22', what: `the core threw: ${what}`, at: 0 } }
}

/** Runs every `stride`th seed of a range, in order. */
export async function runRange(
  from: number,
  count: number,
  stride = 1,
  most = Number.POSITIVE_INFINITY,
): Promise<RangeReport> {
  let report = NO_HISTORIES
  for (let seed = from; seed < from + count && report.broken.length < most; seed += stride) {
    const began = performance.now()
    const { broken, steps, typed, saved, crashes, letGo } = await historyOf(planOf(seed))
    const ms = performance.now() - began
    report = together(report, {
      histories: 1,
      broken: broken ? [{ seed, broken }] : [],
      happenings: steps,
      typed,
      saved,
      crashes,
      letGo: { parts: letGo, histories: Number(letGo > 0) },
      ms,
      slowest: { seed, ms },
    })
  }
  return report
}
