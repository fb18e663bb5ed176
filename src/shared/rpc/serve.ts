import type { Port, Unsubscribe } from '../port.ts'
import { assertNever } from '../result.ts'
import type { Contract, Handlers, Sources, TransportError } from './define.ts'
import { type Downstream, Upstream } from './envelope.ts'
import { Watch, type WatchMessage } from './watch.ts'

export type Fault = { readonly where: string; readonly cause: unknown }
export type ServeOptions = {
  readonly report: (fault: Fault) => void
  /** Runs what it is given a little later: changes of the same moment then travel together. */
  readonly soon: (run: () => void) => void
  /** Past this many unsent keys a slow window is sent a new snapshot instead. */
  readonly maxPending?: number
  /** Checks what streams say against the contract too; on in development and tests. What commands answer always is. */
  readonly checkOutputs?: boolean
  /** Asked before each command: why this window may not now; null when it may. */
  readonly refuse?: (command: string) => Extract<TransportError, 'in-replay' | 'in-safe-mode'> | null
}

/** Streams one window may watch at once: every view open twice over is a third of it. */
const MAX_WATCHES = 128
/** Unanswered calls of one window; a person cannot type as many. */
const MAX_CALLS = 128

/** Answers one window over one port until the port closes. Returns the stop. */
export function serve<C extends Contract>(
  contract: C,
  port: Port,
  core: { readonly handlers: Handlers<C>; readonly sources: Sources<C> },
  options: ServeOptions,
): Unsubscribe {
  const serving = new Serving(contract, port, core, options)
  return () => serving.stop()
}

/** Owns one window's watches and open calls; never the port, which its maker closes. */
class Serving<C extends Contract> {
  readonly #contract: C
  readonly #core: { readonly handlers: Handlers<C>; readonly sources: Sources<C> }
  readonly #options: ServeOptions
  readonly #send: (message: Downstream) => void
  readonly #watches = new Map<number, Watch>()
  readonly #stops: Unsubscribe[]
  #calls = 0
  #stopped = false

  constructor(
    contract: C,
    port: Port,
    core: { readonly handlers: Handlers<C>; readonly sources: Sources<C> },
    options: ServeOptions,
  ) {
    this.#contract = contract
    this.#core = core
    this.#options = options
    this.#send = (message) => this.#stopped || port.send(message)
    this.#send({ t: 'hello', version: contract.version })
    this.#stops = [port.onClose(() => this.stop()), port.onMessage((raw) => this.#onMessage(raw))]
  }

  stop() {
    if (this.#stopped) return
    this.#stopped = true
    for (const off of this.#stops) off()
    for (const watch of this.#watches.values()) watch.stop()
    this.#watches.clear()
  }

  #onMessage(raw: unknown) {
    if (this.#stopped) return
    const parsed = Upstream.safeParse(raw)
    if (!parsed.success) return this.#options.report({ where: 'envelope', cause: parsed.error })
    const message = parsed.data
    switch (message.t) {
      case 'call':
        return void this.#call(message.id, message.name, message.input)
      case 'watch':
        return this.#watch(message.id, message.name, message.input)
      case 'unwatch':
        return this.#unwatch(message.id)
      case 'ack':
        return this.#watches.get(message.id)?.acked(message.seq)
      default:
        return assertNever(message)
    }
  }

  async #call(id: number, name: string, rawInput: unknown) {
    const reply = (result: Extract<Downstream, { t: 'reply' }>['result']) => this.#send({ t: 'reply', id, result })
    const reject = (cause: unknown) => {
      this.#options.report({ where: `call ${name}`, cause })
      reply({ ok: false, error: 'rejected-input' })
    }
    const def = Object.hasOwn(this.#contract.commands, name) ? this.#contract.commands[name] : undefined
    const input = def?.input.safeParse(rawInput)
    if (!def || !input?.success) return reject(input?.error ?? 'unknown command')
    if (this.#calls >= MAX_CALLS) return reject(`more than ${MAX_CALLS} calls at once`)
    const refusal = this.#options.refuse?.(name) ?? null
    if (refusal !== null) return reply({ ok: false, error: refusal })
    this.#calls += 1
    try {
      const handler = this.#core.handlers[name as keyof C['commands']] // own key of the contract, checked above
      const result = await handler(input.data as never) // parsed by this command's own schema
      // Parsed, so that a field the contract does not name stays on this side.
      if (result.ok) return reply({ ok: true, value: def.output.parse(result.value) })
      const error: string = result.error
      if (!def.errors.includes(error)) throw new Error(`answered with an error it does not list: ${error}`)
      reply({ ok: false, error })
    } catch (cause) {
      // A throw is our bug, not the operator's: log all of it here, send none of it there.
      this.#options.report({ where: `call ${name}`, cause })
      reply({ ok: false, error: 'internal' })
    } finally {
      this.#calls -= 1
    }
  }

  #watch(id: number, name: string, rawInput: unknown) {
    this.#unwatch(id)
    const refuse = (error: string, cause: unknown) => {
      this.#watches.delete(id)
      this.#options.report({ where: `watch ${name}`, cause })
      this.#send({ t: 'refused', id, error })
    }
    const def = Object.hasOwn(this.#contract.streams, name) ? this.#contract.streams[name] : undefined
    const input = def?.input.safeParse(rawInput)
    if (!def || !input?.success) return refuse('rejected-input', input?.error ?? 'unknown stream')
    if (this.#watches.size >= MAX_WATCHES) return refuse('too-many', `more than ${MAX_WATCHES} watches at once`)
    const source = this.#core.sources[name as keyof C['streams']] // own key of the contract, checked above
    const { soon, maxPending, checkOutputs } = this.#options
    const watch = new Watch({
      soon,
      ...(maxPending === undefined ? {} : { maxPending }),
      check: checkOutputs ? def : null,
      send: (message: WatchMessage) => this.#send({ ...message, id }),
      // A failed watch may have been replaced under its id meanwhile; then only the report is due.
      failed: (cause) => {
        if (this.#watches.get(id) === watch) refuse('internal', cause)
        else this.#options.report({ where: `watch ${name}`, cause })
      },
    })
    this.#watches.set(id, watch)
    watch.start((changed) => source(input.data as never, changed)) // parsed by this stream's own schema
  }

  #unwatch(id: number) {
    const watch = this.#watches.get(id)
    this.#watches.delete(id)
    watch?.stop()
  }
}
