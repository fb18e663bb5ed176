/** @typedef {import('./reporter.mjs').Report} Report */

/**
 * @param {readonly Report[]} reports
 * @returns {Report}
 */
export function addUp(reports) {
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failed: reports.flatMap((report) => report.failed),
    skipped: reports.flatMap((report) => report.skipped),
  }
}

/**
 * What ends a run: each skip with its reason, each failure, and the one line with the numbers last.
 * @param {Report} report
 * @returns {string[]}
 */
export function summaryLines({ passed, failed, skipped }) {
  const numbers = `${passed} passed, ${failed.length} failed`
  return [
    ...skipped.map(({ name, reason }) => `skipped: ${name}: ${reason}`),
    ...failed.map((name) => `failed: ${name}`),
    skipped.length === 0 ? numbers : `${numbers}, ${skipped.length} skipped`,
  ]
}

/**
 * A run that tested nothing is no success.
 * @param {Report} report
 */
export function exitCodeOf({ passed, failed }) {
  return failed.length === 0 && passed > 0 ? 0 : 1
}
