import type { Port, Unsubscribe } from '../../../shared/port.ts'

/** A port over a WebSocket that carries one JSON message a frame. Resolves when open, rejects when it cannot be opened. */
export function openSocketPort(
  url: string,
  make: (url: string) => WebSocket = (at) => new WebSocket(at),
): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = make(url)
    const messages = new Set<(message: unknown) => void>()
    const closes = new Set<() => void>()
    let open = false
    const early: unknown[] = []
    socket.addEventListener('open', () => {
      open = true
      resolve(port)
    })
    socket.addEventListener('close', (event) => {
      if (!open) return reject(new Error(`socket closed before it opened (${event.code})`))
      for (const tell of [...closes]) tell()
    })
    socket.addEventListener('message', (event) => {
      const message = parse(event.data)
      if (message === undefined) return
      // The host speaks first; what it says before anyone listens is kept for the first listener.
      if (messages.size === 0) return void early.push(message)
      for (const tell of [...messages]) tell(message)
    })
    const port: Port = {
      send: (message) => (socket.readyState === socket.OPEN ? socket.send(JSON.stringify(message)) : undefined),
      onMessage(listener) {
        messages.add(listener)
        for (const message of early.splice(0)) listener(message)
        return removal(messages, listener)
      },
      onClose(listener) {
        closes.add(listener)
        return removal(closes, listener)
      },
      close: () => socket.close(),
    }
  })
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

function removal<T>(set: Set<T>, item: T): Unsubscribe {
  return () => void set.delete(item)
}
