import { BrowserWindow, givenOptions } from './browser-window.ts'
import { person } from './desktop.ts'
import { app } from './app.ts'
import { ipcMain } from './ipc-main.ts'
import { recorded } from './recorded.ts'

/** What a test in another process may ask of a running stand-in, over the channel it was spawned with. */
const does = {
  recorded,
  windows: () =>
    BrowserWindow.getAllWindows().map((window) => ({
      id: window.id,
      contents: window.webContents.id,
      url: window.webContents.getURL(),
      visible: window.isVisible(),
      minimized: window.isMinimized(),
      options: JSON.parse(JSON.stringify(givenOptions(window))) as unknown, // functions do not cross
    })),
  /** The renderer of the newest window dies. */
  crash: () => BrowserWindow.getAllWindows().at(-1)?.webContents.forcefullyCrashRenderer(),
  reload: () => BrowserWindow.getAllWindows().at(-1)?.webContents.reload(),
  minimize: () => BrowserWindow.getAllWindows().at(-1)?.minimize(),
  unresponsive: () => BrowserWindow.getAllWindows().at(-1)?.emit('unresponsive'),
  quit: () => app.quit(),
  /** A message to main as if from a frame of the newest window. */
  forge: (channel: string, frame: { url: string; parent: unknown } | null, contents: number, payload: unknown) =>
    ipcMain.emit(channel, { sender: { id: contents }, senderFrame: frame, ports: [] }, payload),
  certificateError: () => {
    let trusted: boolean | null = null
    let kept = false
    const event = { preventDefault: () => (kept = true) }
    const answer = (now: boolean) => (trusted = now)
    app.emit('certificate-error', event, {}, 'https://elsewhere.invalid/', 'net::ERR_CERT_INVALID', {}, answer)
    return { kept, trusted }
  },
  webview: () => {
    let kept = false
    const event = { preventDefault: () => (kept = true) }
    BrowserWindow.getAllWindows().at(-1)?.webContents.emit('will-attach-webview', event, {}, {})
    return kept
  },
  ...person,
}

export type Does = typeof does
type Asked = { readonly id: number; readonly do: keyof Does; readonly with: readonly unknown[] }

export function listenForTests() {
  if (process.send === undefined) return
  process.on('message', (message) => {
    const asked = message as Asked // only our own driver holds the other end
    const act = does[asked.do] as (...given: readonly unknown[]) => unknown // typed on the driver's side by `Does`
    process.send?.({ id: asked.id, answer: act(...asked.with) ?? null })
  })
  process.channel?.unref()
}
