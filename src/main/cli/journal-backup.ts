import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { backUp, backupWords, listBackups } from '../node/backup/backups.ts'
import { type RestoreFault, restoreBackup } from '../node/backup/restore.ts'
import { systemClock } from '../node/clock.ts'
import { openPack } from '../node/evidence/open-pack.ts'
import { chooseJournal } from './open-journal.ts'
import { readOptions } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

const WHY_NOT_SEALED =
  'a backup is there to be put back, and without the people in it it could be neither proved nor used; to hand a copy on: tallydesk journal export --sealed --data DIR --out FILE.zip'
const NAMES_PEOPLE =
  'it names people, as the journal does; to hand a copy on: tallydesk journal export --sealed --data DIR --out FILE.zip'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** `tallydesk journal backup`: a copy of a journal that was read back and checked, beside the desk that may be writing it. */
export async function journalBackup(args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, {
    data: { type: 'string' },
    journal: { type: 'string' },
    sealed: { type: 'boolean' },
  })
  if (!options.ok) return refuse('backup', options.error, EXIT.usage)
  const { data, journal, sealed } = options.value
  if (sealed) return refuse('backup', `--sealed: ${WHY_NOT_SEALED}`, EXIT.usage)
  if (data === undefined) return refuse('backup', '--data DIR is needed', EXIT.usage)
  const name = chooseJournal(data, journal)
  if (!name.ok) return refuse('backup', name.error.detail, EXIT.cannotOpen)
  const made = await backUp({ dir: data, name: name.value, now: Date.now(), turn })
  if (!made.ok) return refuse('backup', backupWords(made.error), exitOf(made.error.is))
  const kept = listBackups(data, name.value).map(({ file }) => file)
  emit({ journal: name.value, backup: made.value, kept })
  say(
    made.value
      ? `written and read back: ${made.value.file}, ${made.value.events} events`
      : `nothing new since the last backup: ${kept[0]}`,
  )
  say(NAMES_PEOPLE)
  return EXIT.ok
}

/** `tallydesk journal restore FILE`: puts a backup in the place of the journal it was made of. */
export async function journalRestore([file, ...args]: readonly string[]): Promise<Exit> {
  const options = readOptions(args, { data: { type: 'string' } })
  if (!options.ok) return refuse('restore', options.error, EXIT.usage)
  const { data } = options.value
  if (file === undefined || file.startsWith('--') || data === undefined)
    return refuse('restore', 'FILE and --data DIR are needed', EXIT.usage)
  const pack = packWords(file)
  if (pack !== null)
    return refuse('restore', `${pack}; what can be put back is a file of ${join(data, 'backups')}`, EXIT.badInput)
  if (!existsSync(file)) return refuse('restore', `${file}: there is no such file`, EXIT.cannotOpen)
  const nothing = () => {}
  const log = { info: nothing, warn: nothing, error: (event: string) => say(`restore: ${event}`) }
  const done = await restoreBackup({ dir: data, file: resolve(file), turn, clock: systemClock(), log })
  if (!done.ok) return refuse('restore', done.error.detail, exitOf(done.error.is))
  const { journal, events, setAside, carried } = done.value
  emit(done.value)
  say(`restored: ${journal}, ${events} events; everything is in doubt until the server was read`)
  if (setAside.length > 0) say(`what lay there is kept: ${setAside.join(', ')}`)
  if (carried > 0) say(`${carried} typed actions that no server had answered were taken over and will be sent`)
  return EXIT.ok
}

/** What an evidence pack is, for somebody who takes it for a journal; null: it is none. */
export function packWords(file: string): string | null {
  const pack = file.endsWith('.zip') ? openPack(file) : null
  if (!pack?.ok) return null
  const sealed = pack.value.manifest.choice.privacy === 'sealed'
  return `${file}: ${sealed ? 'a sealed evidence pack, without the people and without the journal' : 'an evidence pack, not a journal'}; tallydesk pack verify ${file} --data DIR proves it`
}

const exitOf = (is: RestoreFault['is']): Exit =>
  is === 'chain-broken' || is === 'not-as-written'
    ? EXIT.failed
    : is === 'full' || is === 'failed'
      ? EXIT.io
      : EXIT.cannotOpen

function refuse(verb: string, words: string, exit: Exit): Exit {
  say(`journal ${verb}: ${words}`)
  return exit
}
