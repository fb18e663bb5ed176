import { EventEmitter } from 'node:events'
import { only } from './missing.ts'
import { record } from './recorded.ts'

/** The desktop around the windows. Nothing is shown: what was asked is recorded, and a test plays the person's part. */

type Item = {
  readonly label?: string
  readonly role?: string
  readonly click?: () => void
  readonly submenu?: readonly Item[]
}

export class Menu {
  readonly items: readonly Item[]
  static #application: Menu | null = null

  constructor(items: readonly Item[] = []) {
    this.items = items
  }

  static buildFromTemplate(template: readonly Item[]): Menu {
    return new Menu(template)
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
    record('menu', menu === null ? null : menu.items)
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }
}

class NativeImage {
  readonly #size: { readonly width: number; readonly height: number }

  constructor(size: { readonly width: number; readonly height: number }) {
    this.#size = size
  }

  getSize() {
    return this.#size
  }
}
export const nativeImage = only('nativeImage', {
  createFromBitmap(pixels: Buffer, size: { readonly width: number; readonly height: number }) {
    if (pixels.length !== size.width * size.height * 4) throw new Error('buffer is not of the size it says')
    return new NativeImage(size)
  },
})

const trays: Tray[] = []
const notes: Notification[] = []

export class Tray extends EventEmitter {
  constructor(_image: NativeImage) {
    super()
    trays.push(this)
    record('tray')
  }

  setToolTip(words: string): void {
    record('tray.words', words)
  }

  setImage(_image: NativeImage): void {
    record('tray.image')
  }

  setContextMenu(menu: Menu | null): void {
    record('tray.menu', menu?.items ?? null)
  }

  destroy(): void {
    record('tray.gone')
  }
}

export class Notification extends EventEmitter {
  readonly title: string
  readonly body: string

  constructor(options: { readonly title?: string; readonly body?: string } = {}) {
    super()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    notes.push(this)
    record('notification', { title: this.title, body: this.body })
  }
}

export const shell = only('shell', {
  async openExternal(url: string): Promise<void> {
    record('open-external', url)
  },
})

const questions: ((button: number) => void)[] = []
export const dialog = only('dialog', {
  showMessageBox(window: unknown, options: { readonly message: string; readonly buttons?: readonly string[] }) {
    if (window === undefined) throw new Error('A message without a window is not implemented in the stand-in')
    record('question', { message: options.message, buttons: options.buttons ?? [] })
    return new Promise<{ response: number; checkboxChecked: boolean }>((done) => {
      questions.push((response) => done({ response, checkboxChecked: false }))
    })
  },
  showErrorBox(title: string, content: string): void {
    record('error-box', { title, content })
    process.stderr.write(`${title}: ${content}\n`)
  },
})

export const powerMonitor = only('powerMonitor', new EventEmitter())

let online = true
export const net = only('net', { isOnline: () => online })

/** The person, and the machine, in a test's hands. */
export const person = {
  setOnline: (now: boolean) => {
    online = now
  },
  power: (event: string) => powerMonitor.emit(event),
  answer: (button: number) => questions.shift()?.(button),
  clickTray: () => trays.at(-1)?.emit('click', {}),
  clickNote: () => notes.at(-1)?.emit('click', {}),
  clickMenu: (label: string) =>
    items(Menu.getApplicationMenu()?.items ?? [])
      .find((item) => item.label === label)
      ?.click?.(),
}

const items = (list: readonly Item[]): Item[] => list.flatMap((item) => [item, ...items(item.submenu ?? [])])
