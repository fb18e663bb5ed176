import type { Unsubscribe } from '../../shared/port.ts'
import { EVERYTHING, type Feed, type Source } from '../../shared/rpc/define.ts'

/** Something that is replaced as a whole: the open book, the running core. */
export type Current<T> = { now(): T; onReplaced(listener: () => void): Unsubscribe }

/** A source over whatever is current: when that is replaced, the window gets a fresh snapshot of the new one. */
export const relay =
  <T, Input, Snapshot, Patch>(
    current: Current<T>,
    pick: (now: T) => Source<Input, Snapshot, Patch>,
  ): Source<Input, Snapshot, Patch> =>
  (input, changed) => {
    let feed: Feed<Snapshot, Patch> = pick(current.now())(input, changed)
    const off = current.onReplaced(() => {
      feed.stop()
      feed = pick(current.now())(input, changed)
      changed(EVERYTHING)
    })
    return {
      snapshot: () => feed.snapshot(),
      patch: (key) => feed.patch(key),
      stop: () => {
        off()
        feed.stop()
      },
    }
  }

/** A source that never changes: what is shown while nothing is open. */
export const still =
  <State, Patch>(state: State): Source<unknown, State, Patch> =>
  () => ({ snapshot: () => state, patch: () => null, stop: () => {} })

/** Holds what is current and tells when it was replaced. */
export function replaceable<T>(first: T): Current<T> & { replace(next: T): void } {
  let value = first
  const listeners = new Set<() => void>()
  return {
    now: () => value,
    onReplaced(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    replace(next) {
      value = next
      for (const listener of listeners) listener()
    },
  }
}
