import type { Port } from '../../../shared/port.ts'

/** Two ends of one pipe inside the page. Messages are cloned and come a moment later, as over a real port. */
export function portPair(): readonly [Port, Port] {
  const listeners = [new Set<(message: unknown) => void>(), new Set<(message: unknown) => void>()] as const
  const closes = [new Set<() => void>(), new Set<() => void>()] as const
  let open = true
  const end = (own: 0 | 1, other: 0 | 1): Port => ({
    send(message) {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => {
        if (open) for (const tell of [...listeners[other]]) tell(copy)
      })
    },
    onMessage(listener) {
      listeners[own].add(listener)
      return () => void listeners[own].delete(listener)
    },
    onClose(listener) {
      closes[own].add(listener)
      return () => void closes[own].delete(listener)
    },
    close() {
      if (!open) return
      open = false
      for (const tell of [...closes[0], ...closes[1]]) tell()
    },
  })
  return [end(0, 1), end(1, 0)]
}
