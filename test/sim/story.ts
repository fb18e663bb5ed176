import type { Outcome } from './history.ts'
import type { Plan, Step } from './plan.ts'

/** Told of a broken history without its trace: the end of it, lines. */
const LAST_LINES = 30

const told = (step: Step): string => {
  const who = step.on === 'server' ? 'at the server' : `at desk ${'AB'[step.desk]}`
  const { is, ...more } = step.deed
  const how = Object.keys(more).length === 0 ? '' : ` ${JSON.stringify(more)}`
  return `${(step.at / 1000).toFixed(3).padStart(10)}  ${who}: ${is}${how}`
}

/** A broken history as a person reads it: what it takes, what was broken, and how it came to that. */
export function storyOf(whole: Plan, least: Plan, { broken, trace }: Outcome, traced: boolean): readonly string[] {
  const server = least.numbered ? 'a hub' : 'an election server'
  const left = traced ? trace : trace.slice(-LAST_LINES)
  return [
    `seed ${whole.seed}: ${broken?.id} ${broken?.what}`,
    `It takes ${least.steps.length} of its ${whole.steps.length} steps, ${server} and ${least.desks} desk(s):`,
    ...least.steps.map(told),
    traced || left.length === trace.length ? 'So it went:' : `The last ${LAST_LINES} lines of how it went:`,
    ...left,
  ]
}
