import { createStore, type StoreApi } from 'zustand/vanilla'
import { type AppContract, contract } from '../../../shared/contract.ts'
import type { Port } from '../../../shared/port.ts'
import { connect } from '../../../shared/rpc/connect.ts'
import type { Client } from '../../../shared/rpc/define.ts'
import { afterRender, pageClock } from './after-render.ts'

/** First and longest wait before the page looks for its host again, ms: on this very machine, where a look costs nothing. */
const FIRST_RETRY_MS = 150
const LONGEST_RETRY_MS = 250

/** The host is there and turns this page away: it was started anew and knows nobody yet. */
export class HostRefusal extends Error {}

/** `away`: the console's own host on this machine cannot be reached. `mismatch`: it is of another version than this page. */
export type HostPresence =
  | { readonly is: 'opening'; readonly since: number }
  | { readonly is: 'here' }
  | { readonly is: 'away'; readonly since: number; readonly refused: boolean }
  | { readonly is: 'mismatch'; readonly theirs: number }

export type CoreLink = {
  readonly presence: StoreApi<HostPresence>
  /** The client of the port that is open now; null while there is none. */
  readonly client: StoreApi<{ readonly current: Client<AppContract> | null }>
  readonly stop: () => void
}

/**
 * Owns the page's port for as long as the page lives: opens it, hands out its client, and when the host goes away looks
 * for it again, for ever. It keeps no data: stores watch anew on each client and get a fresh snapshot.
 */
export function linkToCore(open: () => Promise<Port>, now: () => number = Date.now): CoreLink {
  const presence = createStore<HostPresence>(() => ({ is: 'opening', since: now() }))
  const client = createStore<{ current: Client<AppContract> | null }>(() => ({ current: null }))
  let stopped = false
  let wait = FIRST_RETRY_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let port: Port | null = null

  const set = (next: HostPresence) => presence.setState(next, true)
  function away(cause?: unknown) {
    port = null
    client.setState({ current: null })
    if (stopped || presence.getState().is === 'mismatch') return
    const before = presence.getState()
    set({ is: 'away', since: before.is === 'away' ? before.since : now(), refused: cause instanceof HostRefusal })
    timer = setTimeout(attempt, wait)
    wait = Math.min(wait * 2, LONGEST_RETRY_MS)
  }
  function attempt() {
    open().then(here, away)
  }
  function here(opened: Port) {
    if (stopped) return opened.close()
    port = opened
    wait = FIRST_RETRY_MS
    const current = connect(contract, opened, {
      afterRender: afterRender(pageClock),
      onVersionMismatch: (theirs) => set({ is: 'mismatch', theirs }),
      onClose: () => away(),
    })
    if (presence.getState().is !== 'mismatch') set({ is: 'here' })
    client.setState({ current })
  }
  attempt()
  return {
    presence,
    client,
    stop() {
      stopped = true
      clearTimeout(timer)
      port?.close()
    },
  }
}
