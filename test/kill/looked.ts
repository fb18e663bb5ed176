import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Random } from '../../src/core/ports.ts'
import type { End } from './life.ts'

/** What the desk itself says between two lives, and when the next one ends. */

const CLI = resolve(import.meta.dirname, '../../src/main/cli.ts')
/** Killed this long after its first saved action, ms, at most; one life in four is killed while it begins. */
const SOON = 250
const WHILE_IT_BEGINS = 1_500
/** The last life, which nobody kills, may take this long to have everything settled, ms, and as much for each that waits. */
const SETTLES_WITHIN = 60_000
const EACH_SETTLES_WITHIN = 250

export type Entry = {
  readonly state: string
  readonly action: { readonly does: string; readonly [field: string]: unknown }
}

const run = promisify(execFile)
export async function json<T>(words: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [CLI, ...words], { maxBuffer: 1 << 28 })
  return JSON.parse(stdout) as T // a command of our own, whose fields the caller names
}
export const outboxOf = async (data: string) =>
  (await json<{ readonly outbox: Readonly<Record<string, Entry>> }>(['state', '--data', data])).outbox
export const isOpen = (state: string): boolean => state === 'queued' || state === 'sent'

/** Of a life that is killed. */
export function endOf(random: Pick<Random, 'next'>): End {
  const isEarly = random.next() < 0.25
  const ms = random.next() * (isEarly ? WHILE_IT_BEGINS : SOON)
  return { after: isEarly ? 'start' : 'first-save', ms }
}
/** Of a life that nobody kills: once all that waits is settled. */
export async function restOf(data: string): Promise<End> {
  const waiting = Object.entries(await outboxOf(data)).flatMap(([key, { state }]) => (isOpen(state) ? [key] : []))
  return { settled: new Set(waiting), within: SETTLES_WITHIN + waiting.length * EACH_SETTLES_WITHIN }
}
