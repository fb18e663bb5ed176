import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, Log, LogFields } from '../../core/ports.ts'
import { redactField, redactText } from './redact.ts'

/** Bytes of one log file before the next is begun. */
const MAX_BYTES = 2 * 1024 * 1024
/** Files kept, the current one included: the last 10 MB tell the day. */
export const MAX_FILES = 5
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
  const file = new RotatingFile(join(dir, 'log'), options)
  let lost = 0
  let closed = false

  function write(level: Level, event: string, fields: LogFields | undefined) {
    if (closed) return
    try {
      const line = toLine(clock.now(), level, event, fields)
      options.tee?.(line)
      if (lost > 0) file.put(toLine(clock.now(), 'warn', 'log.lost', { lines: lost }))
      lost = 0
      file.put(line)
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
      file.close()
    },
  }
}

class RotatingFile {
  readonly #folder: string
  readonly #file: string
  readonly #maxBytes: number
  readonly #maxFiles: number
  #fd: number | null = null
  #bytes = 0
  #torn = false

  constructor(folder: string, options: LogOptions) {
    this.#folder = folder
    this.#file = join(folder, 'tallydesk.ndjson')
    this.#maxBytes = options.maxBytes ?? MAX_BYTES
    this.#maxFiles = options.maxFiles ?? MAX_FILES
  }

  put(line: string) {
    // After a line that was cut short by a full disk the next one begins on its own line.
    const text = Buffer.from(`${this.#torn ? '\n' : ''}${line}\n`, 'utf8')
    let fd = this.#fd ?? this.#begin()
    if (this.#bytes > 0 && this.#bytes + text.byteLength > this.#maxBytes) {
      this.close()
      this.#rotate()
      fd = this.#begin()
    }
    const written = writeSync(fd, text)
    this.#bytes += written
    this.#torn = written < text.byteLength
    if (this.#torn) throw new Error('the line was cut short')
  }

  close() {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }

  #begin(): number {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const fd = openSync(this.#file, 'a', 0o600)
    this.#bytes = fstatSync(fd).size
    this.#fd = fd
    return fd
  }

  #rotate() {
    rmSync(`${this.#file}.${this.#maxFiles - 1}`, { force: true })
    for (let n = this.#maxFiles - 2; n >= 0; n--) {
      const from = n === 0 ? this.#file : `${this.#file}.${n}`
      if (existsSync(from)) renameSync(from, `${this.#file}.${n + 1}`)
    }
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
