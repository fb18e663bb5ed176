import { WebSocket } from 'ws'
import type { Port, Unsubscribe } from '../../shared/port.ts'

/** A window that leaves this much unread has stopped reading: it is cut off and comes back with a fresh snapshot. Bytes. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024
/** Messages kept for a listener that is not there yet; a peer that sends more first is not our page. */
const MAX_EARLY = 64

/** Close codes of this socket (the range 4000-4999 is free for programs). */
export const PORT_CLOSE = { NOT_JSON: 4400, TOO_SLOW: 4408, TOO_EARLY: 4413 } as const

export type SocketPortOptions = { readonly maxBufferedBytes?: number; readonly onSlow?: () => void }

/** A WebSocket as a port: one JSON text a message. It owns the socket; what is not JSON ends it. */
export function socketPort(socket: WebSocket, options: SocketPortOptions = {}): Port {
  const maxBuffered = options.maxBufferedBytes ?? MAX_BUFFERED_BYTES
  const messageListeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<() => void>()
  const early: unknown[] = []
  let closed = false

  function end(code: number, reason: string) {
    socket.close(code, reason)
    // A peer that does not read cannot hear the goodbye either.
    if (socket.bufferedAmount > 0) socket.terminate()
  }
  function onMessage(data: unknown, isBinary: boolean) {
    if (closed || socket.readyState !== WebSocket.OPEN) return
    const message = isBinary ? NOT_JSON : parse(String(data))
    if (message === NOT_JSON) return end(PORT_CLOSE.NOT_JSON, 'one JSON text a message')
    if (messageListeners.size > 0) return messageListeners.forEach((listener) => listener(message))
    if (early.push(message) > MAX_EARLY) end(PORT_CLOSE.TOO_EARLY, 'nobody listens yet')
  }
  function onClosed() {
    if (closed) return
    closed = true
    early.length = 0
    for (const listener of [...closeListeners]) listener()
    messageListeners.clear()
    closeListeners.clear()
  }
  socket.on('message', onMessage)
  socket.on('close', onClosed)
  // Followed by `close` always; there is nothing to add to it.
  socket.on('error', () => {})

  return {
    send: (message) => {
      if (closed || socket.readyState !== WebSocket.OPEN) return
      if (socket.bufferedAmount > maxBuffered) {
        options.onSlow?.()
        return end(PORT_CLOSE.TOO_SLOW, 'too slow')
      }
      socket.send(JSON.stringify(message))
    },
    onMessage: (listener) => {
      messageListeners.add(listener)
      for (const message of early.splice(0)) listener(message)
      return () => void messageListeners.delete(listener)
    },
    onClose: (listener): Unsubscribe => {
      closeListeners.add(listener)
      return () => void closeListeners.delete(listener)
    },
    close: () => socket.close(1000),
  }
}

const NOT_JSON = Symbol('not JSON')

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return NOT_JSON
  }
}
