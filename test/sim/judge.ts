import type { Book } from '../../src/core/book.ts'
import { LINK_WAITS } from '../../src/core/link/waits.ts'
import { TOPICS } from '../../src/shared/model/change.ts'
import type { LinkView } from '../../src/shared/model/link.ts'
import { isRead, readAtOf } from '../../src/shared/model/trust.ts'
import { watchCounts } from './cards.ts'
import type { Desk } from './desk.ts'
import { faceOf, facesOf, nameOf, topicOfName } from './faces.ts'
import type { SimServer } from './server/server.ts'
import { SECRET_MARK } from './server/tokens.ts'
import type { World } from './world.ts'

/** A promise that was not kept. `id`: the invariant in docs/spec/simulation.md; `at`: ms of the history. */
export type Broken = { readonly id: string; readonly what: string; readonly at: number }

/** Keeps the first broken promise of a history: what comes after it is its consequence. */
export class Verdict {
  broken: Broken | null = null
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }
  breaks(id: string, what: string): void {
    if (this.broken) return
    this.broken = { id, what, at: this.#world.now }
    this.#world.say(() => `BROKEN ${id}: ${what}`)
  }
}

/** A claim may lag behind the server by this much, ms: a half-open line is noticed within it. */
const LAG = 32_000
/**
 * On a slow line the first hello may be as old as dial and greeting may take, and the ping that answers it is waited for: until a
 * socket has brought its first pong what it says may lag so much, ms.
 */
const FIRST_LAG = LINK_WAITS.dial + LINK_WAITS.hello + LINK_WAITS.behind + 2 * LINK_WAITS.tick
/** So long after waking, ms, a desk may not have looked at its watch yet. */
const DROWSY = 6_000
/** The link calls itself live this long after the last byte at most, ms of the desk's own clock. */
const HEARD_WITHIN = 27_000
/** An unnumbered server's claim may be this old, ms: two of its slowest sweeps and one watch. */
const OLDEST_CLAIM = 250_000
/** More timers than this at one time, and something is never taken back. */
const MOST_TIMERS = 150

/** A desk looks at its clock this often, ms. */
const TICK = 2_000
/** What is late is called so within this, ms: a disk that refused is asked again. */
const LATE = 20_000

/** Link states in which nothing can be certain. */
const AWAY: ReadonlySet<string> = new Set(['stale', 'offline', 'signed-out'])

/** Looks at one desk from outside, all the time, and knows what the server knows. It changes nothing. */
export class Judge {
  readonly #desk: Desk
  readonly #server: SimServer
  readonly #verdict: Verdict
  /** How far each record has come, by epoch and name: on a numbered server it never goes back. */
  #reached = new Map<string, number>()
  /** Since when the desk claims to know without a link, ms of its own clock. */
  #amissSince: number | null = null
  /** Since when something is late and not called so, ms of the desk's own clock. */
  readonly #lateSince = new Map<string, number>()
  #checkedAt = Number.NEGATIVE_INFINITY

  constructor(desk: Desk, server: SimServer, verdict: Verdict) {
    this.#desk = desk
    this.#server = server
    this.#verdict = verdict
  }

  /** A secret has left the core. */
  text(where: string, text: string): void {
    if (text.includes(SECRET_MARK)) this.#verdict.breaks('I8', `a secret is in the ${where} of ${this.#desk.name}`)
  }

  dialled(): void {
    const { core, line, life, name } = this.#desk
    const others = [...line.connections].filter((one) => one.isOurs && one.life === life)
    if (others.length > 0) this.#verdict.breaks('I5', `${name} dials while another attempt is in flight`)
    if (core?.session.state() === 'signed-out') this.#verdict.breaks('I5', `${name} dials although it is signed out`)
  }

  /** The server refused a refresh token: right only if its successor was lost on the way, or it ended. */
  refused(refresh: string): void {
    const why = this.#server.tokens.whyNot(refresh, this.#server.world.now)
    if (why === null || typeof why === 'string' || !this.#desk.line.delivered.has(why.used)) return
    this.#verdict.breaks('I21', `${this.#desk.name} shows a refresh token whose successor it was given`)
  }

  /** Results are published in time or not at all. */
  publishes(key: string | undefined): void {
    const deadline = this.#desk.book?.projection.outbox.find(key ?? '')?.deadline ?? null
    const late = Math.floor(this.#desk.machine.wall) - (deadline ?? Number.POSITIVE_INFINITY)
    if (late >= 0) this.#verdict.breaks('S102', `${this.#desk.name} publishes ${late} ms after its deadline`)
  }

  opened(book: Book): void {
    this.#reached = new Map()
    watchCounts(book, this.#desk.name, this.#verdict)
    if (!this.#server.numbered) return
    book.listen({
      shifted: ({ kind, key, after }) => {
        if (!after?.position) return
        this.#forward(after.position.epoch, nameOf(kind, key), faceOf(kind, after.record))
      },
    })
  }

  #forward(epoch: string, name: string, face: string): void {
    const story = this.#server.story(epoch, name)
    const at = `${epoch} ${name}`
    const last = this.#reached.get(at) ?? 0
    const next = story.findIndex((told, index) => index >= last && told.face === face)
    if (next >= 0) return void this.#reached.set(at, next)
    const earlier = story.some((told) => told.face === face)
    const what = earlier ? 'goes back to an earlier version' : 'shows what the server never had'
    this.#verdict.breaks('I3', `${this.#desk.name}: ${name} ${what}: ${face}`)
  }

  /** After every happening. The tables are looked at no more than twice a second. */
  look(): void {
    const { machine, runs, core, book, life, name, line } = this.#desk
    if (!runs || machine.asleep) return
    const now = machine.world.now
    const view = core?.link.view()
    const isDrowsy = now - machine.wokeAt < DROWSY
    if (view?.state === 'live' && view.by === 'socket' && !isDrowsy && machine.elapsed - line.heardAt > HEARD_WITHIN)
      this.#verdict.breaks(
        'I7',
        `${name} says live ${Math.round(machine.elapsed - line.heardAt)} ms after the last byte`,
      )
    if (life.timers > MOST_TIMERS) this.#verdict.breaks('I10', `${name} has ${life.timers} timers`)
    if (
      view?.state === 'live' &&
      view.by === 'socket' &&
      !isDrowsy &&
      now - line.heardFrom > (line.hasPonged ? LAG : FIRST_LAG)
    )
      this.#verdict.breaks('I11', `${name} says live, and what it heard last was sent ${now - line.heardFrom} ms ago`)
    if (book && view && !isDrowsy) this.#away(book, view)
    if (now - this.#checkedAt < 500 || !book) return
    if (!isDrowsy) this.#timely(book)
    this.#checkedAt = now
    this.tables(book)
  }

  /** Without a link nothing is claimed. That a socket is gone is known at once, that polls are not answered with the next look at the clock. */
  #away({ projection }: Book, { state, by }: LinkView): void {
    const { elapsed } = this.#desk.machine
    const isAmiss = AWAY.has(state) && TOPICS.some((topic) => isRead(projection.trust.of(topic)))
    this.#amissSince = isAmiss ? (this.#amissSince ?? elapsed) : null
    if (this.#amissSince !== null && elapsed - this.#amissSince > (by === 'polling' ? TICK : 0) - 1)
      this.#verdict.breaks('I1', `${this.#desk.name} claims to know although its link is ${state}`)
  }

  /** What was not begun in time is called late, and does not wait on. */
  #timely({ projection }: Book): void {
    const { disk, machine, name } = this.#desk
    for (const { key, deadline, attempts } of projection.outbox.timed()) {
      if (attempts > 0 || disk.fault !== null || deadline === null || machine.wall < deadline) continue
      const since = this.#lateSince.get(key) ?? machine.elapsed
      this.#lateSince.set(key, since)
      if (machine.elapsed - since > LATE)
        this.#verdict.breaks('S102', `${name} still holds what was to be sent before ${deadline}`)
    }
  }

  /** What the desk claims is what the server had when it claims to have known it. */
  tables(book: Book): void {
    const faces = facesOf(book)
    this.#figures(book)
    const isDrowsy = this.#desk.machine.world.now - this.#desk.machine.wokeAt < DROWSY
    if (isDrowsy) return
    const claims = new Map(TOPICS.map((topic) => [topic, this.#claimOf(book, topic)]))
    const epoch = this.#server.numbered ? (book.projection.position?.epoch ?? this.#server.epoch) : this.#server.epoch
    const names = new Set([...faces.keys(), ...this.#server.namesOf(epoch)])
    for (const record of names) {
      const claim = claims.get(topicOfName(record))
      if (claim === null || claim === undefined || !this.isSeen(record)) continue
      const face = faces.get(record) ?? null
      if (!this.#wasSo(epoch, record, face, claim) && !this.#isOfAnother(epoch, record, face, claim))
        return this.#verdict.breaks(
          claim.id,
          `${this.#desk.name} claims ${record} = ${face}, ${this.#whatIs(epoch, record)}`,
        )
    }
  }

  /**
   * On the election server a desk is shown its own guarantees only; one that polls does not know that its hub keeps entries apart,
   * until a socket has told it and they are read.
   */
  isSeen(name: string): boolean {
    const { core, line } = this.#desk
    if (name.startsWith('sheet/')) {
      const view = core?.link.view()
      return view?.state === 'live' && view.by === 'socket' && !line.isBarred
    }
    if (this.#server.numbered || !name.startsWith('guarantee/')) return true
    return this.#server.writers.ownerOf(name) === this.#desk.account.id
  }

  /** Since when the desk says it knows a topic; null: it says that it does not. */
  #claimOf(book: Book, topic: (typeof TOPICS)[number]): Claim | null {
    const trust = book.projection.trust.of(topic)
    const told = readAtOf(trust)
    if (!isRead(trust) || told === null) return null
    const { position } = book.projection
    const isNumbered = this.#server.numbered && position !== null
    if (!isNumbered && trust.state !== 'provisional')
      this.#verdict.breaks(
        'I1',
        `${this.#desk.name} calls ${topic} ${trust.state} on a server that loses frames in silence`,
      )
    const { now } = this.#server.world
    if (isNumbered) return { by: 'seq', seq: position.seq, least: now - LAG, id: 'I2' }
    const since = this.#desk.machine.momentOf(told)
    if (since === null) return null
    if (now - since > OLDEST_CLAIM && now - this.#desk.machine.wokeAt > OLDEST_CLAIM)
      this.#verdict.breaks(
        'I1',
        `${this.#desk.name} still claims ${topic} ${Math.round((now - since) / 1000)} s after reading it`,
      )
    return { by: 'time', since, id: 'I1' }
  }

  /** A desk that was refused by its disk may stand in a newer epoch without having written so. */
  #isOfAnother(own: string, record: string, face: string | null, claim: Claim): boolean {
    const { epoch: newest, endedAt, world } = this.#server
    const recent = [...endedAt].filter(([, at]) => world.now - at < LAG).map(([epoch]) => epoch)
    const from = claim.by === 'seq' ? { ...claim, seq: 0 } : claim
    return [newest, ...recent].some((epoch) => epoch !== own && this.#wasSo(epoch, record, face, from))
  }

  #wasSo(epoch: string, name: string, face: string | null, claim: Claim): boolean {
    if (claim.by === 'time') {
      const story = this.#server.storyOver(name)
      const before = story.findLast(({ at }) => at <= claim.since)?.face ?? null
      return face === before || story.some((told) => told.at > claim.since && told.face === face)
    }
    const story = this.#server.story(epoch, name)
    const isLate = (told: { readonly at: number; readonly seq: number }) =>
      told.seq <= claim.seq || told.at <= claim.least
    const before = story.findLast(isLate)?.face ?? null
    return face === before || story.some((told) => !isLate(told) && told.face === face)
  }

  #whatIs(epoch: string, name: string): string {
    const story = this.#server.story(epoch, name).map(({ seq, face }) => `${seq}: ${face}`)
    return `the server's story of it is [${story.join(', ')}]`
  }

  /** Every sum is the sum of what is held, and none is negative. */
  #figures({ figures, projection }: Book): void {
    const { attendance, counts, guarantees } = figures
    const attended = [...projection.of('attendance').values()].filter(({ record }) => record.status === 'ATTENDED')
    const votes = [...projection.of('count').values()].reduce((sum, { record }) => sum + record.votes, 0)
    const held = [attended.length, votes, projection.of('guarantee').size]
    const shown = [attendance.attended, counts.votes, guarantees.all.guarantees]
    const least = Math.min(...shown, attendance.pending, counts.cast, counts.invalid, ...Object.values(guarantees.all))
    if (least < 0 || held.join() !== shown.join())
      this.#verdict.breaks('I3', `${this.#desk.name} shows ${shown.join('/')} where it holds ${held.join('/')}`)
  }
}

type Claim =
  | { readonly by: 'seq'; readonly seq: number; readonly least: number; readonly id: 'I2' }
  | { readonly by: 'time'; readonly since: number; readonly id: 'I1' }
