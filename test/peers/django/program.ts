import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A program of the peer is up within this, or something is wrong with it; Python alone takes a second, ms. */
const UP_WITHIN = 20_000
/** Between two looks at whether it is up, ms. */
const LOOK_EVERY = 25
/** One that does not end when asked is ended, ms. */
const ENDS_WITHIN = 5_000
/** As much of what a program said is kept for a complaint, characters. */
const SAID = 4_000

export type Words = { readonly command: string; readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv }

/** One process that listens on a port of loopback. Owns the process; leaves nothing of it behind. */
export class Program {
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  #said = ''

  private constructor({ command, args, env }: Words, folder: string) {
    this.#child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk) => {
        this.#said = `${this.#said}${chunk}`.slice(-SAID)
      })
    this.#ended = new Promise((done) => {
      this.#child.once('close', () => done())
      this.#child.once('error', (error) => {
        this.#said += String(error)
        done()
      })
    })
  }

  /** Resolves when its port answers. */
  static async start(words: Words, folder: string, port: number): Promise<Program> {
    const program = new Program(words, folder)
    const until = performance.now() + UP_WITHIN
    while (!(await answers(port))) {
      if (!program.isUp || performance.now() > until) {
        await program.end()
        throw new Error(`${words.command} did not come up: ${program.#said}`)
      }
      await wait(LOOK_EVERY)
    }
    return program
  }

  get isUp(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined
  }
  get pid(): number | undefined {
    return this.#child.pid
  }
  /** The end of what it printed. */
  get said(): string {
    return this.#said
  }
  /** Stops its clock: its connections stay and nothing moves. */
  freeze(): void {
    this.#child.kill('SIGSTOP')
  }
  thaw(): void {
    this.#child.kill('SIGCONT')
  }
  /** Resolves when it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (!this.isUp) return this.#ended
    this.thaw()
    this.#child.kill(signal)
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), ENDS_WITHIN)
    await this.#ended
    clearTimeout(limit)
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    const over = (is: boolean): void => {
      socket.destroy()
      done(is)
    }
    socket.once('connect', () => over(true)).once('error', () => over(false))
  })
}

/** Free now; whoever comes between has it first, and the program then says so. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise<void>((done) => server.close(() => done()))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
