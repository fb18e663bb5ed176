import type { Port } from '../../src/shared/port.ts'

type End = {
  readonly messages: Set<(message: unknown) => void>
  readonly closes: Set<() => void>
  readonly early: unknown[]
  open: boolean
}
export type PortPairOptions = {
  /** Runs a delivery later; deliveries of one direction stay in order. A microtask by default. */
  readonly later?: (deliver: () => void) => void
  /** Every message that crosses, as it arrives. */
  readonly onMessage?: (from: 'first' | 'second', message: unknown) => void
}

/** Two joined ends. Each message is cloned as Electron would, so a test cannot pass by sharing an object. */
export function memoryPortPair(options: PortPairOptions = {}): [Port, Port] {
  const later = options.later ?? queueMicrotask
  const first = makeEnd()
  const second = makeEnd()
  return [
    portOf(first, second, later, (message) => options.onMessage?.('first', message)),
    portOf(second, first, later, (message) => options.onMessage?.('second', message)),
  ]
}

const makeEnd = (): End => ({ messages: new Set(), closes: new Set(), early: [], open: true })

function portOf(
  mine: End,
  theirs: End,
  later: (deliver: () => void) => void,
  crossed: (message: unknown) => void,
): Port {
  return {
    send(message) {
      if (!mine.open) return
      const copy: unknown = structuredClone(message)
      crossed(copy)
      later(() => {
        if (!theirs.open) return
        if (theirs.messages.size === 0) theirs.early.push(copy)
        else for (const listener of theirs.messages) listener(copy)
      })
    },
    onMessage(listener) {
      mine.messages.add(listener)
      for (const message of mine.early.splice(0)) listener(message)
      return () => void mine.messages.delete(listener)
    },
    onClose(listener) {
      mine.closes.add(listener)
      return () => void mine.closes.delete(listener)
    },
    close() {
      for (const end of [mine, theirs]) {
        if (!end.open) continue
        end.open = false
        for (const listener of [...end.closes]) listener()
      }
    },
  }
}
