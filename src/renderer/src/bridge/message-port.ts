import type { Port } from '../../../shared/port.ts'

/** The part of a browser's MessagePort used here. */
export type PortLike = Pick<MessagePort, 'postMessage' | 'close' | 'start' | 'addEventListener' | 'removeEventListener'>

/** Our port over a MessagePort. `close` fires when the other side went away, where the browser tells. */
export function messagePort(inner: PortLike): Port {
  let closed = false
  return {
    send: (message) => (closed ? undefined : inner.postMessage(message)),
    onMessage(listener) {
      const hear = (event: Event) => listener((event as MessageEvent<unknown>).data) // the 'message' event of a port is a MessageEvent
      inner.addEventListener('message', hear)
      inner.start()
      return () => inner.removeEventListener('message', hear)
    },
    onClose(listener) {
      const hear = () => {
        closed = true
        listener()
      }
      inner.addEventListener('close', hear)
      return () => inner.removeEventListener('close', hear)
    },
    close() {
      closed = true
      inner.close()
    },
  }
}
