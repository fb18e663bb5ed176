import { createHash } from 'node:crypto'
import { Console } from '../../src/core/console.ts'
import type { Core } from '../../src/core/core.ts'
import type { Book } from '../../src/core/book.ts'
import { CHECKPOINT_PACE } from '../../src/core/journal/checkpoint-writer.ts'
import type { Log, LogFields, Ports } from '../../src/core/ports.ts'
import { NO_SETTINGS } from '../../src/core/settings.ts'
import { type Chance, chanceOf } from './chance.ts'
import { ROW_BYTES, SimDisk } from './disk.ts'
import { FAIR, Line } from './line.ts'
import { Life, Machine } from './machine.ts'
import type { Plan } from './plan.ts'
import type { SimServer } from './server/server.ts'
import { type Account } from './server/rows.ts'
import { SimVault } from './vault.ts'
import { SimWindow } from './window.ts'
import type { World } from './world.ts'

// A history has some hundred rows: checkpoints are made as often within it as they are within a day, and what may go is soon old.
Object.assign(CHECKPOINT_PACE, { rowsAtClose: 20, partBytes: 60 * ROW_BYTES, keepMs: 2_000 })
const PACE = { rows: 40, ms: 4_000 }
/** Where little is kept, more often: only with a checkpoint does a part go. */
const PACE_WHERE_LITTLE_IS_KEPT = { rows: 12, ms: 1_500 }
/** For all desks of a history that begins now. */
export const paceDesks = (keeping: Plan['keeping']): void =>
  void Object.assign(CHECKPOINT_PACE, keeping ? PACE_WHERE_LITTLE_IS_KEPT : PACE)

export const SERVER_URL = 'https://tally.example'
/** So much of a written row is told in a story, characters. */
const WORDS = 150
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What one desk tells of itself to whoever judges it. */
export type DeskListener = {
  /** Text that left the core for a disk, a log, a window or an address: no secret may be in it. */
  text(where: string, text: string): void
  dialled(): void
  opened(book: Book): void
  began(): void
  /** The rows before `first` are about to go. */
  letGo(name: string, first: number): void
}

/**
 * One desk: its computer, disk, keychain and line, which last, and the program that runs on it, which does not. It types
 * nothing and judges nothing.
 */
export class Desk {
  readonly name: string
  readonly account: Account
  readonly machine: Machine
  readonly disk: SimDisk
  readonly vault: SimVault
  readonly line: Line
  readonly chance: Chance
  readonly window: SimWindow
  readonly on: DeskListener
  life = new Life(0)
  console: Console | null = null
  /** The refresh tokens a crash may have kept from the keychain: their end is nobody's fault. */
  kills = 0
  readonly #seed: number

  constructor(
    name: string,
    account: Account,
    server: SimServer,
    world: World,
    { seed, keeping }: Pick<Plan, 'seed' | 'keeping'>,
    on: DeskListener,
  ) {
    this.name = name
    this.account = account
    this.on = on
    this.#seed = seed
    this.disk = new SimDisk(keeping && { ...NO_SETTINGS, journalPartMb: keeping.partMb, journalKeepMb: keeping.keepMb })
    this.chance = chanceOf(seed, `desk ${name}`)
    this.machine = new Machine(world, chanceOf(seed, `machine ${name}`))
    this.vault = new SimVault(this.machine, chanceOf(seed, `vault ${name}`))
    this.line = new Line(this.machine, server, chanceOf(seed, `line ${name}`))
    this.line.polls = () => this.core?.link.view().by === 'polling'
    this.window = new SimWindow(this)
    this.disk.onText = (text) => {
      on.text('disk', text)
      world.say(() => `${name} writes ${text.slice(0, WORDS)}`)
    }
    this.disk.onLetGo = (journal, first) => {
      on.letGo(journal, first)
      world.say(() => `${name} lets the rows before ${first} go`)
    }
    this.life.alive = false
  }

  get core(): Core | null {
    return this.life.alive ? (this.console?.core.now() ?? null) : null
  }
  get book(): Book | null {
    return this.core?.book.now() ?? null
  }
  get runs(): boolean {
    return this.life.alive
  }

  /** Starts the program; the first time, it is told which server. */
  start(): void {
    if (this.life.alive) return
    const life = new Life(this.life.number + 1)
    this.life = life
    this.machine.world.say(() => `${this.name} starts`)
    const console = new Console(this.#ports(life), {
      host: {
        kind: 'browser',
        version: '0',
        can: { tray: false, notify: false, keychain: true, rehearse: false, quit: false },
        kiosk: false,
      } as never, // what the host can do plays no part here
      auth: 'auto',
      rehearse: null,
      diskFailed: () => {},
    })
    this.console = console
    console.core.onReplaced(() => {
      if (life.alive) console.core.now()?.book.onReplaced(() => this.#opened(life))
    })
    this.on.began()
    void console.start().then(async () => {
      if (!life.alive || console.core.now() !== null) return
      await console.connect({
        name: 'tally',
        url: SERVER_URL,
        origin: null,
        authority: null,
        mode: 'rehearsal',
        plainAccepted: false,
      })
    })
    this.window.open()
  }

  #opened(life: Life): void {
    const book = this.book
    if (book && life.alive) this.on.opened(book)
  }

  /** The process ends at once; with the power, what was not made safe may be gone as well. */
  kill(power: boolean): void {
    if (!this.life.alive) return
    this.machine.world.say(() => `${this.name} ${power ? 'loses power' : 'is killed'}`)
    this.life.alive = false
    this.kills += 1
    this.console = null
    this.window.gone()
    this.machine.forget()
    this.line.processGone()
    this.disk.crashAt = null
    this.disk.release(power, this.chance)
  }

  #ports(life: Life): Ports {
    const random = chanceOf(this.#seed, `program ${this.name} ${life.number}`)
    return {
      clock: this.machine.clock(life),
      random,
      digest: sha256,
      dial: this.line.dial(life),
      http: this.line.http(life),
      vault: this.vault.port(life),
      disk: this.disk.port(life),
      log: this.#log(life),
      power: this.machine.power(life),
    }
  }

  #log(life: Life): Log {
    const write = (level: string) => (event: string, fields?: LogFields) => {
      if (!life.alive) return
      const line = `${event} ${fields === undefined ? '' : JSON.stringify(fields)}`
      this.on.text('log', line)
      this.machine.world.say(() => `${this.name} ${level}: ${line}`)
    }
    return { info: write('notes'), warn: write('warns'), error: write('reports') }
  }

  /** All that was wrong with its surroundings is over. */
  calm(): void {
    this.line.weather = { ...FAIR }
    this.disk.fault = null
    this.disk.crashAt = null
    this.disk.fullAt = null
  }
}
