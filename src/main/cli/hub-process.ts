import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const HubLine = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hub'), url: z.string(), mode: z.string(), email: z.string(), password: z.string() }),
  z.object({ t: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ t: z.literal('played'), ok: z.boolean(), done: z.number().optional(), total: z.number().optional() }),
])
export type HubLine = z.infer<typeof HubLine>
type Said<T extends HubLine['t']> = Extract<HubLine, { t: T }>

/** How long a hub may take to end before it is made to, ms. */
const END_WITHIN = 5_000

/**
 * A hub in a process of its own, so that it has its own memory and its own core. It ends with this process, whatever
 * happens, because it ends with its standard input.
 */
export class HubProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<number>
  readonly ready: Promise<Said<'hub'> | null>
  readonly played: Promise<Said<'played'> | null>

  constructor(args: readonly string[], onProgress: (line: Said<'progress'>) => void) {
    const [, cli = ''] = process.argv
    this.#child = spawn(process.execPath, [cli, 'hub', '--attached', ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#ended = new Promise((resolve) => this.#child.once('exit', (code) => resolve(code ?? 1)))
    const said = <T extends HubLine['t']>(t: T) =>
      new Promise<Said<T> | null>((resolve) => {
        this.#listeners.push((line) => line.t === t && resolve(line as Said<T>)) // the comparison just made it so
        void this.#ended.then(() => resolve(null))
      })
    this.#listeners.push((line) => line.t === 'progress' && onProgress(line))
    this.ready = said('hub')
    this.played = said('played')
    this.#child.stdin?.on('error', () => {})
    if (this.#child.stdout) createInterface({ input: this.#child.stdout }).on('line', (text) => this.#hear(text))
  }
  readonly #listeners: ((line: HubLine) => void)[] = []

  #hear(text: string): void {
    const line = HubLine.safeParse(parse(text))
    if (line.success) for (const listener of this.#listeners) listener(line.data)
  }

  /** Lets the day begin. */
  play(): void {
    this.#child.stdin?.write('play\n')
  }

  /** The exit code of the process. */
  get ended(): Promise<number> {
    return this.#ended
  }

  async stop(): Promise<void> {
    this.#child.stdin?.end()
    const late = setTimeout(() => this.#child.kill('SIGKILL'), END_WITHIN)
    await this.#ended
    clearTimeout(late)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
