import { join, resolve } from 'node:path'
import { app, BrowserWindow, dialog, session } from 'electron'
import type { Log, Power } from '../../core/ports.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { Result } from '../../shared/result.ts'
import type { HostInfo } from '../../shared/view/host.ts'
import { packFolder } from '../node/evidence/pack-folder.ts'
import { forCoreAlone, NEW_WINDOW, wordsAfterApp } from './flags.ts'
import { guardApp, guardSession } from './guards.ts'
import { setMenu } from './menu.ts'
import { desktopNotes, type Notify } from './notify.ts'
import { watchPower } from './power.ts'
import { registerScheme, serveFiles } from './protocol.ts'
import { openTray, type TraySign } from './tray.ts'
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
  /** Says in the tray how the link stands; nothing where there is no tray. */
  readonly sign: (sign: TraySign) => void
  /** Null where the desktop shows no notes. */
  readonly notify: Notify | null
  /** Draws the eye to the windows in the taskbar, until one is looked at. */
  readonly flash: () => void
}
/** The console the shell carries. `stop` saves what there is to save. */
export type ServedConsole = { readonly serveWindow: ServeWindow; stop(): Promise<void> }
/** Starts the console, or says to the operator why it cannot be started. */
export type StartConsole = (given: ShellGiven) => Promise<Result<ServedConsole, string>>

export type ShellOptions = {
  readonly startConsole: StartConsole
  /** Where this desk keeps its data; one shell runs on it at a time. */
  readonly dataDir: string
  readonly kiosk: boolean
  /** Fills the screen as a kiosk does, and only shows. */
  readonly wall?: boolean
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

/** The words of the command line that are the console's: not Electron's, not the shell's. */
export const ownWords = (): readonly string[] => wordsAfterApp(process.argv, app.isPackaged)

/** Ends this process at once, with this exit code; with words, another is started in its place. */
export function endNow(code: number, words: readonly string[] | null): void {
  if (words) app.relaunch({ args: [...process.argv.slice(1), ...words] })
  app.exit(code)
}

/** So long a stop of the core may take before the process goes without it, ms. The journal is safe at any moment. */
export const STOP_PATIENCE_MS = 5_000

/** Starts the shell. Call it before anything is awaited: the scheme has to be known before the app is ready. */
export async function startShell(options: ShellOptions): Promise<void> {
  const { log, wall = false } = options
  const kiosk = options.kiosk || wall
  registerScheme()
  forCoreAlone(app.commandLine)
  app.enableSandbox()
  app.setPath('userData', join(resolve(options.dataDir), 'window'))
  if (!app.requestSingleInstanceLock()) return app.exit(0)
  // Without this Electron quits when a window closes before the life below has begun.
  app.on('window-all-closed', () => {})
  const guards = { devtools: !app.isPackaged && !kiosk, outside: options.outside ?? [] }
  guardApp(guards, log)
  await app.whenReady()
  guardSession(session.defaultSession, guards, log)
  const stopFiles = serveFiles(options.page, packFolder(resolve(options.dataDir)))
  const edge = openEdge({ kiosk, wall }, log)
  try {
    const started = await options.startConsole(edge.given)
    if (!started.ok) return giveUp(started.error)
    const stopEdge = () => {
      edge.stop()
      stopFiles()
    }
    liveWith(started.value, { ...options, ...guards, kiosk }, stopEdge)
  } catch (cause) {
    log.error('shell.not-started', { cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
    giveUp('Something went wrong in Tallydesk itself. The log in the data folder says what.')
  }
}

function giveUp(why: string) {
  dialog.showErrorBox('Tallydesk could not start', why)
  app.exit(1)
}

/** What the desktop offers, as the console is given it. */
type Look = { readonly kiosk: boolean; readonly wall: boolean }

function openEdge({ kiosk, wall }: Look, log: Log): { readonly given: ShellGiven; readonly stop: Unsubscribe } {
  const tray = kiosk ? null : openTray({ open: bringForward, quit: () => app.quit() }, log)
  const notify = desktopNotes(bringForward, log)
  const { power, stop } = watchPower()
  const can = { tray: tray !== null, notify: notify !== null, keychain: true, rehearse: true, quit: !kiosk }
  return {
    given: {
      info: { kind: 'electron', version: app.getVersion(), can, kiosk: kiosk && !wall, wall },
      power,
      sign: (sign) => tray?.show(sign),
      notify,
      flash: flashWindows,
    },
    stop() {
      stop()
      tray?.stop()
    },
  }
}

type LifeOptions = ShellOptions & { readonly devtools: boolean }

function liveWith(served: ServedConsole, options: LifeOptions, stopEdge: Unsubscribe) {
  const ports = openPortDesk(served.serveWindow, options.log)
  const open = () => void openWindow(options, (window) => ports.add(window))
  setMenu({ kiosk: options.kiosk, devtools: options.devtools, newWindow: open })
  app.on('second-instance', (_event, theirWords) => {
    const none = BrowserWindow.getAllWindows().length === 0
    if (none || (theirWords.includes(NEW_WINDOW) && !options.kiosk)) open()
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
    void stopConsole(served, options.log).then(() => {
      stopEdge()
      app.exit(0)
    })
  })
  open()
}

async function stopConsole(served: ServedConsole, log: Log) {
  let patience: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((done) => {
    patience = setTimeout(() => done('late'), STOP_PATIENCE_MS)
  })
  try {
    if ((await Promise.race([served.stop(), late])) === 'late') log.error('shell.stop-late', { ms: STOP_PATIENCE_MS })
  } catch (cause) {
    log.error('shell.stop-failed', { cause: String(cause) })
  }
  clearTimeout(patience)
}

/** The system stops it by itself when the window is looked at. */
function flashWindows() {
  const windows = BrowserWindow.getAllWindows()
  if (windows.some((window) => window.isFocused())) return
  for (const window of windows) window.flashFrame(true)
}

function bringForward() {
  const window = BrowserWindow.getAllWindows().at(-1)
  if (window === undefined) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
