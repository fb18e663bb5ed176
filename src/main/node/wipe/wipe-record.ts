import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DiskFault } from '../../../core/ports.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { writeFileAtomically } from '../files.ts'
import { onDisk } from '../sqlite.ts'

/** What stays of journals that were wiped: when, why, and what they came to. It names no person. */
const WipeRecord = z.object({
  /** `begun`: files may be left, and are removed at the next start. */
  state: z.enum(['begun', 'done']),
  /** UTC ms. */
  at: z.number(),
  why: z.string(),
  /** The first of them; the others followed it. */
  journal: z.string(),
  /** Server the token in the keychain is of. */
  server: z.string(),
  /** Typed actions without an answer that a person gave up. */
  gaveUp: z.number().default(0),
  journals: z.array(z.object({ journal: z.string(), events: z.number(), head: z.string() })),
})
export type WipeRecord = z.infer<typeof WipeRecord>

const folderIn = (dir: string): string => join(dir, 'wiped')
const fileOf = (dir: string, { at }: WipeRecord): string => join(folderIn(dir), `${at}.json`)

/** On disk for good when it answers. */
export function writeRecord(dir: string, record: WipeRecord): Result<string, DiskFault> {
  const file = fileOf(dir, record)
  return onDisk(file, () => {
    mkdirSync(folderIn(dir), { recursive: true, mode: 0o700 })
    writeFileAtomically(file, `${JSON.stringify(record, null, 2)}\n`)
    return file
  })
}

/** All there are, oldest first. One that does not read names nothing that could be removed, and is passed over. */
export function readRecords(dir: string): Result<readonly WipeRecord[], DiskFault> {
  const folder = folderIn(dir)
  const texts = onDisk(folder, () =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  )
  if (!texts.ok) return texts.error.is === 'missing' ? ok([]) : texts
  const records = texts.value.flatMap((text) => recordIn(text) ?? [])
  return ok(records.sort((a, b) => a.at - b.at))
}

function recordIn(text: string): WipeRecord | null {
  try {
    return WipeRecord.parse(JSON.parse(text))
  } catch {
    return null
  }
}
