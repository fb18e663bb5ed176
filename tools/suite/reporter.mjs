import { writeFileSync } from 'node:fs'

/**
 * @typedef {object} Report what one run of vitest came to
 * @property {number} passed
 * @property {readonly string[]} failed one line each: tests, files that could not be loaded, errors nobody caught
 * @property {readonly { name: string, reason: string }[]} skipped
 */

/** Where the report is written: an environment variable, since vitest makes the reporter itself. */
export const REPORT_VARIABLE = 'TALLYDESK_REPORT'

/** Set when only some titles were asked for: tests left out by name are then nobody's skips. */
export const BY_NAME_VARIABLE = 'TALLYDESK_BY_NAME'

/**
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly { message?: string }[]} unhandled
 * @param {boolean} byName
 * @returns {Report}
 */
export function summarise(modules, unhandled, byName) {
  let passed = 0
  /** @type {string[]} */
  const failed = unhandled.map((error) => `not caught by any test: ${error.message ?? String(error)}`)
  /** @type {{ name: string, reason: string }[]} */
  const skipped = []
  for (const module of modules) {
    const place = module.relativeModuleId
    const broken = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => suite.errors())]
    for (const error of broken) failed.push(`${place}: ${error.message}`)
    for (const test of module.children.allTests()) {
      const result = test.result()
      const name = `${place} > ${test.fullName}`
      const note = result.state === 'skipped' ? result.note : undefined
      if (result.state === 'passed') passed += 1
      else if (result.state === 'failed') failed.push(name)
      else if (note !== undefined) skipped.push({ name, reason: note })
      else if (broken.length > 0) skipped.push({ name, reason: 'what it stands on failed' })
      // A skip nobody explains is a hole: whoever makes one says why with `context.skip('…')`.
      else if (!byName) failed.push(`${name} was skipped without a reason`)
    }
  }
  return { passed, failed, skipped }
}

/** Writes the numbers for tools/test.mjs; what people read comes from vitest's own reporter. */
export default class FigureReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly { message?: string }[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const path = process.env[REPORT_VARIABLE]
    if (path === undefined) return
    writeFileSync(path, JSON.stringify(summarise(modules, unhandled, process.env[BY_NAME_VARIABLE] !== undefined)))
  }
}
