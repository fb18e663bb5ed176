import { type BrowserWindow, type IpcMainEvent, ipcMain, MessageChannelMain } from 'electron'
import { z } from 'zod'
import type { Log } from '../../core/ports.ts'
import { PORT_GIVE, PORT_REQUEST } from '../../shared/handover.ts'
import type { Port, Unsubscribe } from '../../shared/port.ts'
import { electronPort } from './electron-port.ts'
import { senderRefusal } from './sender.ts'

/**
 * Hands each window one port a load, and owns those ports until the load ends. A load ends when the page is loaded
 * anew, its renderer dies or the window closes; its port is closed then. It never hands out a second port in a
 * load that has used its first, and answers nobody who is not the main frame of a window added here, showing our page.
 */

/** Answers one window over its port until told to stop, or until the port closes. */
export type ServeWindow = (port: Port) => Unsubscribe

export type PortDesk = {
  /** Makes this window one that may ask. */
  add(window: BrowserWindow): void
  stop: Unsubscribe
}

type Load = { readonly nonce: string; readonly used: () => boolean; readonly end: Unsubscribe }

const Request = z.strictObject({ nonce: z.string().min(16).max(64) })

export function openPortDesk(serve: ServeWindow, log: Log): PortDesk {
  const windows = new Map<number, { readonly window: BrowserWindow; load: Load | null; refused: number }>()

  function onRequest(event: IpcMainEvent, payload: unknown) {
    const known = windows.get(event.sender.id)
    const why = senderRefusal(event, (id) => windows.has(id))
    if (why !== null || known === undefined) {
      return log.warn('port.refused', { why: why ?? 'not-our-window', contents: event.sender.id })
    }
    const request = Request.safeParse(payload)
    if (!request.success) return log.warn('port.refused', { why: 'not-a-request', contents: event.sender.id })
    // A port nothing came over was not taken: the page gave up waiting for it and asks under a new nonce.
    const untaken = known.load !== null && known.load.nonce !== request.data.nonce && !known.load.used()
    if (untaken) known.load?.end()
    if (known.load === null || untaken) {
      known.load = give(known.window, request.data.nonce, serve)
      return log.info('port.given', { contents: event.sender.id })
    }
    // The page repeats its question until it is answered: the same nonce again is only impatience.
    if (known.load.nonce === request.data.nonce) return
    known.refused += 1
    if (known.refused === 1) log.warn('port.refused', { why: 'given-already', contents: event.sender.id })
  }

  function endLoad(id: number) {
    const known = windows.get(id)
    if (known === undefined) return
    if (known.refused > 1) log.warn('port.refused.more', { contents: id, times: known.refused })
    known.load?.end()
    known.load = null
    known.refused = 0
  }

  ipcMain.on(PORT_REQUEST, onRequest)
  return {
    add(window) {
      const contents = window.webContents
      const id = contents.id // cannot be asked for once the window is gone
      windows.set(id, { window, load: null, refused: 0 })
      contents.on('did-navigate', () => endLoad(id))
      contents.on('render-process-gone', () => endLoad(id))
      window.once('closed', () => {
        endLoad(id)
        windows.delete(id)
      })
    },
    stop() {
      ipcMain.off(PORT_REQUEST, onRequest)
      for (const id of windows.keys()) endLoad(id)
      windows.clear()
    },
  }
}

function give(window: BrowserWindow, nonce: string, serve: ServeWindow): Load {
  const { port1, port2 } = new MessageChannelMain()
  window.webContents.postMessage(PORT_GIVE, { nonce }, [port2])
  const port = electronPort(port1)
  const stop = serve(port)
  let used = false
  port.onMessage(() => {
    used = true
  })
  return {
    nonce,
    used: () => used,
    end: () => {
      port.close()
      stop()
    },
  }
}
