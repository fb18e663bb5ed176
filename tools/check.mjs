/**
 * `npm run check`: types, lint and walls, formatting, rules and their tests, then the unit tests. What a person runs before a
 * commit. After `--`: `types`, `lint`, `formatting` or `rules` to run only the checks so named.
 */
import { bootstrap, ROOT } from './bootstrap/bootstrap.mjs'
import { failureLine, SET_UP_FAILED } from './bootstrap/failure.mjs'
import { STAGES } from './bootstrap/stages.mjs'
import { CHECKS, describeCheck, runChecks } from './suite/checks.mjs'
import { runPart } from './suite/parts.mjs'
import { addUp, exitCodeOf, summaryLines } from './suite/summary.mjs'

/** @param {readonly string[]} words */
async function checkAll(words) {
  const { node, env } = await bootstrap({ stages: STAGES.filter((stage) => stage.name !== 'build') })
  const chosen = CHECKS.filter((check) => words.length === 0 || words.some((word) => check.name.startsWith(word)))
  if (chosen.length === 0) throw new Error(`no check is called ${words.join(' ')}`)
  const how = { root: ROOT, node, env }
  const outcomes = await runChecks(chosen, how, (outcome) => console.log(describeCheck(outcome)))
  const [passed, failed] = [outcomes.filter((outcome) => outcome.passed), outcomes.filter((outcome) => !outcome.passed)]
  const checks = { passed: passed.length, failed: failed.map((outcome) => outcome.name), skipped: [] }
  const unit = words.length === 0 ? [await runPart('unit', { ...how, filters: [], byName: false })] : []
  const report = addUp([checks, ...unit])
  for (const line of summaryLines(report)) console.log(line)
  return exitCodeOf(report)
}

try {
  process.exitCode = await checkAll(process.argv.slice(2))
} catch (error) {
  console.error(failureLine(error))
  process.exitCode = SET_UP_FAILED
}
