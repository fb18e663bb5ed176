import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { waitFor } from '../electron/shell.ts'

export const ROOT = resolve(import.meta.dirname, '../..')
/** The built command, as `bin/tallydesk` runs it once everything is set up. */
export const CLI = join(ROOT, 'out/main/cli.js')
/** The same with the set-up before it. */
export const LAUNCHER = join(ROOT, 'bin/tallydesk.js')
export const isBuilt = existsSync(CLI) && existsSync(join(ROOT, 'out/renderer/index.html'))
export const NOT_BUILT = 'the console is not built (npx electron-vite build)'

/** A program may take this long to end once asked, ms. */
const END_MS = 15_000

type RunOptions = { readonly env?: NodeJS.ProcessEnv; readonly program?: string }

/** One command of ours as a process of its own, with everything it says. */
export class Program {
  readonly child: ChildProcess
  out = ''
  err = ''
  readonly ended: Promise<number | NodeJS.Signals>

  constructor(args: readonly string[], { env = {}, program = CLI }: RunOptions = {}) {
    const how = { cwd: ROOT, env: { ...process.env, ...env } }
    this.child = spawn(process.execPath, [program, ...args], { ...how, stdio: ['pipe', 'pipe', 'pipe'] })
    this.child.stdout?.setEncoding('utf8').on('data', (part: string) => (this.out += part))
    this.child.stderr?.setEncoding('utf8').on('data', (part: string) => (this.err += part))
    this.child.stdin?.on('error', () => {})
    this.ended = new Promise((done) => this.child.once('close', (code, signal) => done(signal ?? code ?? -1)))
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** Its standard output so far, line by line, as JSON. */
  lines(): Line[] {
    return this.out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line) // each is an object; the test looks at its fields
  }

  /** Waits until something is true of what it said. */
  async until<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
    try {
      return await waitFor(what, async () => look() || null)
    } catch (cause) {
      throw new Error(`${String(cause)}\nout: ${this.out.slice(-2_000)}\nerr: ${this.err.slice(-2_000)}`)
    }
  }

  write(line: unknown): void {
    this.child.stdin?.write(typeof line === 'string' ? `${line}\n` : `${JSON.stringify(line)}\n`)
  }

  /** Asks it to end; made to end when it does not. Gives the exit code, or the signal that took it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    if (this.running) this.child.kill(signal)
    const late = setTimeout(() => this.child.kill('SIGKILL'), END_MS)
    const code = await this.ended
    clearTimeout(late)
    return code
  }
}
export type Line = { readonly t?: string; readonly [field: string]: unknown }

/** Runs a command to its end. */
export async function run(args: readonly string[], options: RunOptions = {}) {
  const program = new Program(args, options)
  program.child.stdin?.end()
  const code = await program.ended
  return { code, out: program.out, err: program.err }
}

/** Runs a command to its end and gives the one JSON value it printed. */
export async function runForJson<T>(args: readonly string[], options: RunOptions = {}): Promise<T> {
  const { code, out, err } = await run(args, options)
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`)
  return JSON.parse(out) as T // the test says what it expects
}

/** A folder of its own, and its end. */
export async function folder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'tallydesk-e2e-'))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Ids of the processes below one, whatever became of those between. */
export function descendants(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const found: number[] = []
  for (let from = [pid]; from.length > 0; ) {
    from = pairs.flatMap(([id, parent]) => (id !== undefined && from.includes(parent ?? -1) ? [id] : []))
    found.push(...from)
  }
  return found
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
