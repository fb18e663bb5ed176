import { spawn } from 'node:child_process'

/** @typedef {{ name: string, args: readonly string[] }} Check one command that must end with 0 */

const TSC = 'node_modules/typescript/bin/tsc'

/** @type {readonly Check[]} everything that is checked without running the product; each counts as one test */
export const CHECKS = [
  { name: 'types of the core (no browser, no Node)', args: [TSC, '-p', 'tsconfig.core.json'] },
  { name: 'types of the host', args: [TSC, '-p', 'tsconfig.node.json'] },
  { name: 'types of the window', args: [TSC, '-p', 'tsconfig.web.json'] },
  { name: 'lint and walls', args: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'formatting', args: ['node_modules/@biomejs/biome/bin/biome', 'format', '.'] },
  { name: 'rules and their tests', args: ['tools/spec/main.mjs', '.'] },
  { name: 'words and figures on screen', args: ['tools/screen/main.mjs', '.'] },
]

/** Two cores are enough for anyone; more compilers at once only fight for memory. */
const AT_ONCE = 2

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {boolean} passed
 * @property {string} words all it said
 * @property {number} ms
 */

/**
 * @param {Check} check
 * @param {{ node: string, env: NodeJS.ProcessEnv, root: string }} how
 * @returns {Promise<Outcome>}
 */
function runCheck(check, { node, env, root }) {
  const started = Date.now()
  return new Promise((resolve) => {
    const child = spawn(node, check.args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    const hear = (/** @type {Buffer} */ piece) => {
      words += piece.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => resolve({ name: check.name, passed: false, words: error.message, ms: 0 }))
    child.once('close', (code) => resolve({ name: check.name, passed: code === 0, words, ms: Date.now() - started }))
  })
}

/**
 * Runs checks, a few at a time.
 * @param {readonly Check[]} checks
 * @param {{ node: string, env: NodeJS.ProcessEnv, root: string }} how
 * @param {(outcome: Outcome) => void} tell called as each one ends
 * @returns {Promise<Outcome[]>}
 */
export async function runChecks(checks, how, tell) {
  const waiting = [...checks]
  /** @type {Outcome[]} */
  const outcomes = []
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const outcome = await runCheck(check, how)
      outcomes.push(outcome)
      tell(outcome)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return outcomes
}

/** Enough to start mending; the rest shows once these are mended. */
const SHOWN_LINES = 80

/** @param {Outcome} outcome */
export function describeCheck({ name, passed, words, ms }) {
  const said = words.trimEnd().split('\n')
  const more = said.length > SHOWN_LINES ? [`   … and ${said.length - SHOWN_LINES} lines more`] : []
  const line = ` ${passed ? '✓' : '✗'} ${name}  ${(ms / 1000).toFixed(1)} s`
  return passed ? line : [line, ...said.slice(0, SHOWN_LINES), ...more].join('\n')
}
