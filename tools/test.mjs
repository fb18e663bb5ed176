/**
 * `npm test`: sets the checkout up, runs everything and ends with one line of numbers. After `--`: names of parts
 * (check, unit, keychain, django, e2e), files, or vitest's own options.
 */
import { randomUUID } from 'node:crypto'
import { bootstrap, ROOT } from './bootstrap/bootstrap.mjs'
import { failureLine, SET_UP_FAILED } from './bootstrap/failure.mjs'
import { hasKeytar, keytarCanCompile } from './bootstrap/libraries.mjs'
import { STAGES } from './bootstrap/stages.mjs'
import { CHECKS, describeCheck, runChecks } from './suite/checks.mjs'
import { installMissing, THIS_MACHINE } from './suite/debian.mjs'
import { endLeftovers, endWhenCutShort, MARK_VARIABLE } from './suite/leftovers.mjs'
import { readArguments, runPart } from './suite/parts.mjs'
import { addUp, exitCodeOf, summaryLines } from './suite/summary.mjs'

/** @typedef {import('./suite/reporter.mjs').Report} Report */

/** @param {string} line */
const say = (line) => console.log(line)

/**
 * @param {{ node: string, env: NodeJS.ProcessEnv, root: string }} how
 * @returns {Promise<Report>}
 */
async function runAllChecks(how) {
  const outcomes = await runChecks(CHECKS, how, (outcome) => say(describeCheck(outcome)))
  const keytarMissing = keytarCanCompile(process.env) && !hasKeytar(ROOT)
  if (keytarMissing) say(' ✗ keytar is compiled where it can be  (see .cache/bootstrap/libraries.log)')
  return {
    passed: outcomes.filter((outcome) => outcome.passed).length + (keytarMissing ? 0 : 1),
    failed: [
      ...outcomes.filter((outcome) => !outcome.passed).map((outcome) => outcome.name),
      ...(keytarMissing ? ['keytar is compiled where it can be'] : []),
    ],
    skipped: [],
  }
}

/** @returns {Promise<Report>} the build, counted as one test */
async function buildOnce() {
  try {
    await bootstrap()
    return { passed: 1, failed: [], skipped: [] }
  } catch (error) {
    const line = failureLine(error)
    say(line)
    return { passed: 0, failed: [line], skipped: [] }
  }
}

/**
 * @param {string} name
 * @param {string} reason
 * @returns {Report}
 */
const skippedPart = (name, reason) => ({ passed: 0, failed: [], skipped: [{ name, reason }] })

/** @param {readonly string[]} args */
async function testAll(args) {
  const { parts, filters, byName } = readArguments(args)
  // Before the libraries: keytar is compiled against one of these packages.
  await installMissing(THIS_MACHINE, say)
  const { node, env } = await bootstrap({ stages: STAGES.filter((stage) => stage.name !== 'build') })
  const build = await buildOnce()
  const mark = randomUUID()
  endWhenCutShort(mark)
  const how = { root: ROOT, node, env: { ...env, [MARK_VARIABLE]: mark }, filters, byName }
  /** @type {Report[]} */
  const reports = [build]
  for (const part of parts) {
    say(`\n— ${part}`)
    // Types, lint and unit tests need no build; what starts the built program would fail for the same reason over and over.
    if (part === 'e2e' && build.failed.length > 0) reports.push(skippedPart('test/e2e', 'the build failed'))
    else reports.push(part === 'check' ? await runAllChecks(how) : await runPart(part, how))
  }
  const found = addUp(reports.slice(1))
  const none = found.passed + found.failed.length + found.skipped.length === 0
  if (none) reports.push({ passed: 0, failed: [`no test matches ${filters.join(' ')}`], skipped: [] })
  const leftovers = await endLeftovers(mark)
  reports.push({ passed: 0, failed: leftovers, skipped: [] })
  const report = addUp(reports)
  say('')
  for (const line of summaryLines(report)) say(line)
  return exitCodeOf(report)
}

try {
  process.exitCode = await testAll(process.argv.slice(2))
} catch (error) {
  console.error(failureLine(error))
  say('0 passed, 1 failed')
  process.exitCode = SET_UP_FAILED
}
