import type { Port, Unsubscribe } from '../port.ts'
import { assertNever } from '../result.ts'
import { type Contract, EVERYTHING, type Feed, type Handlers, type Sources } from './define.ts'
import { type Downstream, Upstream } from './envelope.ts'

export type Fault = { readonly where: string; readonly cause: unknown }
export type ServeOptions = {
  readonly report: (fault: Fault) => void
  /** Runs what it is given a little later: changes of the same moment then travel together. */
  readonly soon: (run: () => void) => void
  /** Past this many unsent keys a slow window is sent a new snapshot instead. */
  readonly maxPending?: number
  /** Checks outputs against the contract too; on in development and tests. */
  readonly checkOutputs?: boolean
}

/** Changed keys a slow window may owe before it is given a fresh snapshot. */
const MAX_PENDING = 5_000
/** Patches in one batch: about 64 KB at 300 bytes each, so a frame is never spent on parsing. */
const MAX_BATCH = 200

/** Answers one window over one port until the port closes. */
export function serve<C extends Contract>(
  contract: C,
  port: Port,
  core: { readonly handlers: Handlers<C>; readonly sources: Sources<C> },
  options: ServeOptions,
): Unsubscribe {
  const watches = new Map<number, Watch>()
  const send = (message: Downstream) => port.send(message)

  async function call(id: number, name: string, rawInput: unknown) {
    const reply = (result: Extract<Downstream, { t: 'reply' }>['result']) => send({ t: 'reply', id, result })
    const def = Object.hasOwn(contract.commands, name) ? contract.commands[name] : undefined
    const input = def?.input.safeParse(rawInput)
    if (!def || !input?.success) {
      options.report({ where: `call ${name}`, cause: input?.error ?? 'unknown command' })
      return reply({ ok: false, error: 'rejected-input' })
    }
    try {
      const handler = core.handlers[name as keyof C['commands']] // own key of the contract, checked above
      const result = await handler(input.data as never) // parsed by this command's own schema
      if (options.checkOutputs && result.ok) def.output.parse(result.value)
      reply(result)
    } catch (cause) {
      // A throw is our bug, not the operator's: log all of it here, send none of it there.
      options.report({ where: `call ${name}`, cause })
      reply({ ok: false, error: 'internal' })
    }
  }

  function watch(id: number, name: string, rawInput: unknown) {
    watches.get(id)?.stop()
    watches.delete(id)
    const def = Object.hasOwn(contract.streams, name) ? contract.streams[name] : undefined
    const input = def?.input.safeParse(rawInput)
    if (!def || !input?.success) {
      options.report({ where: `watch ${name}`, cause: input?.error ?? 'unknown stream' })
      return send({ t: 'refused', id, error: 'rejected-input' })
    }
    const source = core.sources[name as keyof C['streams']] // own key of the contract, checked above
    const check = options.checkOutputs ? def : null
    const open = (changed: (key: string) => void) => source(input.data as never, changed) // parsed by this stream's own schema
    watches.set(id, new Watch(open, (message) => send({ ...message, id }), options, check))
  }

  function onMessage(raw: unknown) {
    const parsed = Upstream.safeParse(raw)
    if (!parsed.success) return options.report({ where: 'envelope', cause: parsed.error })
    const message = parsed.data
    switch (message.t) {
      case 'call':
        return void call(message.id, message.name, message.input)
      case 'watch':
        return watch(message.id, message.name, message.input)
      case 'unwatch':
        watches.get(message.id)?.stop()
        return void watches.delete(message.id)
      case 'ack':
        return watches.get(message.id)?.acked(message.seq)
      default:
        return assertNever(message)
    }
  }

  const stops = [port.onMessage(onMessage), port.onClose(stop)]
  function stop() {
    for (const off of stops) off()
    for (const watch of watches.values()) watch.stop()
    watches.clear()
  }
  send({ t: 'hello', version: contract.version })
  return stop
}

type WatchMessage = { t: 'snapshot'; seq: number; state: unknown } | { t: 'patches'; seq: number; patches: unknown[] }

/**
 * One window's view of one stream: a snapshot, then patches, with at most one batch in flight. While a batch is
 * unacknowledged only the *keys* that changed are kept, each once, and their values are read when the window is ready;
 * past the bound the keys are thrown away for a fresh snapshot. So memory is bounded and the window is stale, never wrong.
 */
class Watch {
  readonly #feed: Feed<unknown, unknown>
  readonly #send: (message: WatchMessage) => void
  readonly #options: ServeOptions
  readonly #check: Contract['streams'][string] | null
  #pending = new Set<string>()
  #seq = 0
  #awaitingAck = false
  #resync = true
  #scheduled = false
  #stopped = false

  constructor(
    open: (changed: (key: string) => void) => Feed<unknown, unknown>,
    send: (message: WatchMessage) => void,
    options: ServeOptions,
    check: Contract['streams'][string] | null,
  ) {
    this.#send = send
    this.#options = options
    this.#check = check
    this.#feed = open((key) => this.#changed(key))
    this.#flush()
  }

  stop() {
    this.#stopped = true
    this.#feed.stop()
  }

  acked(seq: number) {
    if (seq !== this.#seq) return
    this.#awaitingAck = false
    this.#flush()
  }

  #changed(key: string) {
    if (this.#resync) return
    this.#pending.add(key)
    if (key === EVERYTHING || this.#pending.size > (this.#options.maxPending ?? MAX_PENDING)) {
      this.#pending.clear()
      this.#resync = true
    }
    if (this.#scheduled || this.#awaitingAck) return
    this.#scheduled = true
    this.#options.soon(() => {
      this.#scheduled = false
      this.#flush()
    })
  }

  #flush() {
    if (this.#stopped || this.#awaitingAck) return
    if (this.#resync) {
      this.#resync = false
      const state = this.#feed.snapshot()
      this.#check?.snapshot.parse(state)
      this.#awaitingAck = true
      return this.#send({ t: 'snapshot', seq: ++this.#seq, state })
    }
    const patches = this.#take()
    if (patches.length === 0) return
    this.#awaitingAck = true
    this.#send({ t: 'patches', seq: ++this.#seq, patches })
  }

  #take(): unknown[] {
    const patches: unknown[] = []
    for (const key of this.#pending) {
      this.#pending.delete(key)
      const patch = this.#feed.patch(key)
      if (patch === null) continue
      this.#check?.patch.parse(patch)
      if (patches.push(patch) >= MAX_BATCH) break
    }
    return patches
  }
}
