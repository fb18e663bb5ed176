import { readdirSync, readFileSync } from 'node:fs'
import { whenOrphaned } from '../bootstrap/orphan.mjs'

/** Marks every process of one run, however deep it was started. */
export const MARK_VARIABLE = 'TALLYDESK_SUITE_RUN'

/** A process asked to end needs a moment; a browser's own children need the longest. */
const GRACE_MS = 5_000

/** How often the list is looked at while waiting. */
const LOOK_EVERY_MS = 100

/**
 * @param {string} mark
 * @returns {{ pid: number, command: string }[]} living processes that carry the mark; none where there is no /proc
 */
function marked(mark) {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const carries = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(`${MARK_VARIABLE}=${mark}`)
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ').trim()
        return carries ? [{ pid: Number(name), command: command.slice(0, 120) }] : []
      } catch {
        // It ended while it was looked at, or belongs to somebody else.
        return []
      }
    })
}

/**
 * Waits for the run's processes to be gone, ends those that stay and names them.
 * @param {string} mark
 * @param {number} [graceMs] how long they may take to go by themselves
 * @returns {Promise<string[]>} one line each
 */
export async function endLeftovers(mark, graceMs = GRACE_MS) {
  for (const until = Date.now() + graceMs; Date.now() < until && marked(mark).length > 0; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  return marked(mark).map(({ pid, command }) => {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Gone in the meantime, which is all that was wanted.
    }
    return `left running: ${command} (process ${pid})`
  })
}

/**
 * A run that is cut short takes everything it started with it, and ends with 1.
 * @param {string} mark
 */
export function endWhenCutShort(mark) {
  const end = async () => {
    await endLeftovers(mark, 0)
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end())
  whenOrphaned(() => void end())
}
