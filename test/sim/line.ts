import type { Dial, DialListener, Http, HttpAnswer, NetworkFault } from '../../src/core/ports.ts'
import { err, ok, type Result } from '../../src/shared/result.ts'
import type { Chance } from './chance.ts'
import type { Life, Machine } from './machine.ts'
import { type Answer, type Asked, serve } from './server/rest.ts'
import type { SimServer } from './server/server.ts'
import { Connection } from './connection.ts'
import { SECRET_MARK } from './server/tokens.ts'

/** What the line between one desk and the server is like now; each part in [0, 1]. */
export type Weather = {
  /** Nothing connects, and what was connected is reset. */
  cut: boolean
  /** Half-open: what is sent arrives nowhere, and nobody is told. */
  hole: boolean
  /** Ms one way, drawn between these. */
  delay: readonly [number, number]
  /** Calls lost on their way, and answers lost on theirs after the server did what was asked. */
  loseAsk: number
  loseAnswer: number
  /** Frames that come twice, out of order, broken off in the middle, as something that is no frame, or not at all. */
  twice: number
  swap: number
  torn: number
  garbage: number
  drop: number
  /** Calls go through, and no socket is to be had: something on the way does not know them. */
  noSocket: boolean
  /** Slow: so much longer calls are on their way there, answers on theirs back, and what comes down a socket, ms between these. */
  slowAsks: readonly [number, number] | null
  slowAnswers: readonly [number, number] | null
  slowFrames: readonly [number, number] | null
  /** Bytes trickle: so many a second of each answer, and of each socket; null: all at once. */
  trickle: number | null
}
export const FAIR: Weather = {
  cut: false,
  hole: false,
  delay: [2, 30],
  loseAsk: 0,
  loseAnswer: 0,
  twice: 0,
  swap: 0,
  torn: 0,
  garbage: 0,
  drop: 0,
  noSocket: false,
  slowAsks: null,
  slowAnswers: null,
  slowFrames: null,
  trickle: null,
}

/** The keychain takes this long at most, ms, one call after the other. */
const PUT_AWAY = 100

/** The line of one desk: its weather, the sockets on it, and when a byte last came through. */
export class Line {
  readonly machine: Machine
  readonly server: SimServer
  readonly chance: Chance
  weather: Weather = { ...FAIR }
  /** No socket is ever to be had on it. */
  isBarred = false
  /** Whether the desk goes by polling now. */
  polls: () => boolean = () => false
  readonly connections = new Set<Connection>()
  /** Elapsed ms of the desk's own clock when something of the server last reached it over a socket. */
  heardAt = Number.NEGATIVE_INFINITY
  /** Ms of the history when the newest of what reached it was sent: what waits in a buffer is older than it looks. */
  heardFrom = Number.NEGATIVE_INFINITY
  /** Whether the socket of now has brought the answer to a ping. */
  hasPonged = false
  /** Refresh tokens whose answer reached a desk that was alive to take it, and when, ms. */
  readonly delivered = new Map<string, number>()
  /** Told of each dial and call as it begins, and of each refresh that the server refuses. */
  on: {
    dialled(url: string, life: Life): void
    asked(url: string, method: string, key: string | undefined): void
    refused(refresh: string): void
  } = { dialled: () => {}, asked: () => {}, refused: () => {} }

  constructor(machine: Machine, server: SimServer, chance: Chance) {
    this.machine = machine
    this.server = server
    this.chance = chance
  }

  delay(): number {
    const [from, to] = this.weather.delay
    return this.chance.between(from, to)
  }
  /** Ms more that a slow line takes; nothing is drawn where it is not slow. */
  more(slow: readonly [number, number] | null): number {
    return slow === null ? 0 : this.chance.between(...slow)
  }
  /** Ms until the last of so many characters has trickled in. */
  trickled(length: number): number {
    return this.weather.trickle === null ? 0 : Math.ceil((1_000 * length) / this.weather.trickle)
  }
  /** The process is gone: what it was given just before, it may not have put away. */
  processGone(): void {
    for (const connection of [...this.connections]) connection.processGone()
    for (const [token, at] of this.delivered) if (this.machine.ranUntil - at < PUT_AWAY) this.delivered.delete(token)
  }

  /** The weather of one mishap is over, unless another began meanwhile. */
  clearUp(during: Weather): void {
    if (this.weather === during) this.weather = { ...FAIR }
  }
  /** Everything connected is reset. */
  reset(): void {
    for (const connection of [...this.connections]) connection.reset()
  }

  http(life: Life): Http {
    return (request) =>
      new Promise((resolve) => {
        this.on.asked(request.url, request.method, request.headers['idempotency-key'])
        const { world } = this.machine
        let over = false
        const end = (result: Result<HttpAnswer, NetworkFault>) => {
          this.machine.awake(() => {
            if (over || !life.alive) return
            over = true
            stop()
            if (result.ok) this.#delivered(result.value)
            resolve(result)
          })
        }
        const stop = this.machine
          .clock(life)
          .after(request.timeoutMs, () => end(err({ is: 'timed-out', detail: 'no answer' })))
        const fail = (is: NetworkFault['is']) => void world.after(this.delay(), () => end(err({ is, detail: is })))
        if (this.weather.cut) return fail('unreachable')
        if (this.weather.hole) return
        const path = request.url.replace(/^https:\/\/[^/]+/, '')
        const asked: Asked = {
          method: request.method,
          path,
          bearer: request.headers.authorization,
          key: request.headers['idempotency-key'],
          ifMatch: request.headers['if-match'],
          ifNoneMatch: request.headers['if-none-match'],
          isPolling: this.polls(),
          body: request.body === null ? {} : (JSON.parse(request.body) as Asked['body']), // the console sends objects
        }
        const isLost = this.chance.is(this.weather.loseAsk)
        const slow = this.more(this.weather.slowAsks)
        world.after(this.delay() + slow, () => {
          // Who gives up hangs up, and so does who dies: what is still long on its way comes to no server, unless something between
          // them hands it on, as before a hub.
          if ((over || (slow > 0 && !life.alive)) && !this.server.numbered) return
          if (this.weather.cut || isLost) return fail('reset')
          if (this.weather.hole) return
          if (this.server.isAway) return fail('refused')
          world.say(() => `desk asks ${asked.method} ${path}`)
          serve(this.server, asked, (answer) => this.#answered(life, asked, answer, end, fail))
        })
      })
  }

  #answered(
    life: Life,
    asked: Asked,
    answer: Answer,
    end: (result: Result<HttpAnswer, NetworkFault>) => void,
    fail: (is: NetworkFault['is']) => void,
  ): void {
    const { world } = this.machine
    // Asked by a process that is gone, it may come after its own successor's.
    if (life.alive && answer.status === 401 && asked.path === '/api/auth/refresh/')
      this.on.refused(String(asked.body.refresh))
    const isLost = this.chance.is(this.weather.loseAnswer)
    const isGateway = isLost && this.chance.is(0.3)
    if (answer.status >= 400) world.say(() => `server answers ${answer.status} to ${asked.path}`)
    if (isLost) world.say(() => `its answer to ${asked.method} ${asked.path} is lost`)
    const late = this.more(this.weather.slowAnswers) + this.trickled(answer.body.length)
    if (late > 0) world.say(() => `its answer to ${asked.method} ${asked.path} takes ${late} ms more`)
    world.after(this.delay() + late, () => {
      if (this.weather.cut || (isLost && !isGateway) || this.server.isAway) return fail('reset')
      if (this.weather.hole) return
      end(ok(isGateway ? { status: 504, headers: {}, body: '<html><title>Gateway</title></html>' } : answer))
    })
  }

  #delivered({ body }: HttpAnswer): void {
    const token = new RegExp(`"refresh":"(${SECRET_MARK}-r\\d+)"`).exec(body)?.[1]
    if (token) this.delivered.set(token, this.machine.world.now)
  }

  dial(life: Life): Dial {
    return (request, listener: DialListener) => {
      this.on.dialled(request.url, life)
      const connection = new Connection(this, life, request, listener)
      return connection.socket
    }
  }
}
