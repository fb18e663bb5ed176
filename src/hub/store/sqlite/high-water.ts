import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'high-water.json'

/** The furthest point this data directory is known to have reached, kept beside the store and not in it. */
export type HighWater = { readonly epoch: string; readonly start: number; readonly seq: number }

/** Null when there is none or it cannot be read: then nothing is known and nothing is concluded. */
export function readHighWater(directory: string): HighWater | null {
  try {
    const found: unknown = JSON.parse(readFileSync(join(directory, FILE), 'utf8'))
    if (typeof found !== 'object' || found === null) return null
    const { epoch, start, seq } = found as Record<string, unknown> // fields are checked on the next line
    if (typeof epoch !== 'string' || typeof start !== 'number' || typeof seq !== 'number') return null
    return { epoch, start, seq }
  } catch {
    return null
  }
}

/** Written whole or not at all: a half-written mark must not read as an older one. */
export function writeHighWater(directory: string, mark: HighWater): void {
  const target = join(directory, FILE)
  writeFileSync(`${target}.new`, JSON.stringify(mark), { mode: 0o600 })
  renameSync(`${target}.new`, target)
}
