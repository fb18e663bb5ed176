import { TOPICS } from '../../src/shared/model/change.ts'
import { judgeCards } from './cards.ts'
import { chanceOf } from './chance.ts'
import { Desk, type DeskListener, paceDesks } from './desk.ts'
import { facesOf } from './faces.ts'
import { type Broken, Judge, Verdict } from './judge.ts'
import { befall } from './mishaps.ts'
import { Operators } from './operator.ts'
import { happen } from './others.ts'
import type { Plan, Step } from './plan.ts'
import { judgeLetGo, judgeOpened } from './keeping.ts'
import { judgeDeeds } from './reckoning.ts'
import { ACCOUNTS } from './server/rows.ts'
import { SimServer } from './server/server.ts'
import { World } from './world.ts'

export type Outcome = {
  readonly broken: Broken | null
  readonly trace: readonly string[]
  /** Happenings run, and what became of what was typed. */
  readonly steps: number
  readonly typed: number
  readonly saved: number
  readonly crashes: number
  /** Parts of journals that went. */
  readonly letGo: number
}

/** The first sign-in, ms after the start. */
const SIGN_IN = 500
/** People look after their desks this often, ms. */
const SIT_DOWN = 4_000
/** After the last fault everything must have come to rest within this, ms. */
const REST = 420_000
/** Between two looks at whether everything is at rest, ms. */
const LOOK = 2_000

/** Lets a planned history happen, from the first start of the desks to rest, and says which promise was broken. */
export function runHistory(plan: Plan, traced = false): Outcome {
  const world = new World(traced)
  const history = new History(plan, world)
  const broken = history.run()
  return {
    broken,
    trace: world.trace,
    steps: world.steps,
    typed: history.operators.typed.length,
    saved: history.operators.typed.filter(({ answer }) => answer === 'saved').length,
    crashes: history.desks.reduce((sum, desk) => sum + desk.kills, 0),
    letGo: history.desks.reduce((sum, desk) => sum + desk.disk.letGo, 0),
  }
}

/** One history under way: it owns the world, the server, the desks and those who look at them. */
class History {
  readonly operators: Operators
  readonly desks: readonly Desk[]
  readonly #plan: Plan
  readonly #world: World
  readonly #server: SimServer
  readonly #verdict: Verdict
  readonly #judges: readonly Judge[]

  constructor(plan: Plan, world: World) {
    const { seed, numbered, blind, stage, accessMs, keeping } = plan
    paceDesks(keeping)
    this.#plan = plan
    this.#world = world
    this.#verdict = new Verdict(world)
    const chance = chanceOf(seed, 'server')
    this.#server = new SimServer({
      ...{ numbered, double: blind, stage, accessMs, refreshMs: 7 * 86_400_000, world, chance },
    })
    this.operators = new Operators(this.#server, this.#verdict)
    const made = ACCOUNTS.slice(0, plan.desks).map((account, index) => this.#makeDesk(account, 'AB'[index] ?? '?'))
    this.desks = made.map(({ desk }) => desk)
    this.#judges = made.map(({ judge }) => judge)
  }

  #makeDesk(account: (typeof ACCOUNTS)[number], name: string) {
    const heard: { judge: Judge | null } = { judge: null }
    const on: DeskListener = {
      text: (where, text) => heard.judge?.text(where, text),
      dialled: () => heard.judge?.dialled(),
      opened: (book) => {
        heard.judge?.opened(book)
        judgeOpened(desk, book, this.#verdict)
      },
      letGo: (journal, first) => judgeLetGo(desk, journal, first, this.#verdict),
      began: () => {},
    }
    const desk = new Desk(name, account, this.#server, this.#world, this.#plan, on)
    desk.line.isBarred = !this.#plan.socket
    const judge = new Judge(desk, this.#server, this.#verdict)
    heard.judge = judge
    desk.line.on = {
      dialled: (url) => {
        judge.text('address', url)
        judge.dialled()
      },
      asked: (url, method, key) => {
        judge.text('address', url)
        if (method === 'POST' && url.endsWith('/results/publish/')) judge.publishes(key)
      },
      refused: (refresh) => judge.refused(refresh),
    }
    return { desk, judge }
  }

  run(): Broken | null {
    const world = this.#world
    world.say(
      () =>
        `seed ${this.#plan.seed}: ${this.#server.numbered ? 'a hub' : 'an election server'}, ${this.desks.length} desk(s)`,
    )
    for (const desk of this.desks) {
      desk.start()
      this.#people(desk)
    }
    for (const step of this.#plan.steps) world.at(step.at, () => this.#step(step))
    world.run(this.#plan.lasts, () => this.#look())
    if (!this.#verdict.broken) this.#calm()
    return this.#verdict.broken
  }

  #look(): boolean {
    for (const judge of this.#judges) judge.look()
    if (this.#world.isEndless) this.#verdict.breaks('I10', `it never ends: ${this.#world.steps} happenings`)
    return this.#verdict.broken !== null
  }

  #people(desk: Desk): void {
    this.#world.after(SIGN_IN, () => this.operators.sitDown(desk))
    this.#comeBack(desk)
  }
  #comeBack(desk: Desk): void {
    this.#world.after(SIT_DOWN, () =>
      desk.machine.awake(() => {
        this.operators.sitDown(desk)
        this.#comeBack(desk)
      }),
    )
  }

  #step(step: Step): void {
    if (step.on === 'server') return happen(this.#server, step.deed, step.number)
    const desk = this.desks[step.desk]
    if (!desk) return
    if (step.deed.is === 'type') this.operators.type(desk, step.deed, step.number)
    else befall(desk, step.deed)
  }

  /** Every fault ends; what does not come to rest has given up. */
  #calm(): void {
    const world = this.#world
    world.say(() => 'all faults end')
    this.#server.calm()
    let end = world.now
    for (const desk of this.desks) {
      desk.calm()
      desk.window.slowness = 0
    }
    // Whoever sleeps sleeps on: rest is waited for from when the last is awake.
    while (this.desks.some((desk) => desk.machine.asleep || !desk.runs)) {
      end += 60_000
      world.run(end, () => this.#look())
      if (this.#verdict.broken) return
    }
    const since = end
    let missing = this.#unrest()
    while (missing !== null && end - since < REST) {
      end += LOOK
      world.run(end, () => this.#look())
      if (this.#verdict.broken) return
      missing = this.#unrest()
    }
    if (missing !== null)
      return this.#verdict.breaks('I5', `${Math.round((end - since) / 1000)} s after the last fault: ${missing}`)
    for (const desk of this.desks) {
      judgeDeeds(desk, this.#server, this.operators.typed, this.#verdict)
      if (desk.book) judgeCards(desk.book, desk.name, this.#verdict)
    }
  }

  /** What is not as it should be when all is well; null: nothing. */
  #unrest(): string | null {
    for (const desk of this.desks) {
      const { core, book, name } = desk
      if (!core || !book) return `${name} has no journal open`
      const view = core.link.view()
      if (view.state !== 'live') return `the link of ${name} is ${view.state}: ${view.cause?.code}`
      const doubtful = TOPICS.filter((topic) => book.projection.trust.of(topic).state === 'doubtful')
      if (doubtful.length > 0) return `${name} doubts ${doubtful.join(', ')}`
      const { outbox } = book.projection
      if (outbox.unseen.size > 0) return `${outbox.unseen.size} done for ${name} were not seen back`
      if (outbox.waiting.size > 0) return `${outbox.waiting.size} typed at ${name} wait`
      const other = this.#difference(desk)
      if (other !== null) return other
      const { headline } = desk.window.shown
      if (headline === null) return `the window of ${name} shows nothing`
      if (headline.attended !== book.figures.attendance.attended)
        return `the window of ${name} shows ${headline.attended} attended`
      if (desk.window.shown.outbox?.waiting !== 0) return `the window of ${name} shows what does not wait`
    }
    return null
  }

  #difference(desk: Desk): string | null {
    const { book } = desk
    const judge = this.#judges[this.desks.indexOf(desk)]
    if (!book || !judge) return null
    const faces = facesOf(book)
    for (const record of this.#server.names) {
      if (!judge.isSeen(record)) continue
      const [face, theirs] = [faces.get(record) ?? null, this.#server.face(record)]
      if (face !== theirs) return `${desk.name} has ${record} = ${face}, the server ${theirs}`
      faces.delete(record)
    }
    for (const record of faces.keys())
      if (this.#server.face(record) === null) return `${desk.name} has ${record}, the server does not`
    return null
  }
}
