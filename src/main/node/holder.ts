import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { DiskFault } from '../../core/ports.ts'
import type { Result } from '../../shared/result.ts'
import { onDisk } from './sqlite.ts'

const Holder = z.object({
  pid: z.number().int(),
  /** ms since 1970. */
  since: z.number(),
  /** What it was started as; never its options, which may name people and servers. */
  command: z.string().max(40),
})

/** Notes beside the lock who holds it, for whoever comes second. */
export function noteHolder(file: string): Result<void, DiskFault> {
  const holder = { pid: process.pid, since: Date.now(), command: commandOf(process.argv) }
  return onDisk(file, () => writeFileSync(file, JSON.stringify(holder), { mode: 0o600 }))
}

/** Who holds this data directory and what to do about it, for a person. */
export function inUseWords(dir: string, file: string): string {
  const remedy = 'Go to its window, or end it there; or use another folder with --data'
  const text = onDisk(file, () => readFileSync(file, 'utf8'))
  const holder = text.ok ? Holder.safeParse(parsed(text.value)) : null
  if (!holder?.success) return `${dir}: another Tallydesk uses this folder. ${remedy}`
  const { pid, since, command } = holder.data
  return `${dir}: another Tallydesk uses this folder (process ${pid}, "${command}", since ${minuteOf(since)}). ${remedy}`
}

function commandOf([, , name = '']: readonly string[]): string {
  if (process.versions['electron'] !== undefined) return 'tallydesk in Electron'
  return /^[a-z]{1,20}$/.test(name) ? `tallydesk ${name}` : 'tallydesk'
}

/** Local time to the minute, as `2026-11-20 14:03`. */
function minuteOf(at: number): string {
  const when = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`
  return `${day} ${two(when.getHours())}:${two(when.getMinutes())}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
