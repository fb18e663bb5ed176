import { statSync } from 'node:fs'
import { NIST_FILE } from '../../core/evidence/pack-files.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type KeptJournal, openKept, openKeptFile } from '../node/kept-journal.ts'
import { checkAgainstSchema } from '../node/evidence/nist-schema.ts'
import { openPack, type Pack } from '../node/evidence/open-pack.ts'
import { isClean, type Verdict, verifyPack } from '../node/evidence/verify-pack.ts'
import { Cancelled } from '../node/evidence/rows.ts'
import { VERSION } from '../version.ts'
import { interruptibleTurns } from './interruptible-turns.ts'
import { readOptions } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

const SPEC = { data: { type: 'string' }, journal: { type: 'string' }, schema: { type: 'string' } } as const

/** `tallydesk pack verify FILE.zip`: proves what can be proved of an evidence pack, and says what cannot. */
export async function packCommand([verb, file, ...args]: readonly string[]): Promise<Exit> {
  if (verb !== 'verify') return usage('the one thing it does is "verify"')
  if (file === undefined || file.startsWith('--')) return usage('verify FILE.zip: the pack comes first')
  const options = readOptions(args, SPEC)
  if (!options.ok) return usage(options.error)
  const { data, journal, schema } = options.value
  const pack = openPack(file)
  if (!pack.ok) return refuse(pack.error, EXIT.badInput)
  const reader = openGiven(pack.value, data, journal)
  if (!reader.ok) return refuse(reader.error, EXIT.cannotOpen)
  const turns = interruptibleTurns()
  try {
    const verdict = await verifyPack(pack.value, reader.value, VERSION, turns.turn)
    turns.end()
    const misfits = schema === undefined ? null : await checkAgainstSchema(nistOf(pack.value), schema)
    if (misfits && !misfits.ok) return refuse(`--schema ${misfits.error}`, EXIT.cannotOpen)
    return report(pack.value, verdict, misfits?.value ?? null)
  } catch (cause) {
    if (cause instanceof Cancelled) return refuse('cancelled: nothing was proved', EXIT.failed)
    throw cause
  } finally {
    reader.value?.close()
  }
}

/** The journal to hold it against: a file, or the one of this name in a data directory; null: none was named. */
function openGiven(
  pack: Pack,
  data: string | undefined,
  journal: string | undefined,
): Result<KeptJournal | null, string> {
  if (data === undefined && journal === undefined) return ok(null)
  const isFile =
    journal !== undefined && (data === undefined || statSync(journal, { throwIfNoEntry: false }) !== undefined)
  const opened = isFile ? openKeptFile(journal) : openKept(data ?? '', journal ?? pack.manifest.journal.name)
  return opened.ok ? opened : err(opened.error.detail)
}

function nistOf(pack: Pack): unknown {
  try {
    return JSON.parse(Buffer.from(pack.files.get(NIST_FILE) ?? new Uint8Array()).toString('utf8'))
  } catch {
    return null
  }
}

function report({ manifest }: Pack, verdict: Verdict, misfits: readonly string[] | null): Exit {
  const { journal, choice, asOf } = manifest
  const isValid = misfits === null ? null : misfits.length === 0
  emit({
    journal: journal.name,
    cursor: journal.cursor,
    head: journal.head,
    asOf,
    choice,
    ...verdict,
    nistValid: isValid,
    nistFaults: misfits ?? [],
  })
  for (const { file, detail } of verdict.problems) say(`WRONG  ${file}: ${detail}`)
  if (verdict.journalFault !== null) say(`WRONG  ${verdict.journalFault}`)
  if (verdict.difference) {
    const { file, byte, line, pack, journal } = verdict.difference
    say(
      `WRONG  ${file} differs first at byte ${byte}, line ${line}\n       pack:    ${pack}\n       journal: ${journal}`,
    )
  }
  if (verdict.beginning !== null) say(`NOTE   ${verdict.beginning}`)
  for (const words of verdict.proved) say(`proved ${words}`)
  for (const words of verdict.notProved) say(`NOT    ${words}`)
  if (isValid !== null)
    say(isValid ? `proved ${NIST_FILE} is valid by the schema given` : `WRONG  ${NIST_FILE}: ${misfits?.[0] ?? ''}`)
  if (!isClean(verdict) || isValid === false) return EXIT.failed
  return verdict.against === 'none' ? EXIT.notProved : EXIT.ok
}

function usage(words: string): Exit {
  return refuse(words, EXIT.usage)
}
function refuse(words: string, exit: Exit): Exit {
  say(`pack: ${words}`)
  return exit
}
