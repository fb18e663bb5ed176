import type { Cause, LinkState, LinkView } from '../../shared/model/link.ts'
import { assertNever } from '../../shared/result.ts'
import type { Heard } from '../backend/backend.ts'
import type { DialListener, Socket } from '../ports.ts'
import { Credential } from './credential.ts'
import { dialRequest, planOf, type Variant } from './handshake.ts'
import type { Link, LinkListener, LinkParts } from './link-contract.ts'
import { offLink, type LinkEffect, type LinkEvent, type Now, type Link as State } from './link-model.ts'
import { step } from './link-state.ts'
import { noteState } from './note-state.ts'
import { differs, linkView } from './link-view.ts'
import { isOpen } from './transitions.ts'
import { LINK_WAITS } from './waits.ts'

export type { Link, LinkListener, LinkParts }

export const createLink = (parts: LinkParts, on: LinkListener): Link => new LinkDriver(parts, on)

/**
 * Owns one socket, one timer and one watch, and carries out what `step` says. It decides nothing, and never lets a second
 * try begin beside the first.
 */
class LinkDriver implements Link {
  readonly #parts: LinkParts
  readonly #on: LinkListener
  #state: State
  #socket: Socket | null = null
  readonly #credential: Credential
  #heardAt: { readonly wall: number; readonly elapsed: number } | null = null
  #polledAt: number | null = null
  #since: number
  #shownState: LinkState | null = null
  #shown: LinkView
  #stopTimer: () => void = () => {}
  #stopWatch: () => void = () => {}
  #features: ReadonlySet<string> = new Set()
  /** Events that arrive while one is carried out wait their turn: a listener may call back. */
  readonly #turns: LinkEvent[] = []
  #inTurn = false

  constructor(parts: LinkParts, on: LinkListener) {
    this.#parts = parts
    this.#on = on
    this.#state = offLink(planOf(parts.auth, parts.server))
    this.#since = parts.clock.now()
    this.#shown = this.#view()
    this.#credential = new Credential(parts, {
      take: (event) => this.#take(event),
      isCurrent: (call) => call === this.#state.call,
      renewed: (token) => this.#renewed(token),
    })
  }

  start(): void {
    if (this.#state.at !== 'off') return
    this.#credential.start()
    this.#take({ is: 'start' })
    this.#watch()
  }
  stop(): void {
    this.#credential.stop()
    this.#stopWatch()
    this.#take({ is: 'stop' })
  }
  tryNow(): void {
    this.#take({ is: 'try-now' })
  }
  send(text: string): boolean {
    if (!isOpen(this.#state) || this.#socket === null) return false
    this.#socket.send(text)
    return true
  }
  hello(heard: Extract<Heard, { is: 'hello' }>): void {
    this.#features = heard.features
    this.#take({ is: 'hello', ticket: heard.features.has('ticket'), serverTime: heard.serverTime })
  }
  pong(echo: number | null): void {
    const { beat } = isOpen(this.#state) ? this.#state : { beat: null }
    const sentAt = beat?.pings.find((ping) => ping.echo === echo)?.sentAt
    this.#take({ is: 'pong', echo })
    if (sentAt !== undefined) this.#quietFor(this.#parts.clock.elapsed() - sentAt)
  }
  caughtUp(): void {
    this.#take({ is: 'caught-up' })
  }
  fallBehind(): void {
    this.#take({ is: 'fallen-behind' })
  }
  polled(okAt: number): void {
    this.#polledAt = okAt
    this.#refresh()
  }
  refuse(cause: Cause): void {
    this.#take({ is: 'refuse', cause })
  }
  network(up: boolean): void {
    this.#take({ is: 'network', up })
  }
  suspended(): void {
    this.#take({ is: 'suspended' })
  }
  resumed(): void {
    this.#take({ is: 'resumed' })
  }
  recycle(): void {
    this.#take({ is: 'recycle' })
  }
  stalledSince(): number | null {
    return isOpen(this.#state) ? this.#state.beat.stalledSince : null
  }
  view(): LinkView {
    return this.#view()
  }

  #take(event: LinkEvent): void {
    this.#turns.push(event)
    if (this.#inTurn) return
    this.#inTurn = true
    try {
      for (let next = this.#turns.shift(); next !== undefined; next = this.#turns.shift()) this.#turn(next)
    } finally {
      this.#inTurn = false
    }
  }

  #turn(event: LinkEvent): void {
    const before = this.#state
    const [next, ...effects] = step(before, event, this.#now())
    this.#state = next
    if (before.at !== next.at || before.cause !== next.cause) noteState(this.#parts.log, before, next)
    for (const effect of effects) this.#do(effect)
    // Polling that is over without a socket in its place is told as the end of a socket is.
    if (before.polling && !next.polling && !isOpen(next) && next.cause) this.#on.down(next.cause)
    this.#refresh()
  }

  #do(effect: LinkEffect): void {
    switch (effect.do) {
      case 'get-token':
        return void this.#credential.get(effect.call, effect.fresh, effect.method)
      case 'dial':
        return this.#dial(effect.call, effect.variant)
      case 'probe':
        return void this.#credential.probe(effect.call)
      case 'set-timer':
        this.#stopTimer()
        this.#stopTimer = this.#parts.clock.after(effect.ms, () => this.#take({ is: 'timer', call: effect.call }))
        return
      case 'clear-timer':
        return this.#stopTimer()
      case 'hang-up':
        return this.#hangUp(effect.politely)
      case 'ping':
        return this.#socket?.send(this.#parts.codec.ping(effect.echo))
      case 'tell-up':
        return this.#on.up()
      case 'tell-down':
        return this.#on.down(effect.cause)
      default:
        return assertNever(effect)
    }
  }

  #dial(call: number, variant: Variant): void {
    const { clock, dial, server } = this.#parts
    const request = dialRequest(server, variant, this.#credential.spend())
    /** True, and noted as life, when it comes from the socket of this call and not from one given up. */
    const heard = (): boolean => {
      if (call !== this.#state.call) return false
      const last = isOpen(this.#state) ? this.#heardAt : null
      this.#heardAt = { wall: clock.now(), elapsed: clock.elapsed() }
      if (last !== null) this.#quietFor(this.#heardAt.elapsed - last.elapsed)
      return true
    }
    const listener: DialListener = {
      opened: () => {
        if (heard()) this.#take({ is: 'opened', call })
      },
      text: (frame) => {
        if (heard()) this.#on.text(frame)
      },
      binary: (bytes) => {
        if (heard()) this.#on.binary(bytes)
      },
      alive: () => void heard(),
      refused: (refusal) => this.#take({ is: 'refusal', call, refusal }),
      failed: (fault) => this.#take({ is: 'fault', call, fault }),
      closed: (code, reason) => this.#take({ is: 'closed', call, code, reason }),
    }
    this.#socket = dial(request, listener)
  }

  #quietFor(ms: number): void {
    if (ms >= LINK_WAITS.stall) this.#on.stalled(ms)
  }

  #hangUp(politely: boolean): void {
    const socket = this.#socket
    this.#socket = null
    politely ? socket?.close(1000, '') : socket?.drop()
  }

  /** Looks at the watch every second as long as the link is started: what no event tells, time does. */
  #watch(): void {
    this.#stopWatch = this.#parts.clock.after(LINK_WAITS.tick, () => {
      this.#watch()
      this.#take({ is: 'tick', heardAt: this.#heardAt?.elapsed ?? null })
    })
  }

  #renewed(token: string): void {
    if (this.#features.has('authenticate')) this.send(this.#parts.codec.authenticate(token))
  }

  #now(): Now {
    const { clock, random } = this.#parts
    return { wall: clock.now(), elapsed: clock.elapsed(), chance: random.next() }
  }

  #view(): LinkView {
    const contact = { heardAt: this.#heardAt?.wall ?? null, polledAt: this.#polledAt }
    const now = this.#parts.clock.now()
    const view = linkView(this.#state, contact, now, this.#since)
    if (view.state === this.#shownState) return view
    this.#shownState = view.state
    this.#since = now
    return { ...view, since: now }
  }

  #refresh(): void {
    const view = this.#view()
    if (!differs(view, this.#shown)) return
    this.#shown = view
    this.#on.changed()
  }
}
