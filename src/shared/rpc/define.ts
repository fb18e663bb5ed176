import type { z } from 'zod'
import type { Unsubscribe } from '../port.ts'
import type { Result } from '../result.ts'

type CommandDef = { readonly input: z.ZodType; readonly output: z.ZodType; readonly errors: readonly string[] }
type StreamDef = { readonly input: z.ZodType; readonly snapshot: z.ZodType; readonly patch: z.ZodType }
export type Contract = {
  readonly version: number
  readonly commands: Readonly<Record<string, CommandDef>>
  readonly streams: Readonly<Record<string, StreamDef>>
}

/** Identity at run time; at compile time it keeps every literal so both sides can be checked against it. */
export const defineContract = <const C extends Contract>(contract: C): C => contract

type ErrorOf<D extends CommandDef> = D['errors'][number]

/** What the core must provide: one function per command, no more and no fewer. */
export type Handlers<C extends Contract> = {
  readonly [K in keyof C['commands']]: (
    input: z.output<C['commands'][K]['input']>,
  ) => Promise<Result<z.output<C['commands'][K]['output']>, ErrorOf<C['commands'][K]>>>
}

/** One window's view of one stream, held open by the core. */
export type Feed<Snapshot, Patch> = {
  /** The whole state now. */
  snapshot(): Snapshot
  /** What is now to be said about this key; null when there is nothing left to say. Read at send time, so a slow window gets the latest value once. */
  patch(key: string): Patch | null
  stop: Unsubscribe
}
/** Given to `changed`, says that everything is different: the window gets a fresh snapshot. */
export const EVERYTHING = '*'

/** Opens a feed. `changed(key)` says that the part of the state named by `key` is no longer what the window was told. */
export type Source<Input, Snapshot, Patch> = (input: Input, changed: (key: string) => void) => Feed<Snapshot, Patch>

export type Sources<C extends Contract> = {
  readonly [S in keyof C['streams']]: Source<
    z.output<C['streams'][S]['input']>,
    z.output<C['streams'][S]['snapshot']>,
    z.output<C['streams'][S]['patch']>
  >
}

/**
 * Failures every call can meet, whatever its own list says. `in-replay`: the window looks at a recording, where nothing can be
 * done; `in-safe-mode`: nor can it there.
 */
export type TransportError = 'rejected-input' | 'internal' | 'disconnected' | 'in-replay' | 'in-safe-mode'

export type Sink<Snapshot, Patch> = {
  /** Replaces everything known so far. First message, and again after any gap. */
  onSnapshot(state: Snapshot): void
  onPatches(patches: readonly Patch[]): void
  /** The core does not serve this stream, or not with this input. Nothing more will come. */
  onRefused?(error: string): void
}

export type Client<C extends Contract> = {
  call<K extends keyof C['commands'] & string>(
    name: K,
    input: z.output<C['commands'][K]['input']>,
  ): Promise<Result<z.output<C['commands'][K]['output']>, ErrorOf<C['commands'][K]> | TransportError>>
  watch<S extends keyof C['streams'] & string>(
    name: S,
    input: z.output<C['streams'][S]['input']>,
    sink: Sink<z.output<C['streams'][S]['snapshot']>, z.output<C['streams'][S]['patch']>>,
  ): Unsubscribe
}
