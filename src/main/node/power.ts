import { networkInterfaces } from 'node:os'
import type { Power } from '../../core/ports.ts'

/** How often the list of network addresses is looked at: it costs microseconds, and a person waits for the answer. */
const LOOK_MS = 2_000

/**
 * The network as plain Node can see it: the machine's own addresses, looked at every two seconds. It owns that timer
 * and nothing else. Sleep and wake cannot be seen from here; the core's own clock watch covers them.
 */
export function watchNetwork(
  addresses: () => string = ownAddresses,
  lookMs = LOOK_MS,
): { readonly power: Power; stop(): void } {
  const listeners = new Set<(up: boolean) => void>()
  let known = addresses()
  const timer = setInterval(() => {
    const now = addresses()
    if (now === known) return
    known = now
    for (const listener of listeners) listener(now !== '')
  }, lookMs)
  // Watching the network is no reason to stay alive.
  timer.unref()
  return {
    power: {
      onSuspend: () => () => {},
      onResume: () => () => {},
      onNetwork: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    stop: () => {
      clearInterval(timer)
      listeners.clear()
    },
  }
}

/** Every address by which others could reach this machine, as one text; empty when there is none. */
function ownAddresses(): string {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => !one.internal && !one.address.startsWith('fe80'))
    .map((one) => one.cidr ?? one.address)
    .sort()
    .join(' ')
}
