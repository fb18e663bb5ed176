import type { makeCodec } from './codec.ts'
import type { FromWorld, ToWorld } from './wire.ts'

// The little of the browser this room uses, so that the compiler keeps the rest of it away from the tests of main.
type PagePort = {
  postMessage(message: unknown): void
  close(): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  start(): void
}
declare const window: { readonly top: unknown }
declare const MessageChannel: new () => { readonly port1: PagePort; readonly port2: PagePort }

/** What the world calls to reach Node, and what Node calls to reach the world. Seen by the preload's world only. */
export const SEND_BINDING = '__standInSend'
export const DELIVER = '__standInDeliver'
/** The name Electron gives the world its preloads run in. */
export const WORLD = 'Electron Isolated Context'

/**
 * Runs inside Chromium, in the preload's world, before any script of the page: gives the preload `require('electron')`
 * with `ipcRenderer`, and turns ports that come with a message into real ones. Sent as source: it uses nothing from
 * outside itself.
 */
export function isolatedWorld(codecOf: typeof makeCodec, source: string, path: string, binding: string, entry: string) {
  if (window !== window.top) return // as in Electron: a preload runs in the main frame only
  type Listener = (event: unknown, ...args: readonly unknown[]) => void
  const { encode, decode } = codecOf()
  const globals = globalThis as unknown as Record<string, (text: string) => void> // the binding is put there by the browser
  const post = globals[binding]
  const send = (message: FromWorld) => post?.(encode(message))
  const listeners = new Map<string, Set<Listener>>()
  const ports = new Map<number, PagePort>()

  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => send({ t: 'send', channel, args }),
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      return ipcRenderer
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
  }

  const openPort = (id: number) => {
    const { port1, port2 } = new MessageChannel()
    ports.set(id, port2)
    port2.addEventListener('message', (event) => send({ t: 'port', id, data: event.data }))
    port2.start()
    return port1
  }

  globals[entry] = (text) => {
    const message = decode(text) as ToWorld // encoded by our own other side
    switch (message.t) {
      case 'event': {
        const event = { sender: ipcRenderer, ports: message.ports.map(openPort) }
        for (const listener of [...(listeners.get(message.channel) ?? [])]) listener(event, ...message.args)
        return
      }
      case 'port':
        return ports.get(message.id)?.postMessage(message.data)
      case 'port-close':
        ports.get(message.id)?.close()
        return void ports.delete(message.id)
    }
  }

  const loud = (name: string, whole: object) =>
    new Proxy(whole, {
      get(target, key) {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key)
        throw new Error(`${name}.${key} is not implemented in the stand-in`)
      },
    })
  const electron = loud('electron', { ipcRenderer: loud('ipcRenderer', ipcRenderer) })
  const require = (id: string) => {
    if (id === 'electron' || id === 'electron/renderer') return electron
    throw new Error(`module not found: ${id}`)
  }
  try {
    const module = { exports: {} }
    new Function('require', 'module', 'exports', `${source}\n//# sourceURL=${path}`)(require, module, module.exports)
  } catch (cause) {
    send({ t: 'preload-error', message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  }
}
