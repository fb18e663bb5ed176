import { listBackups } from '../node/backup/backups.ts'
import { journalFile } from '../node/disk.ts'
import { type LetGo, type LostEnd, type MissingPart, verifyJournal } from '../node/verify-journal.ts'
import { journalBackup, journalRestore, packWords } from './journal-backup.ts'
import { journalExport } from './journal-export.ts'
import { journalWipe } from './journal-wipe.ts'
import { journalUnsent } from './journal-unsent.ts'
import { chooseJournal } from './open-journal.ts'
import { readOptions } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

/** Events checked between two words of progress. */
const TOLD_EVERY = 20_000

/** `tallydesk journal`: what can be done with a journal from outside. */
export async function journalCommand([verb, ...args]: readonly string[]): Promise<Exit> {
  switch (verb) {
    case 'export':
      return journalExport(args)
    case 'backup':
      return journalBackup(args)
    case 'restore':
      return journalRestore(args)
    case 'wipe':
      return journalWipe(args)
    case 'unsent':
      return journalUnsent(args)
    default:
      return journalVerify(verb, args)
  }
}

/** `tallydesk journal verify`: proves that no row was changed, lost or moved since it was written. */
async function journalVerify(verb: string | undefined, args: readonly string[]): Promise<Exit> {
  const pack = verb === 'verify' && args[0] !== undefined && !args[0].startsWith('--') ? packWords(args[0]) : null
  if (pack !== null) {
    say(`journal verify: ${pack}`)
    return EXIT.badInput
  }
  const options = readOptions(args, { data: { type: 'string' }, journal: { type: 'string' } })
  if (verb !== 'verify' || !options.ok || options.value.data === undefined) {
    say(
      verb !== 'verify'
        ? 'journal: what it does is "verify", "export", "backup", "restore", "unsent" and "wipe"'
        : `journal: ${options.ok ? '--data DIR is needed' : options.error}`,
    )
    return EXIT.usage
  }
  const { data } = options.value
  const name = chooseJournal(data, options.value.journal)
  const file = name.ok ? journalFile(data, name.value) : name
  if (!name.ok || !file.ok) return refuse(name.ok ? (file.ok ? '' : file.error.detail) : name.error.detail)
  const verdict = verifyJournal(file.value, (events) => {
    if (events % TOLD_EVERY === 0) say(`${events} events checked`)
  })
  if (!verdict.ok) return refuse(verdict.error.detail)
  const { fault, damage, missing, missingParts, letGo, lost, from, to, ...extent } = verdict.value
  const isIntact = fault === null && damage === null && missing === null && missingParts.length === 0
  const backups = listBackups(data, name.value).map(({ file: at }) => at)
  const found = { fault, damage, missing, missingParts, letGo, lost, backups }
  emit({ journal: name.value, ...extent, from, to, intact: isIntact, ...found })
  if (letGo) say(letGoWords(letGo))
  for (const each of missingParts) say(missingWords(each))
  if (fault) say(`broken at event ${fault.cursor}: what follows cannot be vouched for`)
  if (damage !== null) say(`the file itself is damaged: ${damage}`)
  if (missing)
    say(
      `event ${missing.cursor} was written here and is not in the journal: a power cut took it, or its end was cut off or is another`,
    )
  for (const each of lost) say(lostWords(each))
  if (isIntact)
    say(`intact: ${extent.events} events${extent.parts.length > 1 ? ` in ${extent.parts.length} parts` : ''}`)
  else if (backups.length > 0) say(`the newest backup is ${backups[0]}: tallydesk journal restore FILE --data ${data}`)
  return isIntact ? EXIT.ok : EXIT.failed
}

const letGoWords = ({ cursor, head, at }: LetGo): string =>
  `from event ${cursor + 1} on; those before were let go on ${new Date(at).toISOString()}, head ${head}`

const missingWords = ({ file, from, to }: MissingPart): string =>
  `events ${to === null ? `from ${from} on` : `${from} to ${to}`} are not there` +
  (file === null ? '' : `: their file ${file} is missing. Put it back if it was moved away`) +
  (to === null ? '' : `; what follows is checked from the hash that event ${to + 1} names`)

const lostWords = ({ after, through, at, saved }: LostEnd): string =>
  `known: rows ${after + 1} to ${through} were gone at the start of ${new Date(at).toISOString()}; ` +
  (saved === false ? 'nothing told as saved was in them' : 'entries told as saved may have been in them')

function refuse(words: string): Exit {
  say(`journal: ${words}`)
  return EXIT.cannotOpen
}
