import type { Clock, Power } from '../../src/core/ports.ts'
import type { Chance } from './chance.ts'
import { BEGIN } from './server/server.ts'
import type { World } from './world.ts'

/** One run of a program: over when it was killed, and then nothing of it acts any more. */
export class Life {
  alive = true
  readonly number: number
  /** Timers set and neither run nor taken back. */
  timers = 0

  constructor(number: number) {
    this.number = number
  }
}

type Shift = { readonly at: number; readonly wall: number }

/**
 * The computer a desk runs on: its two clocks, its sleep, and what waits for it to wake. `elapsed` may stand still while it
 * sleeps; `wall` may be set by anybody. What runs on it is not its business.
 */
export class Machine {
  readonly world: World
  readonly chance: Chance
  asleep = false
  /** Ms of the history at the last waking. */
  wokeAt = Number.NEGATIVE_INFINITY
  #sleptAt = 0
  #slept = 0
  /** How far the wall clock is off, from when on; the last is now. */
  readonly #shifts: Shift[] = [{ at: 0, wall: 0 }]
  #waiting: (() => void)[] = []
  #power = { suspend: new Set<() => void>(), resume: new Set<() => void>(), network: new Set<(up: boolean) => void>() }

  constructor(world: World, chance: Chance) {
    this.world = world
    this.chance = chance
  }

  /** Ms of the history up to which it ran. */
  get ranUntil(): number {
    return this.asleep ? this.#sleptAt : this.world.now
  }
  get elapsed(): number {
    return this.world.now - this.#slept
  }
  get wall(): number {
    return BEGIN + this.world.now + (this.#shifts.at(-1)?.wall ?? 0)
  }
  /** The first moment of the history at which this desk's wall clock showed `wall`; null: it never did. Set back, it shows a time twice. */
  momentOf(wall: number): number | null {
    for (const [index, { at, wall: off }] of this.#shifts.entries()) {
      const moment = wall - BEGIN - off
      if (moment >= at && moment <= (this.#shifts[index + 1]?.at ?? this.world.now)) return moment
    }
    return null
  }

  setWall(ms: number): void {
    this.#shifts.push({ at: this.world.now, wall: (this.#shifts.at(-1)?.wall ?? 0) + ms })
  }

  /** Runs it now, or when the machine is awake again. */
  awake(run: () => void): void {
    if (this.asleep) this.#waiting.push(run)
    else run()
  }

  /** Sleeps for `ms`. `told`: the host hears of it before and after. `stands`: the elapsed clock stands still meanwhile. */
  sleep(ms: number, told: boolean, stands: boolean): void {
    if (this.asleep) return
    if (told) for (const listener of [...this.#power.suspend]) listener()
    const from = this.world.now
    this.asleep = true
    this.#sleptAt = from
    this.world.after(ms, () => {
      this.asleep = false
      this.wokeAt = this.world.now
      if (stands) this.#slept += this.world.now - from
      for (const run of this.#waiting.splice(0)) this.world.after(0, () => this.awake(run))
      if (told) for (const listener of [...this.#power.resume]) listener()
    })
  }

  tellNetwork(up: boolean): void {
    if (!this.asleep) for (const listener of [...this.#power.network]) listener(up)
  }

  /** Nothing of an earlier life hears of power or network. */
  forget(): void {
    this.#power = { suspend: new Set(), resume: new Set(), network: new Set() }
  }

  power(life: Life): Power {
    const joined = <L>(listeners: Set<L>, listener: L) => {
      if (life.alive) listeners.add(listener)
      return () => void listeners.delete(listener)
    }
    return {
      onSuspend: (listener) => joined(this.#power.suspend, listener),
      onResume: (listener) => joined(this.#power.resume, listener),
      onNetwork: (listener) => joined(this.#power.network, listener),
    }
  }

  clock(life: Life): Clock {
    const machine = this
    const { world } = this
    function after(ms: number, run: () => void): () => void {
      const due = machine.elapsed + Math.ceil(Math.max(0, ms))
      let over = false
      life.timers += 1
      const end = () => {
        if (over) return
        over = true
        life.timers -= 1
      }
      const arm = () => void world.after(due - machine.elapsed, () => machine.awake(fire))
      const fire = () => {
        if (over || !life.alive) return
        if (machine.elapsed < due) return arm()
        end()
        run()
      }
      arm()
      return end
    }
    return {
      now: () => Math.floor(machine.wall),
      elapsed: () => machine.elapsed,
      after,
      soon: (run) => void world.after(0, () => machine.awake(() => (life.alive ? run() : undefined))),
    }
  }
}
