/** How often it is looked whether a beat came, ms. Looks are counted, not time: a machine that slept has missed none. */
export const LOOK_EVERY_MS = 1_000
/** So many looks without a beat are said to a person: the console is busy or stuck. */
export const SAID_AFTER = 20
/** So many, and it is ended and started anew: nothing it does takes that long. */
export const ENDED_AFTER = 90

/** @typedef {{ lookEveryMs: number, saidAfter: number, endedAfter: number }} Patience */
/** @type {Patience} */
export const PATIENCE = { lookEveryMs: LOOK_EVERY_MS, saidAfter: SAID_AFTER, endedAfter: ENDED_AFTER }

/**
 * Listens to the beats of a process. Without a first beat nothing is watched, and nothing while a debugger holds it.
 * @param {Patience} patience
 * @param {{ silent(seconds: number): void, back(seconds: number): void, stuck(): void }} on
 */
export function watchBeats({ lookEveryMs, saidAfter, endedAfter }, on) {
  let missed = 0
  let watched = false
  const looking = setInterval(() => {
    if (!watched) return
    missed += 1
    if (missed === saidAfter) on.silent(secondsOf(missed * lookEveryMs))
    if (missed === endedAfter) on.stuck()
  }, lookEveryMs)
  looking.unref()
  return {
    /** @param {boolean} inspected */
    beat(inspected) {
      if (missed >= saidAfter) on.back(secondsOf(missed * lookEveryMs))
      missed = 0
      watched = !inspected
    },
    stop: () => clearInterval(looking),
  }
}

/** @param {number} ms */
const secondsOf = (ms) => Math.round(ms / 1000)
