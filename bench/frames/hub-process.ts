import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * The busy hub of hub.ts as a child process. Owns the process and its pipes; `stop` ends both. Never waits for a line of a
 * process that has ended: whoever asks is told how it ended. It yields to the console and the browser: on the day it is another
 * machine, here it would take their cores.
 */
export type HubProcess = {
  readonly url: string
  readonly email: string
  readonly password: string
  /** Makes so many things happen each second; gives what happened until now. Rejects once the hub has ended. */
  pace(rate: number): Promise<object>
  /** Rejects when the hub ends by itself, with the last of what it said; never resolves. */
  readonly broke: Promise<never>
  stop(): Promise<void>
}

/** So much of what an ended hub said is told, characters. */
const LAST_WORDS = 2_000

export async function startHubProcess(): Promise<HubProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'hub.ts')], { stdio: ['pipe', 'pipe', 'pipe'] })
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-LAST_WORDS)
  })
  child.stdin.on('error', () => {})
  const closed = once(child, 'close')
  const broke = closed.then(([code, signal]): never => {
    throw new Error(`the hub ended with ${signal ?? code}: ${said.trim() || 'it said nothing'}`)
  })
  broke.catch(() => {})
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const line = await lines.next()
    return line.done ? broke : (JSON.parse(line.value) as Record<string, string>) // the hub's own line
  }
  const { url = '', email = '', password = '' } = await next()
  return {
    ...{ url, email, password, broke },
    pace(rate) {
      child.stdin.write(`${rate}\n`)
      return next()
    },
    async stop() {
      child.stdin.end()
      await closed
    },
  }
}
