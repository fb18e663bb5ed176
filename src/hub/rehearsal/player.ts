import { err, ok, type Result } from '../../shared/result.ts'
import { type DayAction, type DayPlan, openingOf } from './day-plan.ts'
import { createDirectory } from './directory.ts'
import { createPace, type Pace } from './pace.ts'
import { isAttend, isTurningPoint, perform, type Stage } from './play-actions.ts'
import { createPlayControl, type PlayClock, type PlayControl, type Speed } from './play-control.ts'
import type { PlayFault } from './play-fault.ts'
import { type Attend, MARKS_PER_CALL, markMany, type Outcome } from './play-marks.ts'
import { createSender, type PlayFetch } from './play-rest.ts'
import { createSessions, type Halt, type PlayUser } from './play-session.ts'

export type PlayProgress = { readonly done: number; readonly total: number; readonly dayTime: number }

export type PlayOptions = {
  /** The hub, without a final slash. */
  readonly url: string
  readonly fetch: PlayFetch
  readonly clock: PlayClock
  /** Everybody the plan's actions are done by. */
  readonly users: readonly PlayUser[]
  /** ×60 if neither this nor `control` is given. */
  readonly speed?: Speed
  /** Knobs to pause and change speed while it plays; wins over `speed`. */
  readonly control?: PlayControl
  /** Ms since polls open: what lies before is loaded at once, then the day runs. The first action if not given. */
  readonly startAt?: number
  /** Epoch ms taken as 08:00 in record times, as far as they are not ahead of the clock. The plan's own date if not given. */
  readonly dayStart?: number
  /** The hub is a rehearsal's: it takes the day's own times, also those ahead of the clock. */
  readonly ownTime?: boolean
  readonly signal?: AbortSignal
  /** Begins the idempotency keys; two plays that must not be taken for one another need different ones. */
  readonly runId?: string
  /** `stop` (default): a refused action ends the play. `note`: it is counted, told and the day goes on. */
  readonly refusals?: 'stop' | 'note'
  readonly onProgress?: (progress: PlayProgress) => void
  readonly onRefusal?: (fault: PlayFault) => void
  readonly onRetry?: (call: string, why: string, waitMs: number) => void
}

export type PlayReport = {
  readonly ended: 'complete' | 'stopped'
  /** Actions over and done with, of `total`. */
  readonly done: number
  readonly total: number
  /** Among them: found already done by somebody else, and refused. */
  readonly already: number
  readonly refused: number
  readonly calls: number
  readonly retries: number
  /** Ms since polls open at the last action done. */
  readonly dayTime: number
}

/** From this speed on nobody could type what happens: marks go in bulk. */
const BULK_FROM_SPEED = 100
/** Bulk marks of a running day are gathered this long (wall ms): five calls a second at most. */
const GATHER_MS = 200

/**
 * Plays a day through the hub's own REST API and ends with the day; the final state stays on the hub. Owns its timers,
 * its calls and the users' tokens, all of which are gone when the promise settles. It never writes to a store, never skips
 * an action and never does one twice: a call without an answer is repeated under the same idempotency key.
 */
export async function play(plan: DayPlan, options: PlayOptions): Promise<Result<PlayReport, PlayFault>> {
  const { clock, users } = options
  const signal = options.signal ?? new AbortController().signal
  const control = options.control ?? createPlayControl(options.speed ?? 60)
  const pace = createPace({ clock, control, startAt: options.startAt ?? plan.first, signal })
  const runId = options.runId ?? `${plan.id}-${clock.now().toString(36)}`
  const url = options.url.replace(/\/+$/, '')
  const sender = createSender({
    url,
    fetch: options.fetch,
    clock,
    pace,
    signal,
    runId,
    onRetry: options.onRetry ?? (() => {}),
  })
  const sessions = createSessions(users, sender, clock)
  const directory = createDirectory(sessions, plan.chief)
  const stamp = {
    dayStart: options.dayStart ?? openingOf(plan.date),
    now: () => (options.ownTime ? Number.POSITIVE_INFINITY : clock.now()),
  }
  const stage: Stage = { sessions, directory, chief: plan.chief, stamp }
  const run = new Run(plan, stage, pace, control, options)
  try {
    const halted = await run.all()
    if (halted !== null && halted !== 'stopped') return err(halted)
    const ended = halted === null ? 'complete' : 'stopped'
    return ok({ ended, total: plan.total, calls: sender.calls, retries: sender.retries, ...run.figures })
  } finally {
    pace.close()
  }
}

/** One play in progress: what has been gathered, what is done. */
class Run {
  readonly #plan: DayPlan
  readonly #stage: Stage
  readonly #pace: Pace
  readonly #control: PlayControl
  readonly #options: PlayOptions
  #gathered: Attend[] = []
  #hasBulk = true
  #figures = { done: 0, already: 0, refused: 0, dayTime: 0 }

  constructor(plan: DayPlan, stage: Stage, pace: Pace, control: PlayControl, options: PlayOptions) {
    this.#plan = plan
    this.#stage = stage
    this.#pace = pace
    this.#control = control
    this.#options = options
  }

  get figures() {
    return this.#figures
  }

  /** Plays everything; null when the day is over. */
  async all(): Promise<Halt | null> {
    for (const action of this.#plan.actions()) {
      const halted = await this.#next(action)
      if (halted !== null) return halted
    }
    return this.#flush()
  }

  async #next(action: DayAction): Promise<Halt | null> {
    const inBulk = isAttend(action) && this.#inBulk(action)
    if (!this.#pace.isDue(action.at) || isTurningPoint(action) || (isAttend(action) && !inBulk)) {
      const halted = await this.#flush()
      if (halted !== null) return halted
    }
    const ready = await this.#pace.until(action.at, inBulk ? GATHER_MS : 0)
    if (ready === 'stopped') return 'stopped'
    if (!inBulk) return this.#one(action)
    this.#gathered.push(action)
    return this.#gathered.length < MARKS_PER_CALL ? null : this.#flush()
  }

  /** History is loaded in bulk too: the person who typed it has long gone home. */
  #inBulk(action: Attend): boolean {
    if (!this.#hasBulk) return false
    const { speed } = this.#control
    return speed === 'max' || speed >= BULK_FROM_SPEED || action.at < (this.#options.startAt ?? this.#plan.first)
  }

  async #one(action: DayAction): Promise<Halt | null> {
    const outcome = await perform(this.#stage, action)
    if (!outcome.ok) return withAction(outcome.error, action)
    return this.#account([action], [outcome.value])
  }

  async #flush(): Promise<Halt | null> {
    const actions = this.#gathered
    if (actions.length === 0) return null
    this.#gathered = []
    const outcomes = await markMany(this.#stage.sessions, this.#stage.chief, actions, this.#stage.stamp)
    if (!outcomes.ok) return outcomes.error
    if (outcomes.value !== null) return this.#account(actions, outcomes.value)
    this.#hasBulk = false
    for (const action of actions) {
      const halted = await this.#one(action)
      if (halted !== null) return halted
    }
    return null
  }

  #account(actions: readonly DayAction[], outcomes: readonly Outcome[]): PlayFault | null {
    const last = actions[actions.length - 1]
    let { done, already, refused } = this.#figures
    for (const outcome of outcomes) {
      if (outcome.is === 'refused') {
        if (this.#options.refusals !== 'note') return outcome.fault
        refused += 1
        this.#options.onRefusal?.(outcome.fault)
      } else if (outcome.is === 'already') already += 1
      done += 1
    }
    const dayTime = last?.at ?? this.#figures.dayTime
    this.#figures = { done, already, refused, dayTime }
    this.#options.onProgress?.({ done, total: this.#plan.total, dayTime })
    return null
  }
}

/** A fault found on the way to an action says which one. */
function withAction(halt: Halt, action: DayAction): Halt {
  return halt === 'stopped' || halt.action !== null ? halt : { ...halt, action }
}
