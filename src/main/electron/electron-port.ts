import type { MessageEvent, MessagePortMain } from 'electron'
import type { Port } from '../../shared/port.ts'

/**
 * One end of an Electron message channel as our Port. Messages that come before anyone listens wait in the channel.
 * `close` tells listeners on both sides, once; what is sent afterwards goes nowhere.
 */
export function electronPort(channel: MessagePortMain): Port {
  const closers = new Set<() => void>()
  let open = true
  let started = false
  const closed = () => {
    if (!open) return
    open = false
    for (const tell of [...closers]) tell()
    closers.clear()
  }
  channel.on('close', closed)
  return {
    send: (message) => {
      if (open) channel.postMessage(message)
    },
    onMessage: (listener) => {
      const heard = (event: MessageEvent) => {
        if (open) listener(event.data)
      }
      channel.on('message', heard)
      if (!started) channel.start()
      started = true
      return () => void channel.off('message', heard)
    },
    onClose: (listener) => {
      closers.add(listener)
      return () => void closers.delete(listener)
    },
    close: () => {
      channel.close()
      closed()
    },
  }
}
