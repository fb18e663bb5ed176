import { Menu, type MenuItemConstructorOptions } from 'electron'

export type MenuOptions = {
  readonly kiosk: boolean
  readonly devtools: boolean
  readonly newWindow: () => void
}

/** The few commands a desk needs, with their keys. A kiosk has no menu, and so none of its keys. */
export function setMenu(options: MenuOptions): void {
  if (options.kiosk) return Menu.setApplicationMenu(null)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([deskMenu(options), editMenu, viewMenu(options), { role: 'windowMenu' }]),
  )
}

const deskMenu = ({ newWindow }: MenuOptions): MenuItemConstructorOptions => ({
  label: 'Tallydesk',
  submenu: [
    { label: 'New window', accelerator: 'CommandOrControl+N', click: newWindow },
    { label: 'Close window', accelerator: 'CommandOrControl+W', role: 'close' },
    { type: 'separator' },
    { label: 'Quit', accelerator: 'CommandOrControl+Q', role: 'quit' },
  ],
})

const editMenu: MenuItemConstructorOptions = {
  label: 'Edit',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ],
}

const viewMenu = ({ devtools }: MenuOptions): MenuItemConstructorOptions => ({
  label: 'View',
  submenu: [
    { label: 'Load again', accelerator: 'CommandOrControl+R', role: 'reload' },
    { type: 'separator' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'resetZoom' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(devtools ? [{ role: 'toggleDevTools' } as const] : []),
  ],
})
