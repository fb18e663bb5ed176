import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { canonicalJson } from '../../src/core/projection/state.ts'
import { TOPICS } from '../../src/shared/model/change.ts'
import { PASSWORD } from '../doubles/election-server/seed.ts'
import type { ElectionServer } from '../doubles/election-server/start.ts'

/** How a watch ended: its exit code, what it had otherwise than the server, and what it said without doubt or the time of its read. */
export type WatchReport = {
  readonly code: number | null
  readonly differences: readonly string[]
  readonly claims: readonly string[]
}
type Line = Readonly<Record<string, unknown>>
/** Kinds of the final state, as the truth names them. */
const KINDS = ['committees', 'candidates', 'guarantees', 'attendance', 'counts'] as const

/** `tallydesk watch` as a process of its own, at the imitation. It owns the process and its data directory. */
export class Watch {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #dir = mkdtempSync(join(tmpdir(), 'tallydesk-watch-'))
  readonly #isRead = new Map<unknown, boolean>()
  readonly #claims: string[] = []
  readonly #ended: Promise<number | null>
  #link: unknown = null
  #final: Line | null = null
  #tell = () => {}
  words = ''

  constructor(url: string, email: string) {
    const cli = join(import.meta.dirname, '../../src/main/cli.ts')
    const args = [
      'watch',
      '--server',
      url,
      '--email',
      email,
      '--password-env',
      'TALLY_PASSWORD',
      '--data',
      this.#dir,
      '--commands',
    ]
    this.#child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, TALLY_PASSWORD: PASSWORD } })
    this.#child.stderr.on('data', (chunk) => {
      this.words += String(chunk)
    })
    createInterface({ input: this.#child.stdout }).on('line', (text) => this.#hear(JSON.parse(text) as Line)) // our own NDJSON
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve))
  }

  #hear(line: Line): void {
    if (line.t === 'link') this.#link = `${line.state} by ${line.by}`
    if (line.t === 'doubt') this.#doubt(line)
    if (line.t === 'final') this.#final = line
    this.#tell()
  }

  #doubt(line: Line): void {
    const { topic, state } = line
    this.#isRead.set(topic, state === 'provisional' && line.waiting === 0)
    // From out here what it shows cannot be held against each moment: on this server it may claim nothing at all.
    const saysWhen = state === 'provisional' && typeof line.readAt === 'number' && typeof line.waiting === 'number'
    if (!saysWhen && state !== 'doubtful') this.#claims.push(JSON.stringify(line))
  }

  get #isSettled(): boolean {
    return this.#link === 'live by socket' && TOPICS.every((topic) => this.#isRead.get(topic))
  }
  /** Resolves once the link is live, everything is read and nothing is left to confirm; rejects after `ms`. */
  settled(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`watch did not settle: ${this.#link}`)), ms)
      this.#tell = () => {
        if (!this.#isSettled) return
        clearTimeout(limit)
        resolve()
      }
      this.#tell()
    })
  }
  /** As the operator who does not wait for the next try. */
  tryNow(): void {
    this.#child.stdin.write(`${JSON.stringify({ id: 'try', do: 'link.try-now', input: null })}\n`)
  }
  /** Resolves once it has lost the link or doubts something: it saw what was done to it. */
  unsettled(): Promise<void> {
    return new Promise((resolve) => {
      this.#tell = () => {
        if (!this.#isSettled) resolve()
      }
      this.#tell()
    })
  }

  /** Ends it and gives what its final state has otherwise than the server, and its exit code. */
  async end(server: ElectionServer, email: string): Promise<WatchReport> {
    this.#child.kill('SIGTERM')
    const code = await this.#ended
    rmSync(this.#dir, { recursive: true, force: true })
    const state = this.#final?.state as Readonly<Record<string, unknown>> | undefined // as writeFinal writes it
    if (state === undefined) return { code, differences: [`no final state: ${this.words}`], claims: this.#claims }
    const truth = server.truth(email)
    const pairs: [string, unknown, unknown][] = [
      ...KINDS.map((kind): [string, unknown, unknown] => [kind, state[kind], truth[kind]]),
      ['election', state.election, Object.values(truth.election)[0]],
      ['results', state.results, truth.results.results ?? null],
    ]
    return {
      code,
      claims: this.#claims,
      differences: pairs
        .map(([name, shown, had]) => [name, canonicalJson(shown), canonicalJson(had)] as const)
        .filter(([, shown, had]) => shown !== had)
        .map(([name, shown, had]) => `${name}: shown ${shown}, is ${had}`),
    }
  }
}
