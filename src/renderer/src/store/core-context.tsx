import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { AppContract } from '../../../shared/contract.ts'
import type { Client } from '../../../shared/rpc/define.ts'
import type { CoreLink, HostPresence } from './link-to-core.ts'
import type { StreamInput, StreamName, StreamState, Streams, StreamValue } from './streams.ts'

type Core = { readonly link: CoreLink; readonly streams: Streams }
const CoreContext = createContext<Core | null>(null)

export function CoreProvider({ core, children }: { readonly core: Core; readonly children: ReactNode }) {
  return <CoreContext.Provider value={core}>{children}</CoreContext.Provider>
}

function useCore(): Core {
  const core = useContext(CoreContext)
  if (!core) throw new Error('a view is drawn outside CoreProvider')
  return core
}

export const useHostPresence = (): HostPresence => useStore(useCore().link.presence)

type PlainStream = { [S in StreamName]: StreamInput<S> extends null ? S : never }[StreamName]

/** Watches a stream while the view is on the page. */
export function useStream<S extends PlainStream>(name: S): StreamState<StreamValue<S>>
export function useStream<S extends StreamName>(name: S, input: StreamInput<S>): StreamState<StreamValue<S>>
export function useStream<S extends StreamName>(name: S, input?: StreamInput<S>): StreamState<StreamValue<S>> {
  const { streams } = useCore()
  const asked = (input ?? null) as StreamInput<S> // the overloads allow leaving out the input only where it is null
  const key = JSON.stringify(asked)
  useEffect(() => streams.hold(name, JSON.parse(key) as StreamInput<S>), [streams, name, key]) // parsed back from the very input
  return useStore(streams.store(name, asked))
}

/** The value of a stream, or null while it has not come. */
export function useValue<S extends PlainStream>(name: S): StreamValue<S> | null {
  const state = useStream(name) as StreamState<StreamValue<S>> // the same name, narrowed back
  return state.is === 'ready' ? state.value : null
}

/**
 * A part of a stream's value, or null while it has not come. What is `same` as before stays the very same object, and the view
 * is not drawn again.
 */
export function useSelected<S extends PlainStream, T>(
  name: S,
  select: (value: StreamValue<S>) => T,
  same: (before: T, after: T) => boolean,
): T | null {
  const { streams } = useCore()
  const nothing = null as StreamInput<S> // a plain stream's input
  useEffect(() => streams.hold(name, nothing), [streams, name, nothing])
  const last = useRef<{ readonly part: T } | null>(null)
  return useStore(streams.store(name, nothing), (state) => {
    if (state.is !== 'ready') return null
    const part = select(state.value)
    if (last.current === null || !same(last.current.part, part)) last.current = { part }
    return last.current.part
  })
}

export type Call = Client<AppContract>['call']

/** Sends a command; answers `disconnected` while the host is away. */
export function useCall(): Call {
  const { link } = useCore()
  return useCallback<Call>(
    (name, input) => {
      const client = link.client.getState().current
      if (!client) return Promise.resolve({ ok: false, error: 'disconnected' })
      return client.call(name, input)
    },
    [link],
  )
}
