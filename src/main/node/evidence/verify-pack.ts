import { CHECKPOINT_FILE, JOURNAL_FILE } from '../../../core/evidence/pack-files.ts'
import { beginningWords } from '../../../core/evidence/beginning.ts'
import { utc } from '../../../core/evidence/facts.ts'
import { MANIFEST, manifestText, type PackFileEntry } from '../../../core/evidence/manifest.ts'
import { compare, type Difference } from './compare.ts'
import { derive } from './derive.ts'
import { NdjsonRows } from './ndjson-rows.ts'
import { type Pack, type PackProblem, wholeness } from './open-pack.ts'
import { foldRows, type Rows, type Turn } from './rows.ts'

/** What a verification found. `proved` and `notProved` are for people and scripts alike. */
export type Verdict = {
  readonly problems: readonly PackProblem[]
  /** Against which journal it was held: one given, the one in the pack, or none. */
  readonly against: 'given' | 'in-pack' | 'none'
  /** Why the journal itself cannot be what the pack was made from; null: it can. */
  readonly journalFault: string | null
  readonly difference: Difference | null
  /** What is in the pack only by the checkpoint its journal begins at, in the pack's own words; null: nothing. */
  readonly beginning: string | null
  readonly proved: readonly string[]
  readonly notProved: readonly string[]
}

/**
 * Holds a pack against its manifest, then makes every file again from the journal at the pack's record and compares byte for
 * byte. Without a journal of ours, the rows in the pack stand in, which proves less: `notProved` says what.
 */
export async function verifyPack(pack: Pack, given: Rows | null, version: string, turn: Turn): Promise<Verdict> {
  const problems = wholeness(pack)
  const inPack = pack.files.get(JOURNAL_FILE)
  const rows = given ?? (inPack ? new NdjsonRows(inPack, pack.files.get(CHECKPOINT_FILE)) : null)
  const against = given ? 'given' : inPack ? 'in-pack' : 'none'
  const { begins } = pack.manifest.journal
  const beginning = begins ? beginningWords(begins, utc) : null
  const found = { problems, against, beginning } as const // `against` is one of three words, not any text
  if (!rows) return verdict({ ...found, journalFault: null, difference: null })
  const { name, cursor } = pack.manifest.journal
  const folded = await foldRows(rows, name, cursor, turn, begins?.cursor ?? 1)
  if (!folded.ok) return verdict({ ...found, journalFault: folded.error.detail, difference: null })
  const { journal } = folded.value
  if (journal.head !== pack.manifest.journal.head) {
    const detail = `record ${cursor} of this journal has the hash ${journal.head}; the pack says ${pack.manifest.journal.head}`
    return verdict({ ...found, journalFault: detail, difference: null })
  }
  const facts = { ...folded.value, choice: pack.manifest.choice, version: pack.manifest.madeWith.version }
  for (const { name, bytes } of derive(facts, rows, turn)) {
    const difference = await compare(name, pack.files.get(name) ?? new Uint8Array(), bytes())
    if (difference) return verdict({ ...found, journalFault: null, difference }, version, pack)
  }
  const difference = await compareManifest(pack, facts)
  return verdict({ ...found, journalFault: null, difference }, version, pack)
}

/** All files being as they should, the manifest has to be the one they would get. */
async function compareManifest(pack: Pack, facts: Parameters<typeof manifestText>[0]): Promise<Difference | null> {
  const listed = new Map(pack.manifest.files.map((entry) => [entry.name, entry]))
  const files: PackFileEntry[] = derive(facts, { read: () => [], last: () => null }, async () => {}).flatMap(
    ({ name }) => listed.get(name) ?? [],
  )
  const text = manifestText(facts, files)
  return await compare(MANIFEST, Buffer.from(pack.manifestText, 'utf8'), once(text))
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8')
}

type Found = Omit<Verdict, 'proved' | 'notProved'>

function verdict(found: Found, version?: string, pack?: Pack): Verdict {
  const { problems, against, journalFault, difference } = found
  const proved: string[] = []
  const notProved: string[] = []
  const say = (isSo: boolean, words: string) => (isSo ? proved : notProved).push(words)
  say(problems.length === 0, 'every file is the one the manifest names, and there is no other')
  if (against === 'none') {
    notProved.push('that the files equal a journal: none was given, and none is in the pack')
    return { ...found, proved, notProved }
  }
  const isSame = journalFault === null && difference === null
  const from = pack?.manifest.journal.begins ? `from record ${pack.manifest.journal.begins.cursor} ` : ''
  say(
    journalFault === null,
    `the journal is unbroken ${from}up to the pack’s record, and its hash there is the pack’s head`,
  )
  say(isSame, 'every file is, byte for byte, what this journal gives')
  if (difference && version !== undefined && pack && pack.manifest.madeWith.version !== version) {
    notProved.push(
      `this is version ${version}, the pack was made with ${pack.manifest.madeWith.version}: verify with that one to be sure`,
    )
  }
  if (against === 'in-pack') {
    notProved.push('that the journal in the pack is the desk’s own: compare its head with the desk, or give --data')
  }
  return { ...found, proved, notProved }
}

/** Whether everything that was looked at is as it should be. */
export const isClean = ({ problems, journalFault, difference }: Verdict): boolean =>
  problems.length === 0 && journalFault === null && difference === null
