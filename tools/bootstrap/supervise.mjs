/**
 * Owns a running console: starts it, keeps what it wants kept for its next life, and starts it again when it ends without
 * having been asked to. What it keeps is in this process's memory alone and ends with it. It never starts again what a
 * person, a signal or the console itself has ended, and never more often than `deaths.mjs` lets it.
 */
import { constants } from 'node:os'
import { afterDeath, recentOf } from './deaths.mjs'
import { PATIENCE, watchBeats } from './heartbeat.mjs'
import { atTerminal, passedOn, spawnTethered } from './running.mjs'

/** The console's own word for "start me again, as a person would": sysexits' EX_TEMPFAIL. */
export const START_AGAIN = 75
/** What the console ends with of its own will: done, wrong words, no server, nothing to open, a failed disk, no set-up. */
const OWN_ENDS = new Set([0, 2, 65, 69, 70, 73, 74])
/** The directory or the port taken: of a first life an answer, of a later one bad luck that passes. */
const CANNOT_OPEN = 73

/** @typedef {{ node: string, entry: string, args: readonly string[], env: NodeJS.ProcessEnv }} Command */
/** @typedef {{ at: number, how: string }} Death `at` in ms since 1970 */
/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, stuck: boolean }} End */
/**
 * @typedef {object} Story
 * @property {number} life how often it was started before
 * @property {boolean} safe
 * @property {readonly Death[]} deaths those told to the next life
 * @property {readonly number[]} times of the deaths in this mode, by a clock that never goes back, ms
 * @property {unknown} kept
 */

/**
 * @param {Command} command
 * @param {{ say?: (line: string) => void, patience?: import('./heartbeat.mjs').Patience }} [how]
 * @returns {Promise<number>} the exit code to end with
 */
export async function supervise(command, { say = toStderr, patience = PATIENCE } = {}) {
  const asked = listenForEnd()
  /** @type {Story} */
  let story = { life: 0, safe: false, deaths: [], times: [], kept: null }
  try {
    for (;;) {
      const { end, kept } = await live(command, story, { asked, say, patience })
      const code = end.code ?? 128 + (end.signal === null ? 0 : constants.signals[end.signal])
      if (asked.now()) return code
      if (end.code === START_AGAIN) {
        story = { life: story.life + 1, safe: false, deaths: [], times: [], kept }
        continue
      }
      if (isOwnEnd(end, story)) return code
      const next = afterOne({ ...story, kept }, end)
      if (next === null) {
        say(`Tallydesk ended unexpectedly again (${howOf(end)}), in safe mode too, and is left alone. ${SAVED}`)
        return code
      }
      say(wordsFor(next.story, end))
      story = next.story
      await asked.orAfter(next.afterMs)
      // Between two lives: what the last one died of is not how this end went.
      if (asked.now()) return 0
    }
  } finally {
    asked.stop()
  }
}

const SAVED = 'Nothing that was saved is lost.'

/**
 * The next life, or null when there is to be none.
 * @param {Story} story
 * @param {End} end
 * @returns {{ story: Story, afterMs: number } | null}
 */
function afterOne(story, end) {
  const times = recentOf([...story.times, performance.now()])
  const deaths = [...story.deaths, { at: Date.now(), how: howOf(end) }].slice(-TOLD)
  const next = { ...story, life: story.life + 1, times, deaths }
  const then = afterDeath(times, story.safe)
  if (then.is === 'leave') return null
  if (then.is === 'safe') return { story: { ...next, safe: true, times: [] }, afterMs: 0 }
  return { story: next, afterMs: then.afterMs }
}
/** Deaths told to the next life; the log has them all. */
const TOLD = 8

/**
 * @param {End} end
 * @param {Story} story
 */
function isOwnEnd({ code, stuck }, { life, safe }) {
  if (code === null || stuck || !OWN_ENDS.has(code)) return false
  return code !== CANNOT_OPEN || life === 0 || safe
}

/** @param {End} end */
function howOf({ code, signal, stuck }) {
  if (stuck) return 'it did not answer any more'
  return signal ?? `exit code ${code}`
}

/**
 * @param {Story} next
 * @param {End} end
 */
function wordsFor(next, end) {
  const what = `Tallydesk ended unexpectedly (${howOf(end)})`
  if (next.safe && next.times.length === 0) {
    return `${what}, ${next.deaths.length} times within a minute. Starting it in safe mode: no link, no rehearsal, nothing is sent. ${SAVED}`
  }
  return `${what}. Starting it again. ${SAVED}`
}

/**
 * One life of it.
 * @param {Command} command
 * @param {Story} story
 * @param {{ asked: ReturnType<typeof listenForEnd>, say: (line: string) => void, patience: import('./heartbeat.mjs').Patience }} how
 * @returns {Promise<{ end: End, kept: unknown }>}
 */
function live({ node, entry, args, env }, story, { asked, say, patience }) {
  let kept = story.kept
  let stuck = false
  const words = story.safe ? [...args, '--safe'] : args
  const child = spawnTethered(node, entry, words, {
    ...env,
    TALLYDESK_SUPERVISED: '1',
    // What somebody has hung into every Node of this machine may be what kills it.
    ...(story.safe && { NODE_OPTIONS: undefined }),
  })
  const beats = watchBeats(patience, {
    silent: (seconds) => say(`Tallydesk has not answered for ${seconds} s. It is waited for a while longer.`),
    back: (seconds) => say(`Tallydesk answers again, after ${seconds} s.`),
    stuck() {
      stuck = true
      child.kill('SIGKILL')
    },
  })
  child.on('message', (message) => {
    if (!isObject(message)) return
    if (message['t'] === 'born')
      child.send({ t: 'told', life: story.life, deaths: story.deaths, kept: story.kept }, () => {})
    if (message['t'] === 'keep') kept = message['kept']
    if (message['t'] === 'alive') beats.beat(message['inspected'] === true)
  })
  asked.use(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      beats.stop()
      resolve({ end: { code, signal, stuck }, kept })
    })
  })
}

/**
 * Passes an end asked of this process on to the child of the moment, and remembers that it was asked.
 */
function listenForEnd() {
  let wasAsked = false
  /** @type {import('node:child_process').ChildProcess | null} */
  let child = null
  let wake = () => {}
  const stop = passedOn((signal) => {
    wasAsked = true
    wake()
    // Ctrl-C at a terminal reaches the whole group by itself; a second one would look like impatience.
    if (signal !== 'SIGINT' || !atTerminal()) child?.kill(signal)
  })
  return {
    now: () => wasAsked,
    stop,
    /** @param {import('node:child_process').ChildProcess} next */
    use(next) {
      child = next
      // Asked between two lives: the new one is to end as well.
      if (wasAsked) child.kill('SIGTERM')
    },
    /**
     * @param {number} ms
     * @returns {Promise<void>}
     */
    orAfter: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}

/**
 * @param {unknown} message
 * @returns {message is Record<string, unknown>}
 */
function isObject(message) {
  return typeof message === 'object' && message !== null
}

/** @param {string} line */
function toStderr(line) {
  process.stderr.write(`${line}\n`)
}
