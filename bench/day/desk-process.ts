import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { build } from 'vite'
import { HEAP } from '../../tools/bootstrap/running.mjs'
import type { Port } from '../../src/shared/port.ts'
import type { FromDesk, ToDesk } from './words.ts'

/** As the launcher starts a console; and a floor can be measured. */
const HOW = [...HEAP, '--expose-gc']

/** As users run it, bundled: from its sources the compiler would be in the memory that is measured. */
const ROOT = join(import.meta.dirname, '../..')
const BUILT = join(ROOT, 'out/bench-day')
export async function buildDesk(): Promise<void> {
  await build({
    ...{ root: ROOT, configFile: false, logLevel: 'error' },
    build: { ssr: join(import.meta.dirname, 'desk.ts'), outDir: BUILT, emptyOutDir: true, minify: false },
  })
}

/** The desk of the bench as a child process. It owns the process; what the desk cannot do is thrown here. */
export class DeskProcess {
  readonly #child
  readonly #listeners = new Set<(message: unknown) => void>()
  #waiting: { readonly done: (word: FromDesk) => void; readonly failed: (why: Error) => void } | null = null
  readonly #closed: Promise<unknown>
  #failure: Error | null = null

  constructor(dataDir: string, begin: number, mode: 'day' | 'rest') {
    const words = [dataDir, String(begin), mode]
    this.#child = fork(join(BUILT, 'desk.js'), words, { execArgv: HOW })
    this.#child.on('message', (word: FromDesk) => this.#hear(word))
    this.#closed = once(this.#child, 'close').then(([code, signal]) =>
      this.#fail(`the desk ended with ${signal ?? code}`),
    )
  }

  /** What its window is told, and the way back. */
  readonly window: Port = {
    send: (message) => this.#send({ is: 'window', message }),
    onMessage: (listener) => {
      this.#listeners.add(listener)
      return () => void this.#listeners.delete(listener)
    },
    onClose: () => () => {},
    close() {},
  }

  /** The first word of the desk: it runs. */
  ready(): Promise<FromDesk> {
    return this.#answer()
  }

  ask(word: ToDesk): Promise<FromDesk> {
    const answer = this.#answer()
    this.#send(word)
    return answer
  }

  async stop(): Promise<void> {
    if (this.#child.connected) await this.ask({ is: 'end' }).catch(() => this.#child.kill())
    await this.#closed
  }

  #send(word: ToDesk): void {
    if (this.#child.connected) this.#child.send(word)
  }
  #answer(): Promise<FromDesk> {
    return new Promise((done, failed) => {
      if (this.#failure) failed(this.#failure)
      else this.#waiting = { done, failed }
    })
  }
  #hear(word: FromDesk): void {
    if (word.is === 'window') for (const listener of this.#listeners) listener(word.message)
    else if (word.is === 'failed') this.#fail(word.why)
    else {
      const waiting = this.#waiting
      this.#waiting = null
      waiting?.done(word)
    }
  }
  #fail(why: string): void {
    this.#failure ??= new Error(why)
    this.#waiting?.failed(this.#failure)
    this.#waiting = null
  }
}
