import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Does } from '../doubles/electron/control.ts'
import { buildPreload } from './preload-build.ts'

/** Starts the shell as a program of its own, in the stand-in or in Electron, and drives its pages from outside. */

const at = (path: string) => resolve(import.meta.dirname, '../..', path)
export const FIXTURE = at('test/electron/fixture/main.ts')

/** The built console: Electron is given the checkout, whose package.json names the entry. */
export const BUILT = { app: at('.'), entry: at('out/main/index.js') }

export type Kind = { readonly name: string; readonly program: string; readonly words: readonly string[] }
export const STAND_IN: Kind = { name: 'the stand-in', program: at('test/doubles/electron/launch.mjs'), words: [] }

/** Electron itself, or why it cannot be run here. */
export function realElectron(): Kind | { readonly absent: string } {
  const folder = at('node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return { absent: 'the Electron binary is not installed' }
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  if (!existsSync(program)) return { absent: 'the Electron binary is not installed' }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return { absent: 'there is no display for Electron (run under xvfb-run)' }
  }
  return { name: 'Electron', program, words: process.getuid?.() === 0 ? ['--no-sandbox'] : [] }
}

export type StartOptions = {
  readonly entry?: string
  readonly words?: readonly string[]
  readonly data?: string
  readonly page?: string
}

/** One running shell. */
export class Shell {
  readonly data: string
  readonly output: string[] = []
  readonly #child: ChildProcess
  readonly #browser: Browser
  #asked = 0

  private constructor(child: ChildProcess, browser: Browser, data: string, output: string[]) {
    this.#child = child
    this.#browser = browser
    this.data = data
    this.output = output
  }

  static async start(kind: Kind, options: StartOptions = {}): Promise<Shell> {
    const data = options.data ?? (await mkdtemp(join(tmpdir(), 'shell-')))
    const child = await spawnShell(kind, { ...options, data })
    const output: string[] = []
    const address = await new Promise<string>((found, failed) => {
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        output.push(text)
        const [, url] = /DevTools listening on (ws:\S+)/.exec(text) ?? []
        if (url !== undefined) found(url)
      })
      child.once('exit', (code) => failed(new Error(`the shell ended with ${code}:\n${output.join('')}`)))
    })
    return new Shell(child, await chromium.connectOverCDP(address), data, output)
  }

  get #pages(): Page[] {
    return this.#browser.contexts().flatMap((context) => context.pages())
  }

  /** The newest window's page, once it has its port. */
  async page(ready: (page: Page) => Promise<boolean> = hasHello): Promise<Page> {
    return waitFor('a page with a port', async () => {
      for (const page of this.#pages.toReversed()) {
        if (isOurs(page.url()) && (await ready(page).catch(() => false))) return page
      }
      return null
    })
  }

  /** Asks the stand-in itself. Electron has no such ear. */
  async ask<K extends keyof Does>(what: K, ...given: Parameters<Does[K]>): Promise<ReturnType<Does[K]>> {
    const id = ++this.#asked
    const answer = new Promise<ReturnType<Does[K]>>((found) => {
      const heard = (message: unknown) => {
        const { id: of, answer } = message as { id: number; answer: ReturnType<Does[K]> } // the stand-in's own answer
        if (of !== id) return
        this.#child.off('message', heard)
        found(answer)
      }
      this.#child.on('message', heard)
    })
    this.#child.send({ id, do: what, with: given })
    return answer
  }

  async says(text: string): Promise<void> {
    await waitFor(`"${text}" on stderr`, async () => (this.output.join('').includes(text) ? true : null))
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Ends the shell as a person or the system would; gives its exit code. */
  async stop(): Promise<number | null> {
    const gone = this.running ? once(this.#child, 'exit') : Promise.resolve()
    this.#child.kill('SIGTERM')
    await gone
    await this.#browser.close().catch(() => {}) // it has gone already
    await rm(this.data, { recursive: true, force: true, maxRetries: 5 })
    return this.#child.exitCode
  }
}

/** Starts the program and leaves it to itself. */
export async function spawnShell(kind: Kind, options: StartOptions & { readonly data: string }): Promise<ChildProcess> {
  const preload = join(options.data, 'preload')
  await buildPreload(preload)
  const words = ['--remote-debugging-port=0', ...kind.words, options.entry ?? FIXTURE, `--data=${options.data}`]
  return spawn(kind.program, [...words, ...(options.words ?? [])], {
    cwd: at('.'),
    env: { ...process.env, SHELL_PRELOAD: join(preload, 'index.cjs'), SHELL_PAGE: options.page ?? 'page' },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
}

export const isOurs = (url: string) =>
  url.startsWith('app://tallydesk/') || url.startsWith('https://tallydesk.app.invalid/')

/** Makes the fixture's page do one of the things it can. */
export function act<T = unknown>(page: Page, what: string, ...given: readonly unknown[]): Promise<T> {
  return page.evaluate(
    ([name, all]) => {
      const { act } = globalThis as unknown as { act: Record<string, (...given: readonly unknown[]) => T> } // the page's own
      return act[name]?.(...all) as T // an unknown name gives undefined, and the test fails on it
    },
    [what, given] as const, // a pair, not a list
  )
}

const hasHello = async (page: Page) => (await act(page, 'hello')) !== ''

/** How long anything a test waits for may take, ms. */
const PATIENCE_MS = 15_000
/** Pause between two looks, ms. */
const LOOK_MS = 50

export async function waitFor<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (performance.now() > end) throw new Error(`waited ${PATIENCE_MS} ms for ${what}`)
    await new Promise((next) => setTimeout(next, LOOK_MS))
  }
}
