import type { Log, LogFields } from '../../src/core/ports.ts'

export type LogLine = { readonly level: 'info' | 'warn' | 'error'; readonly event: string; readonly fields: LogFields }

/** A log that keeps its lines, to be looked through. */
export class LogLines implements Log {
  readonly lines: LogLine[] = []
  info(event: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', event, fields })
  }
  warn(event: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', event, fields })
  }
  error(event: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'error', event, fields })
  }
  /** Everything as one text. */
  text(): string {
    return this.lines.map((line) => JSON.stringify(line)).join('\n')
  }
}
