import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { OPERATOR, PASSWORD } from './election.ts'
import { type Ledger, Operator, parsed, type Told } from './operator.ts'

const CLI = resolve(import.meta.dirname, '../../src/main/cli.ts')

/** When a life ends: so many ms after its start or after its first saved mark, or once these actions are settled. */
export type End =
  | { readonly after: 'start' | 'first-save'; readonly ms: number }
  | { readonly settled: ReadonlySet<string>; readonly within: number }
export type LifeEnd = { readonly saved: number; readonly signal: NodeJS.Signals | null; readonly err: string }
type LifeOptions = { readonly server: string; readonly data: string; readonly ledger: Ledger; readonly end: End }

/** One life of a desk as a process of its own: somebody types marks at it until it is killed with SIGKILL. */
export async function live({ server, data, ledger, end }: LifeOptions): Promise<LifeEnd> {
  const words = ['watch', '--server', server, '--email', OPERATOR, '--data', data, '--commands']
  const env = { ...process.env, TALLYDESK_PASSWORD: PASSWORD }
  const child = spawn(process.execPath, [CLI, ...words], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<NodeJS.Signals | null>((done) => child.once('close', (_code, signal) => done(signal)))
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part))
  child.stdin.on('error', () => {})
  const timers: NodeJS.Timeout[] = []
  const killIn = (ms: number) => void timers.push(setTimeout(() => child.kill('SIGKILL'), ms))
  const operator = new Operator(ledger, (line) => void child.stdin.write(line))
  if ('settled' in end) killIn(end.within)
  else if (end.after === 'start') killIn(end.ms)
  const left = new Set('settled' in end ? end.settled : [])
  const heard = (line: Told) => {
    const isFirst = operator.heard(line) && operator.saved === 1
    if (isFirst && 'after' in end && end.after === 'first-save') killIn(end.ms)
    if (line.t === 'outbox' && (line['state'] === 'confirmed' || line['state'] === 'rejected'))
      left.delete(String(line['key']))
    // Not before it is live: an end while it still begins would prove nothing of the link.
    if ('settled' in end && left.size === 0 && line.t !== 'final') child.kill('SIGTERM')
  }
  if ('after' in end) operator.begin()
  for await (const text of createInterface({ input: child.stdout })) {
    const line = parsed(text)
    if (line) heard(line)
  }
  const signal = await ended
  for (const timer of timers) clearTimeout(timer)
  operator.stop()
  return { saved: operator.saved, signal, err }
}
