import { net, powerMonitor } from 'electron'
import type { Power } from '../../core/ports.ts'
import type { Unsubscribe } from '../../shared/port.ts'

/**
 * The machine's sleep, waking and network, as Electron tells them. Owns one timer and the listeners on the power
 * monitor until stopped; never guesses why the network went.
 */

/** Electron has no event for the network in the main process, so it is looked at this often, ms. */
export const NETWORK_LOOK_MS = 2_000

export function watchPower(): { readonly power: Power; readonly stop: Unsubscribe } {
  const suspend = new Set<() => void>()
  const resume = new Set<() => void>()
  const network = new Set<(up: boolean) => void>()
  const onSuspend = () => tell(suspend)
  // Some desktops report only the unlocking; a resume told twice does no harm: the link looks at itself once more.
  const onResume = () => tell(resume)
  let up = net.isOnline()
  const look = setInterval(() => {
    const now = net.isOnline()
    if (now === up) return
    up = now
    for (const listener of [...network]) listener(now)
  }, NETWORK_LOOK_MS)
  powerMonitor.on('suspend', onSuspend)
  powerMonitor.on('resume', onResume)
  powerMonitor.on('unlock-screen', onResume)
  return {
    power: {
      onSuspend: (listener) => listen(suspend, listener),
      onResume: (listener) => listen(resume, listener),
      onNetwork: (listener) => listen(network, listener),
    },
    stop() {
      clearInterval(look)
      powerMonitor.off('suspend', onSuspend)
      powerMonitor.off('resume', onResume)
      powerMonitor.off('unlock-screen', onResume)
      for (const listeners of [suspend, resume, network]) listeners.clear()
    },
  }
}

function tell(listeners: ReadonlySet<() => void>) {
  for (const listener of [...listeners]) listener()
}

function listen<L>(listeners: Set<L>, listener: L): Unsubscribe {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
