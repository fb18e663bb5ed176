import { app, BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { Log } from '../../core/ports.ts'
import { type AfterCrash, afterCrash } from './crash.ts'
import { PAGE } from './origin.ts'

/**
 * One window on the page, locked down, and its falls: a renderer that dies is loaded anew while the core and its
 * journal go on in the main process; one that keeps dying, or does not answer, is put before the operator. It never
 * holds a figure of its own, so there is nothing to lose.
 */

export type WindowOptions = {
  /** The built preload, one CommonJS file. */
  readonly preload: string
  /** Fills the screen, without a frame or a menu. */
  readonly kiosk: boolean
  readonly devtools: boolean
  /** ms of a clock that never goes back. */
  readonly elapsed: () => number
  readonly log: Log
}

/** Makes a window, hidden until its first picture is ready. `prepare` is called before anything is loaded. */
export function openWindow(options: WindowOptions, prepare: (window: BrowserWindow) => void): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 720,
    minHeight: 480,
    show: false,
    kiosk: options.kiosk,
    frame: !options.kiosk,
    autoHideMenuBar: true,
    title: 'Tallydesk',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      devTools: options.devtools,
      // A wall display nobody touches must not be slowed down.
      backgroundThrottling: false,
      spellcheck: false,
    },
  })
  prepare(window)
  window.webContents.on('will-prevent-unload', (event) => {
    // The page holds on only while something typed is not at the server yet: the person at it decides.
    if (dialog.showMessageBoxSync(window, UNSENT) === 0) event.preventDefault()
  })
  window.once('ready-to-show', () => window.show())
  watchFalls(window, options)
  load(window, options.log)
  return window
}

function load(window: BrowserWindow, log: Log) {
  window.loadURL(PAGE).catch((cause: unknown) => {
    if (!window.isDestroyed()) log.error('window.not-loaded', { cause: String(cause) })
  })
}

function watchFalls(window: BrowserWindow, { elapsed, log }: WindowOptions) {
  let falls: AfterCrash['falls'] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const after = afterCrash(falls, elapsed())
    falls = after.falls
    log.error('window.fell', { reason, exitCode, then: after.is })
    if (after.is === 'reload') return load(window, log)
    void ask(window, FALLEN).then((again) => (again ? load(window, log) : app.quit()))
  })
  let asking = false
  window.on('unresponsive', () => {
    log.warn('window.unresponsive')
    if (asking) return
    asking = true
    void ask(window, STUCK).then((again) => {
      asking = false
      if (!again || window.isDestroyed()) return
      // A stuck renderer cannot be asked to reload: it is ended, and its end loads the page anew.
      window.webContents.forcefullyCrashRenderer()
    })
  })
}

const FALLEN: MessageBoxOptions = {
  type: 'error',
  title: 'Tallydesk',
  message: 'This window keeps failing.',
  detail: 'The desk is still connected and everything is saved. Load the window again, or quit Tallydesk.',
  buttons: ['Load again', 'Quit'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
}
const UNSENT: MessageBoxOptions = {
  type: 'question',
  title: 'Tallydesk',
  message: 'Not everything typed here is at the server yet.',
  detail: 'It stays on this desk and is sent when you sign in here again. Close the window all the same?',
  buttons: ['Close', 'Stay'],
  defaultId: 1,
  cancelId: 1,
  noLink: true,
}
const STUCK: MessageBoxOptions = {
  type: 'warning',
  title: 'Tallydesk',
  message: 'This window does not answer.',
  detail: 'The desk is still connected and everything is saved. Wait, or load the window again.',
  buttons: ['Load again', 'Wait'],
  defaultId: 1,
  cancelId: 1,
  noLink: true,
}

/** True for the first button. False, too, when the window went while asking. */
async function ask(window: BrowserWindow, question: MessageBoxOptions): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, question)
  return response === 0 && !window.isDestroyed()
}
