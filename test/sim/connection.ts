import type { DialListener, DialRequest, Socket } from '../../src/core/ports.ts'
import type { Line } from './line.ts'
import type { Life } from './machine.ts'
import type { Listener } from './server/server.ts'

/** A server lets a peer go that it has not heard for this long, ms. */
const SERVER_PATIENCE = 30_000
/** A silence this short, ms, is bridged by what the system sends again; longer ones end the connection. */
const BRIDGED = 12_000
/** A swapped frame comes this much later, ms: after those that were sent behind it. */
const SWAPPED_BY = 60

/**
 * One socket between a desk and the server: in order each way, unless the weather has it otherwise, and dead on one side
 * before the other knows. Nothing of it reaches a process that is gone.
 */
export class Connection {
  readonly socket: Socket
  readonly #line: Line
  readonly #life: Life
  readonly #listener: DialListener
  #state: 'dialling' | 'open' | 'ended' = 'dialling'
  #serverSide: Listener | null = null
  #lastDown = 0
  #lastUp = 0
  #holeSince: number | null = null
  #held: (() => void)[] = []
  readonly #stopTimeout: () => void

  constructor(line: Line, life: Life, request: DialRequest, listener: DialListener) {
    this.#line = line
    this.#life = life
    this.#listener = listener
    this.socket = {
      send: (text) => this.#up(text),
      ping: () => {},
      close: () => this.#hangUp(),
      drop: () => this.#hangUp(),
    }
    line.connections.add(this)
    line.hasPonged = false
    const { world } = line.machine
    this.#stopTimeout = line.machine
      .clock(life)
      .after(request.timeoutMs, () => this.#fail('timed-out', 'no answer to the dial'))
    world.after(line.delay(), () => this.#reached(request))
  }

  /** Whether the desk's side still has it. */
  get isOurs(): boolean {
    return this.#state !== 'ended'
  }
  get life(): Life {
    return this.#life
  }

  #reached(request: DialRequest): void {
    const { server, weather, machine } = this.#line
    if (this.#state !== 'dialling') return
    if (weather.hole) return
    if (weather.cut) return this.#fail('unreachable', 'no route')
    if (server.isAway) return this.#fail('refused', 'nobody listens')
    if (weather.noSocket || this.#line.isBarred) return this.#turnAway(this.#line.chance.of([404, 404, 500]))
    const account = server.tokens.accountOf(request.headers.authorization, machine.world.now)
    if (!account) return this.#turnAway(403)
    const serverSide: Listener = {
      frame: (text) => this.#down(text),
      end: (code, reason) => this.#ended(code, reason),
    }
    this.#serverSide = serverSide
    server.listeners.add(serverSide)
    this.#deliver(this.#inOrder(), () => {
      this.#stopTimeout()
      this.#state = 'open'
      this.#listener.opened()
    })
    const hello = server.hello()
    this.#deliver(this.#inOrder(hello.length), () => this.#listener.text(hello))
  }

  #turnAway(status: number): void {
    this.#line.machine.world.after(this.#line.delay(), () =>
      this.#hear(() => {
        this.#end()
        this.#listener.refused({ status, headers: {}, body: '' })
      }),
    )
  }

  #fail(is: 'timed-out' | 'unreachable' | 'refused', detail: string): void {
    if (this.#state !== 'dialling') return
    this.#leaveServer()
    this.#hear(() => {
      this.#end()
      this.#listener.failed({ is, detail })
    })
  }

  /** Something happens on the desk's side, if there is one. */
  #hear(run: () => void): void {
    this.#line.machine.awake(() => {
      if (this.#life.alive && this.#state !== 'ended') run()
    })
  }

  /** When what is sent down now is there: behind all that was sent before it, and so many characters later where they trickle. */
  #inOrder(length = 0): number {
    const { machine, weather } = this.#line
    const due = machine.world.now + this.#line.delay() + this.#line.more(weather.slowFrames)
    this.#lastDown = Math.max(this.#lastDown, due) + this.#line.trickled(length)
    return this.#lastDown
  }

  /** A frame on its way down, with whatever the weather does to it. */
  #down(text: string): void {
    const { chance, weather, machine, server } = this.#line
    if (this.#serverSide === null) return
    if (chance.is(weather.drop)) {
      machine.world.say(() => 'a frame is lost on the line')
      // A hub's frame is never the last: the next one shows that one is missing.
      if (server.numbered) machine.world.after(500, () => server.touch())
      return
    }
    const swapped = chance.is(weather.swap)
    const torn = chance.is(weather.torn)
    if (chance.is(weather.garbage)) return this.#garbled(text)
    const at = swapped ? machine.world.now + this.#line.delay() + SWAPPED_BY : this.#inOrder(text.length)
    const said = torn ? text.slice(0, 1 + chance.upTo(text.length - 1)) : text
    if (swapped || torn) machine.world.say(() => `a frame ${swapped ? 'comes out of order' : 'breaks off'}`)
    this.#deliver(at, () => this.#listener.text(said))
    if (chance.is(weather.twice)) this.#deliver(at + chance.upTo(200), () => this.#listener.text(said))
  }

  /** What is no frame comes in its place: it in two, it with something in its middle, what nobody knows, or bytes. */
  #garbled(text: string): void {
    const { chance, machine } = this.#line
    const at = this.#inOrder()
    const cut = 1 + chance.upTo(text.length - 1)
    machine.world.say(() => 'what comes is no frame')
    const texts = chance.of([
      [text.slice(0, cut), text.slice(cut)],
      [`${text.slice(0, cut)}\u0000"]${text.slice(cut)}`],
      ['{"type":"weather_report","data":{}}'],
      ['[]', 'null', '{'.repeat(200)],
      [],
    ])
    for (const each of texts) this.#deliver(at, () => this.#listener.text(each))
    if (texts.length === 0) this.#deliver(at, () => this.#listener.binary(text.length))
  }

  #deliver(at: number, run: () => void): void {
    const { machine } = this.#line
    const sentAt = machine.world.now
    machine.world.at(at, () => {
      const arrive = () =>
        this.#hear(() => {
          this.#line.heardAt = machine.elapsed
          this.#line.heardFrom = Math.max(this.#line.heardFrom, sentAt)
          run()
        })
      if (this.#line.weather.hole || this.#holeSince !== null) this.#hold(arrive)
      else arrive()
    })
  }

  /** The line swallows it; when it does so not for too long, the system sends it again. */
  #hold(arrive: () => void): void {
    this.#held.push(arrive)
    if (this.#holeSince !== null) return
    const { world } = this.#line.machine
    this.#holeSince = world.now
    const look = (): void => {
      const since = this.#holeSince
      if (since === null || this.#state === 'ended') return
      if (world.now - since > BRIDGED) return this.#leaveServer()
      if (this.#line.weather.hole) return void world.after(500, look)
      this.#holeSince = null
      for (const run of this.#held.splice(0)) run()
    }
    world.after(500, look)
    world.after(SERVER_PATIENCE, () => (this.#holeSince !== null ? this.#leaveServer() : undefined))
  }

  #up(text: string): void {
    const { machine, server } = this.#line
    if (this.#state !== 'open') return
    this.#lastUp = Math.max(this.#lastUp, machine.world.now + this.#line.delay())
    machine.world.at(this.#lastUp, () => {
      if (this.#serverSide === null || this.#line.weather.hole || this.#line.weather.cut || server.isAway) return
      const message = JSON.parse(text) as Record<string, unknown> // the console sends objects
      if (message.type === 'ping') this.#pong(message.timestamp)
      if (message.type !== 'resume') return
      const [first = '', ...missed] = server.resume(message.epoch, message.since)
      this.#say(first)
      for (const frame of missed) this.#down(frame)
    })
  }
  #pong(timestamp: unknown): void {
    const text = JSON.stringify({ type: 'pong', timestamp })
    this.#deliver(this.#inOrder(text.length), () => {
      this.#line.hasPonged = true
      this.#listener.text(text)
    })
  }
  #say(text: string): void {
    this.#deliver(this.#inOrder(text.length), () => this.#listener.text(text))
  }

  /** The server ends it with a close frame, which the line may still lose. */
  #ended(code: number, reason: string): void {
    this.#leaveServer()
    this.#deliver(this.#inOrder(), () => {
      this.#end()
      this.#listener.closed(code, reason)
    })
  }

  /** Both sides are told at once that it is over. */
  reset(): void {
    this.#leaveServer()
    if (this.#state === 'dialling') return this.#fail('unreachable', 'cut')
    this.#hear(() => {
      this.#end()
      this.#listener.closed(1006, '')
    })
  }

  /** The server's side is gone, and the desk does not know. */
  forget(): void {
    this.#leaveServer()
    this.#holeSince ??= this.#line.machine.world.now
  }

  #hangUp(): void {
    if (this.#state === 'ended') return
    this.#end()
    this.#line.machine.world.after(this.#line.delay(), () => this.#leaveServer())
  }
  /** The process is gone: the system ends its sockets. */
  processGone(): void {
    this.#end()
    this.#leaveServer()
  }
  #end(): void {
    this.#state = 'ended'
    this.#stopTimeout()
    this.#line.connections.delete(this)
  }
  #leaveServer(): void {
    if (this.#serverSide) this.#line.server.listeners.delete(this.#serverSide)
    this.#serverSide = null
  }
}
