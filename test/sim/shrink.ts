import type { Outcome } from './history.ts'
import type { Plan } from './plan.ts'

/** More tries than this, and what is left is small enough to read. */
const MOST_TRIES = 400

/**
 * Takes steps out of a history that breaks a promise as long as it goes on breaking the same one: halves first, then ever
 * smaller parts, then the second desk. What is left is what it takes.
 */
export async function shrunk(plan: Plan, id: string, run: (plan: Plan) => Promise<Outcome>): Promise<Plan> {
  let tries = 0
  const breaks = async (smaller: Plan) => ++tries <= MOST_TRIES && (await run(smaller)).broken?.id === id
  let least = plan
  for (let size = Math.ceil(least.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.steps.length; ) {
      const smaller = { ...least, steps: least.steps.toSpliced(at, size) }
      if (await breaks(smaller)) least = smaller
      else at += size
    }
  }
  const alone = { ...least, desks: 1, steps: least.steps.filter((step) => step.on === 'server' || step.desk === 0) }
  if (plan.desks > 1 && (await breaks(alone))) least = alone
  const sooner = { ...least, lasts: Math.max(1_000, (least.steps.at(-1)?.at ?? 0) + 1_000) }
  return sooner.lasts < least.lasts && (await breaks(sooner)) ? sooner : least
}
