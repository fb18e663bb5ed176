import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { dialog, Menu, Notification, nativeImage, net, powerMonitor, shell, Tray } from './desktop.ts'
import { ipcMain } from './ipc-main.ts'
import { MessageChannelMain } from './message-port.ts'
import { missing } from './missing.ts'
import { protocol } from './protocol.ts'
import { session } from './session.ts'

/** What `import … from 'electron'` gives under the stand-in. The names at the end throw when touched. */

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  net,
  powerMonitor,
  protocol,
  session,
  shell,
  Tray,
}

export const autoUpdater = missing('autoUpdater')
export const clipboard = missing('clipboard')
export const contentTracing = missing('contentTracing')
export const crashReporter = missing('crashReporter')
export const desktopCapturer = missing('desktopCapturer')
export const globalShortcut = missing('globalShortcut')
export const MenuItem = missing('MenuItem')
export const nativeTheme = missing('nativeTheme')
export const netLog = missing('netLog')
export const powerSaveBlocker = missing('powerSaveBlocker')
export const safeStorage = missing('safeStorage')
export const screen = missing('screen')
export const systemPreferences = missing('systemPreferences')
export const utilityProcess = missing('utilityProcess')
export const webContents = missing('webContents')
export const webFrameMain = missing('webFrameMain')
export const WebContentsView = missing('WebContentsView')
