import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowserWindow, windowsOver } from './browser-window.ts'
import { type Chromium, startChromium } from './chromium.ts'
import { claim, type Instance } from './instance.ts'
import { only } from './missing.ts'
import { closeRegistration } from './protocol.ts'
import { routeAll } from './routes.ts'

/** The life of the stand-in: started by its launcher after the app's entry has run, ended by `quit` or `exit`. */

const read = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    productName?: string
    version: string
  } // a checkout's own file
const ready = Promise.withResolvers<void>()
const switchValue = (name: string) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null

/** The switches before the app's name, as Chromium would have them. `process.argv` stays as it is. */
class CommandLine {
  readonly #switches = new Map(
    process.argv
      .slice(
        1,
        process.argv.findIndex((word, at) => at > 0 && !word.startsWith('-')),
      )
      .map((word): [string, string] => {
        const [, name = '', value = ''] = /^--?([^=]+)=?(.*)$/.exec(word) ?? []
        return [name, value]
      }),
  )

  hasSwitch(name: string): boolean {
    return this.#switches.has(name)
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? ''
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name)
  }
}

const begin = Symbol('begin')

class App extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = only('app.commandLine', new CommandLine())
  readonly #paths = new Map<string, string>()
  readonly #package = read(process.env['STAND_IN_PACKAGE'] ?? process.cwd())
  #instance: Instance | null = null
  #chromium: Chromium | null = null
  #exiting = false

  getName(): string {
    return this.#package.productName ?? this.#package.name
  }

  getVersion(): string {
    return this.#package.version
  }

  getPath(name: string): string {
    const userData =
      this.#paths.get('userData') ?? switchValue('user-data-dir') ?? mkdtempSync(join(tmpdir(), 'stand-in-'))
    this.#paths.set('userData', userData)
    return name === 'userData' ? userData : (this.#paths.get(name) ?? join(userData, name))
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  isReady(): boolean {
    return this.#chromium !== null
  }

  whenReady(): Promise<void> {
    return ready.promise
  }

  /** Every page of the stand-in is as sandboxed as it will ever be. */
  enableSandbox(): void {
    if (this.isReady()) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  requestSingleInstanceLock(): boolean {
    this.#instance ??= claim(this.getPath('userData'), (words, where) => {
      this.emit('second-instance', {}, words, where)
    })
    return this.#instance.first
  }

  quit(): void {
    if (this.#exiting || !this.#asked('before-quit')) return
    for (const window of BrowserWindow.getAllWindows()) window.close()
    if (BrowserWindow.getAllWindows().length > 0 || !this.#asked('will-quit')) return
    this.exit(0)
  }

  exit(code = 0): void {
    if (this.#exiting) return
    this.#exiting = true
    void this.#end(code)
  }

  #asked(name: string): boolean {
    let stay = false
    this.emit(name, { preventDefault: () => (stay = true) })
    return !stay
  }

  async #end(code: number) {
    await this.#instance?.told
    this.emit('quit', {}, code)
    await this.#chromium?.context.close()
    this.#instance?.release()
    process.exit(code)
  }

  async [begin](): Promise<void> {
    if (this.#exiting) return
    closeRegistration()
    const chromium = await startChromium({
      profile: join(this.getPath('userData'), 'chromium'),
      debugPort: switchValue('remote-debugging-port'),
      headed: process.env['STAND_IN_HEADED'] === '1',
      appName: `${this.getName().replaceAll(' ', '')}/${this.getVersion()}`,
    })
    const contents = () => BrowserWindow.getAllWindows().map((window) => window.webContents)
    await routeAll(chromium, contents)
    windowsOver({
      chromium,
      made: (made) => this.emit('web-contents-created', {}, made),
      allGone: () => this.#allGone(),
    })
    this.#chromium = chromium
    ready.resolve()
    this.emit('ready', {})
  }

  #allGone() {
    if (this.#exiting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }
}
const whole = new App()
export const app = only('app', whole)

/** Called by the launcher once the app's entry has run: only then is Electron ready, too. */
export async function beginApp(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => whole.quit())
  await whole[begin]()
}
