import { generateElection } from '../../hub/rehearsal/generate.ts'
import { describePlayFault } from '../../hub/rehearsal/play-fault.ts'
import { play } from '../../hub/rehearsal/player.ts'
import { startHub } from '../../hub/hub.ts'
import type { Rehearsal } from '../../core/console.ts'
import type { Clock, Log } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** The same election each time, so that two people who rehearse speak of the same names. */
const SEED = 2026
/** Day ms per wall ms: a twelve-hour day in twelve minutes. */
const SPEED = 60
/** The board opens on a day in full swing: half past ten in the morning, in ms since polls opened at eight. */
const START_AT = 2.5 * 3_600_000

export type RunningRehearsal = Rehearsal & { stop(): Promise<void> }

/**
 * The built-in rehearsal: a hub of its own on loopback, kept in memory, and a day played through it. It owns both and
 * gives them back in `stop`; no figure of it is ever written where an official election is.
 */
export async function startRehearsal(
  clock: Clock,
  log: Log,
  speed: number = SPEED,
): Promise<Result<RunningRehearsal, string>> {
  const { seed, plan } = generateElection(SEED, { date: localDay(clock.now()) })
  const hub = await startHub({ host: '127.0.0.1', port: 0, dataDir: null, mode: 'rehearsal', seed })
  if (!hub.ok) return err(hub.error.sentence)
  const admin = seed.users.find((user) => user.role === 'ADMIN')
  if (!admin) return err('the rehearsal has no administrator')
  const ending = new AbortController()
  const playing = play(plan, {
    url: hub.value.url,
    fetch: globalThis.fetch,
    clock,
    users: seed.users,
    speed,
    startAt: START_AT,
    // The day runs ahead of the clock from here on, so that a mark typed by hand is never later than the day.
    dayStart: clock.now() - START_AT,
    ownTime: true,
    signal: ending.signal,
    refusals: 'note',
    onRefusal: (fault) => log.warn('rehearsal action refused', { why: describePlayFault(fault) }),
  }).then((played) => {
    if (!played.ok) log.error('rehearsal ended early', { why: describePlayFault(played.error) })
  })
  const stop = async () => {
    ending.abort()
    await playing
    await hub.value.stop()
  }
  return ok({ url: hub.value.url, email: admin.email, password: admin.password, stop })
}

/** Today in Kuwait, where the rehearsal's election is held. */
const localDay = (now: number): string => new Date(now + 3 * 3_600_000).toISOString().slice(0, 10)
