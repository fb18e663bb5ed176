import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, Log, LogFields } from '../../core/ports.ts'
import { redactField, redactText } from './redact.ts'

/** Bytes of one log file before the next is begun. */
const MAX_BYTES = 2 * 1024 * 1024
/** Files kept, the current one included: the last 10 MB tell the day. */
const MAX_FILES = 5
/** Longest text of one field: a stack fits, a page of HTML does not. */
const MAX_TEXT = 4_000

type Level = 'info' | 'warn' | 'error'
export type LogOptions = {
  readonly maxBytes?: number
  readonly maxFiles?: number
  /** Also given each redacted line, without its newline: a terminal for instance. */
  readonly tee?: (line: string) => void
}

/**
 * The log: one JSON object a line in DIR/log/tallydesk.ndjson, older files numbered .1 and up. It owns the open file;
 * it writes no secret and no telephone number, and it never throws: what could not be written is counted and told with
 * the next line that could.
 */
export function openLog(dir: string, clock: Pick<Clock, 'now'>, options: LogOptions = {}): Log & { close(): void } {
  const folder = join(dir, 'log')
  const file = join(folder, 'tallydesk.ndjson')
  const maxBytes = options.maxBytes ?? MAX_BYTES
  const maxFiles = options.maxFiles ?? MAX_FILES
  let fd: number | null = null
  let bytes = 0
  let lost = 0
  let closed = false

  function begin() {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    fd = openSync(file, 'a', 0o600)
    bytes = fstatSync(fd).size
  }
  function rotate() {
    if (fd !== null) closeSync(fd)
    fd = null
    rmSync(`${file}.${maxFiles - 1}`, { force: true })
    for (let n = maxFiles - 2; n >= 0; n--) {
      const from = n === 0 ? file : `${file}.${n}`
      if (existsSync(from)) renameSync(from, `${file}.${n + 1}`)
    }
  }
  function put(line: string) {
    const text = Buffer.from(`${line}\n`, 'utf8')
    if (fd === null) begin()
    if (bytes > 0 && bytes + text.byteLength > maxBytes) {
      rotate()
      begin()
    }
    if (fd !== null) bytes += writeSync(fd, text)
  }

  function write(level: Level, event: string, fields: LogFields | undefined) {
    if (closed) return
    try {
      const line = toLine(clock.now(), level, event, fields)
      options.tee?.(line)
      if (lost > 0) put(toLine(clock.now(), 'warn', 'log.lost', { lines: lost }))
      lost = 0
      put(line)
    } catch {
      lost += 1
    }
  }
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
    close: () => {
      closed = true
      if (fd !== null) closeSync(fd)
      fd = null
    },
  }
}

function toLine(now: number, level: Level, event: string, fields: LogFields | undefined): string {
  const line: Record<string, unknown> = { at: new Date(now).toISOString(), level, event: redactText(event) }
  for (const [name, value] of Object.entries(fields ?? {})) {
    const shown = redactField(name, value)
    const text = typeof shown === 'string' && shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}…` : shown
    line[name in line ? `${name}_` : name] = text
  }
  return JSON.stringify(line)
}
