import { z } from 'zod'
import { TOPICS } from '../../shared/model/change.ts'
import { Mode } from '../../shared/model/records.ts'
import { TrustView } from '../../shared/model/trust.ts'
import { beginningWords, type PackBeginning } from './beginning.ts'
import { type EvidenceFacts, utc } from './facts.ts'

/** The file that names all others, and says what they were made from. */
export const MANIFEST = 'manifest.json'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const PackFileEntry = z.object({ name: z.string(), bytes: z.number().int().nonnegative(), sha256 })
export type PackFileEntry = z.infer<typeof PackFileEntry>

export const Manifest = z.object({
  format: z.literal('tallydesk-evidence/1'),
  /** When the last record that went in was written, ISO 8601 UTC. */
  asOf: z.string(),
  madeWith: z.object({ program: z.literal('tallydesk'), version: z.string() }),
  journal: z.object({
    name: z.string(),
    server: z.string(),
    election: z.number().int(),
    mode: Mode,
    cursor: z.number().int().positive(),
    head: sha256,
    at: z.number().int(),
    /** Absent where the whole journal went in. `says`: what that means, in words. */
    begins: z
      .object({
        ...{ cursor: z.number().int().positive(), at: z.number().int(), head: sha256, checkpoint: sha256 },
        ...{ letGoAt: z.number().int(), says: z.string() },
      })
      .optional(),
  }),
  choice: z.object({
    privacy: z.enum(['open', 'sealed']),
    withJournal: z.boolean(),
    language: z.enum(['en', 'ar']),
    utcOffsetMinutes: z.number().int().min(-840).max(840),
  }),
  /** How far each topic could be trusted at that record. */
  trust: TrustView,
  files: z.array(PackFileEntry),
})
export type Manifest = z.infer<typeof Manifest>

/** The manifest's text. `files`: all others, in the order they are in the pack. */
export function manifestText(
  { fold, journal, choice, version }: EvidenceFacts,
  files: readonly PackFileEntry[],
): string {
  const { privacy, withJournal, language, utcOffsetMinutes } = choice
  const { name, server, election, mode, cursor, head, at, begins } = journal
  const manifest: Manifest = {
    format: 'tallydesk-evidence/1',
    asOf: utc(at),
    madeWith: { program: 'tallydesk', version },
    journal: { name, server, election, mode, cursor, head, at, ...(begins && { begins: told(begins) }) },
    choice: { privacy, withJournal, language, utcOffsetMinutes },
    trust: Object.fromEntries(TOPICS.map((topic) => [topic, fold.projection.trust.of(topic)])) as Manifest['trust'], // every topic is in TOPICS
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

function told(begins: PackBeginning): Manifest['journal']['begins'] {
  const { cursor, at, head, checkpoint, letGoAt } = begins
  return { cursor, at, head, checkpoint, letGoAt, says: beginningWords(begins, utc) }
}
