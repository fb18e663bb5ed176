import { create } from 'zustand'
import { useValue } from './core-context.tsx'

/** Signing out, or using another server. */
export type WayOut = 'sign-out' | 'server'

type Asked = { readonly way: WayOut; readonly go: () => void }

/** What is asked about now; null: nothing. */
export const useLeaving = create<{ asked: Asked | null }>()(() => ({ asked: null }))

/** Actions the server has not got: this user's before they sign out, everybody's before another server is used. */
export function useUnsent(way: WayOut) {
  const outbox = useValue('outbox')
  if (!outbox) return { count: 0, oldestAt: null, ofOthers: 0 }
  const { leaving, waiting, oldestAt } = outbox
  if (way === 'server') return { count: waiting, oldestAt, ofOthers: 0 }
  return { count: leaving.unsent, oldestAt: leaving.oldestAt, ofOthers: leaving.ofOthers }
}

/** Goes on at once where nothing waits, else only when the operator has been told and wants to all the same. */
export function useLeave(way: WayOut): (go: () => void) => void {
  const { count } = useUnsent(way)
  return (go) => {
    if (count === 0) return go()
    useLeaving.setState({ asked: { way, go } })
  }
}
