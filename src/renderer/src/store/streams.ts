import { createStore, type StoreApi } from 'zustand/vanilla'
import type { z } from 'zod'
import type { AppContract } from '../../../shared/contract.ts'
import type { Client } from '../../../shared/rpc/define.ts'
import { applyPatches } from './apply-patches.ts'
import { isFrozen, openedWhileFrozen, useDrawing, useFreeze } from './freeze.ts'
import type { CoreLink } from './link-to-core.ts'

export type StreamName = keyof AppContract['streams'] & string
export type StreamInput<S extends StreamName> = z.output<AppContract['streams'][S]['input']>
export type StreamValue<S extends StreamName> = z.output<AppContract['streams'][S]['snapshot']>
export type StreamPatch<S extends StreamName> = z.output<AppContract['streams'][S]['patch']>

/** What a view knows of one stream. After the host went away the last value stays, and `fresh` turns false. */
export type StreamState<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'refused'; readonly error: string }
  | { readonly is: 'ready'; readonly value: T; readonly fresh: boolean }

/** A stream nobody looks at is let go after this long, ms: moving between screens does not read it again. */
const LINGER_MS = 5_000

export type Streams = {
  readonly store: <S extends StreamName>(name: S, input: StreamInput<S>) => StoreApi<StreamState<StreamValue<S>>>
  /** Keeps the stream watched until the returned function is called. */
  readonly hold: <S extends StreamName>(name: S, input: StreamInput<S>) => () => void
  readonly stop: () => void
}

/** What a frozen screen does not hold: who is signed in, how the link is and what one did oneself are never of yesterday. */
const NEVER_HELD: ReadonlySet<StreamName> = new Set([
  'host',
  'session',
  'link',
  'outbox',
  'doctor',
  'evidence',
  'incidents',
  'shift',
  'alerts',
  'zone',
  'keeping',
  'replay',
  'marks',
  'pulse',
  'calls',
  'bulk',
  'views',
])

type Entry = {
  /** The newest value, where a frozen screen shows an older one. */
  held: StreamState<unknown> | null
  readonly store: StoreApi<StreamState<unknown>>
  readonly watch: (client: Client<AppContract>) => () => void
  holders: number
  unwatch: (() => void) | null
  lingering: ReturnType<typeof setTimeout> | undefined
}

/** All figures of one moment are held together, with the time they are of. */
const isHeld = (name: StreamName): boolean =>
  useDrawing.getState().rests ? name !== 'host' && name !== 'session' : isFrozen() && !NEVER_HELD.has(name)

function makeEntry<S extends StreamName>(name: S, input: StreamInput<S>): Entry {
  const store = createStore<StreamState<unknown>>(() => ({ is: 'loading' }))
  function show(state: StreamState<unknown>) {
    entry.held = null
    store.setState(state, true)
  }
  const newest = () => entry.held ?? store.getState()
  function set(state: StreamState<unknown>) {
    if (!isHeld(name)) return show(state)
    if (store.getState().is === 'ready') {
      entry.held = state
      return
    }
    openedWhileFrozen()
    show(state)
  }
  const watch = (client: Client<AppContract>) =>
    client.watch(name, input, {
      onSnapshot: (value) => set({ is: 'ready', value, fresh: true }),
      onPatches: (patches) => {
        const before = newest()
        if (before.is !== 'ready') return
        const value = applyPatches(name, before.value as StreamValue<S>, patches) // this entry only ever holds this stream's value
        set({ is: 'ready', value, fresh: true })
      },
      onRefused: (error) => set({ is: 'refused', error }),
    })
  const entry: Entry = { store, watch, held: null, holders: 0, unwatch: null, lingering: undefined }
  return entry
}

/** The newest of everything at once; what came in between has been applied to it. */
function showNewest(entries: Iterable<Entry>) {
  for (const entry of entries) {
    if (entry.held) entry.store.setState(entry.held, true)
    entry.held = null
  }
}

/** Calls when what was held may be shown; gives the stops. */
const followHolding = (show: () => void): readonly (() => void)[] => [
  useFreeze.subscribe(({ since }) => since === null && show()),
  useDrawing.subscribe(({ rests }) => !rests && !isFrozen() && show()),
]

/**
 * One store a stream and input, watched while a view holds it. Owns the watches, never the port; each new client of
 * the link is asked for everything that is held.
 */
export function createStreams(link: CoreLink): Streams {
  const entries = new Map<string, Entry>()

  function entryOf<S extends StreamName>(name: S, input: StreamInput<S>): Entry {
    const key = `${name} ${JSON.stringify(input)}`
    const known = entries.get(key) ?? makeEntry(name, input)
    entries.set(key, known)
    return known
  }

  function forget(entry: Entry) {
    entry.unwatch?.()
    entry.unwatch = null
    for (const [key, each] of entries) if (each === entry) entries.delete(key)
  }

  function onClient(client: Client<AppContract> | null) {
    for (const entry of entries.values()) {
      const state = entry.store.getState()
      if (!client && state.is === 'ready') entry.store.setState({ ...state, fresh: false }, true)
      if (!client && entry.held?.is === 'ready') entry.held = { ...entry.held, fresh: false }
      entry.unwatch = client ? entry.watch(client) : null
    }
  }
  const stops = followHolding(() => showNewest(entries.values()))
  const stopListening = link.client.subscribe((state) => onClient(state.current))

  return {
    store<S extends StreamName>(name: S, input: StreamInput<S>) {
      return entryOf(name, input).store as StoreApi<StreamState<StreamValue<S>>> // made with this very name, so it holds that shape
    },
    hold(name, input) {
      const entry = entryOf(name, input)
      clearTimeout(entry.lingering)
      entry.holders++
      const client = link.client.getState().current
      if (!entry.unwatch && client) entry.unwatch = entry.watch(client)
      return () => {
        if (--entry.holders === 0) entry.lingering = setTimeout(() => forget(entry), LINGER_MS)
      }
    },
    stop() {
      stopListening()
      for (const stop of stops) stop()
      for (const entry of entries.values()) {
        clearTimeout(entry.lingering)
        entry.unwatch?.()
      }
      entries.clear()
    },
  }
}
