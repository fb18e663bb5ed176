import { resolve } from 'node:path'
import { app, BrowserWindow, dialog, session } from 'electron'
import type { Log, Power } from '../../core/ports.ts'
import type { HostInfo } from '../../shared/view/host.ts'
import { readFlags, wordsAfterApp } from './flags.ts'
import { guardApp, guardSession } from './guards.ts'
import { setMenu } from './menu.ts'
import { desktopNotes, type Notify } from './notify.ts'
import { watchPower } from './power.ts'
import { registerScheme, serveFiles } from './protocol.ts'
import { type DeskTray, openTray, type TraySign } from './tray.ts'
import { openWindow } from './window.ts'
import { openPortDesk, type ServeWindow } from './window-port.ts'

/**
 * The life of the Electron shell: one instance to a data folder, the core before the first window, windows that come
 * and go, and at the end the core stopped before the process goes. It decides nothing about elections or links.
 */

/** What the shell gives the console it carries. */
export type ShellGiven = {
  readonly info: HostInfo
  readonly power: Power
  /** The words of the command line after the program and the app. */
  readonly words: readonly string[]
  /** From `--data`; null: the usual place. */
  readonly data: string | null
  /** Says in the tray how the link stands; nothing where there is no tray. */
  readonly sign: (sign: TraySign) => void
  /** Null where the desktop shows no notes. */
  readonly notify: Notify | null
}
/** The console the shell carries. `stop` saves what there is to save. */
export type ConsoleHost = { readonly serveWindow: ServeWindow; stop(): Promise<void> }
export type StartHost = (given: ShellGiven) => Promise<ConsoleHost>

export type ShellOptions = {
  readonly startHost: StartHost
  /** Folder of the built page. */
  readonly page: string
  /** The built preload, one CommonJS file. */
  readonly preload: string
  readonly log: Log
  /** ms of a clock that never goes back. */
  readonly elapsed: () => number
  /** Beginnings of https addresses that may be opened in the system's browser. */
  readonly outside?: readonly string[]
}

/** So long a stop of the core may take before the process goes without it, ms. The journal is safe at any moment. */
export const STOP_PATIENCE_MS = 5_000

/** Starts the shell. Call it before anything is awaited: the scheme has to be known before the app is ready. */
export async function startShell(options: ShellOptions): Promise<void> {
  const words = wordsAfterApp(process.argv, app.isPackaged)
  const flags = readFlags(words)
  registerScheme()
  app.enableSandbox()
  if (flags.data !== null) app.setPath('userData', resolve(flags.data, 'window'))
  if (!app.requestSingleInstanceLock()) return app.exit(0)
  // Closing the last window is not yet quitting while the core starts; afterwards `liveWith` decides.
  app.on('window-all-closed', () => {})
  const guards = { devtools: !app.isPackaged && !flags.kiosk, outside: options.outside ?? [] }
  guardApp(guards, options.log)
  await app.whenReady()
  guardSession(session.defaultSession, guards, options.log)
  const stopFiles = serveFiles(options.page)
  const shell = surroundings(flags.kiosk, options.log)
  const { power, stop: stopPower } = watchPower()
  const info: HostInfo = {
    kind: 'electron',
    version: app.getVersion(),
    can: {
      tray: shell.tray !== null,
      notify: shell.notify !== null,
      keychain: true,
      rehearse: true,
      quit: !flags.kiosk,
    },
    kiosk: flags.kiosk,
  }
  const sign = (said: TraySign) => shell.tray?.show(said)
  try {
    const host = await options.startHost({ info, power, words, data: flags.data, sign, notify: shell.notify })
    const stopEdges = () => {
      stopPower()
      shell.tray?.stop()
      stopFiles()
    }
    liveWith(host, { ...options, ...guards, kiosk: flags.kiosk }, stopEdges)
  } catch (cause) {
    options.log.error('shell.not-started', { cause: String(cause) })
    dialog.showErrorBox('Tallydesk could not start', cause instanceof Error ? cause.message : String(cause))
    app.exit(1)
  }
}

function surroundings(kiosk: boolean, log: Log): { tray: DeskTray | null; notify: Notify | null } {
  const actions = { open: bringForward, quit: () => app.quit() }
  return { tray: kiosk ? null : openTray(actions, log), notify: desktopNotes(bringForward, log) }
}

type LifeOptions = ShellOptions & { readonly kiosk: boolean; readonly devtools: boolean }

function liveWith(host: ConsoleHost, options: LifeOptions, stopEdges: () => void) {
  const ports = openPortDesk(host.serveWindow, options.log)
  const open = () => void openWindow(options, (window) => ports.add(window))
  setMenu({ kiosk: options.kiosk, devtools: options.devtools, newWindow: open })
  app.on('second-instance', (_event, theirWords) => {
    const none = BrowserWindow.getAllWindows().length === 0
    if (none || (readFlags(theirWords).newWindow && !options.kiosk)) open()
    else bringForward()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  let stopping = false
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (stopping) return
    stopping = true
    ports.stop()
    void stopHost(host, options.log).then(() => {
      stopEdges()
      app.exit(0)
    })
  })
  open()
}

async function stopHost(host: ConsoleHost, log: Log) {
  let patience: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((done) => {
    patience = setTimeout(() => done('late'), STOP_PATIENCE_MS)
  })
  try {
    if ((await Promise.race([host.stop(), late])) === 'late') log.error('shell.stop-late', { ms: STOP_PATIENCE_MS })
  } catch (cause) {
    log.error('shell.stop-failed', { cause: String(cause) })
  }
  clearTimeout(patience)
}

function bringForward() {
  const window = BrowserWindow.getAllWindows().at(-1)
  if (window === undefined) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
