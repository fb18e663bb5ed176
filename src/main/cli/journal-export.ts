import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseSettings } from '../../core/settings.ts'
import { DEFAULT_ZONE } from '../../shared/zone.ts'
import { readSettings } from '../node/disk.ts'
import { openKept } from '../node/kept-journal.ts'
import { minutesAhead } from '../node/evidence/evidence-maker.ts'
import { makePack, type PackFault } from '../node/evidence/make-pack.ts'
import { VERSION } from '../version.ts'
import { interruptibleTurns } from './interruptible-turns.ts'
import { chooseJournal } from './open-journal.ts'
import { readOptions, wholeNumber } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

const SPEC = {
  data: { type: 'string' },
  journal: { type: 'string' },
  out: { type: 'string' },
  upto: { type: 'string' },
  language: { type: 'string' },
  sealed: { type: 'boolean' },
  'with-journal': { type: 'boolean' },
} as const

/** `tallydesk journal export`: an evidence pack from a journal, beside the desk that may be writing it. */
export async function journalExport(args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, SPEC)
  if (!options.ok) return usage(options.error)
  const { data, out, sealed = false, 'with-journal': withJournal = false, language = 'en' } = options.value
  if (data === undefined || out === undefined) return usage('--data DIR and --out FILE.zip are needed')
  if (language !== 'en' && language !== 'ar') return usage(`--language ${language}: en or ar`)
  if (sealed && withJournal)
    return usage('--sealed and --with-journal: the journal names people; leave one of them out')
  const upTo = wholeNumber('upto', options.value.upto, { least: 1, most: Number.MAX_SAFE_INTEGER, fallback: 0 })
  if (!upTo.ok) return usage(upTo.error)
  const file = resolve(out)
  if (!existsSync(dirname(file))) return refuse(`--out ${out}: there is no such folder`, EXIT.cannotOpen)
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    return refuse(`--out ${out}: is a folder`, EXIT.cannotOpen)
  const name = chooseJournal(data, options.value.journal)
  const reader = name.ok ? openKept(data, name.value) : name
  if (!name.ok) return refuse(name.error.detail, EXIT.cannotOpen)
  if (!reader.ok) return refuse(reader.error.detail, EXIT.cannotOpen)
  const turns = interruptibleTurns()
  const made = await makePack({
    rows: reader.value,
    name: name.value,
    upTo: upTo.value === 0 ? null : upTo.value,
    choice: {
      privacy: sealed ? 'sealed' : 'open',
      withJournal,
      language,
      utcOffsetMinutes: minutesAhead(zoneOf(data)),
    },
    version: VERSION,
    file,
    turn: turns.turn,
  })
  turns.end()
  reader.value.close()
  if (!made.ok) return refuse(made.error.detail, EXIT_OF[made.error.is])
  emit({ journal: name.value, ...made.value })
  say(`written: ${file}, head ${made.value.head} at record ${made.value.cursor}`)
  if (made.value.begins) say(beginsWords(made.value.begins))
  return EXIT.ok
}

/** As this desk tells the time; where its settings cannot be read, as a desk does at first. */
function zoneOf(dataDir: string): string {
  const stored = readSettings(dataDir)
  const settings = stored.ok ? parseSettings(stored.value) : stored
  return settings.ok ? settings.value.zone : DEFAULT_ZONE
}

const beginsWords = ({ cursor, at }: { readonly cursor: number; readonly at: number }): string =>
  `from record ${cursor} of ${new Date(at).toISOString()} on: those before were let go, what they told is in it by the checkpoint alone`

const EXIT_OF: Readonly<Record<PackFault['is'], Exit>> = {
  'chain-broken': EXIT.failed,
  empty: EXIT.badInput,
  'let-go': EXIT.failed,
  cancelled: EXIT.failed,
  'not-written': EXIT.io,
  'sealed-with-journal': EXIT.usage,
}

function usage(words: string): Exit {
  return refuse(words, EXIT.usage)
}
function refuse(words: string, exit: Exit): Exit {
  say(`journal export: ${words}`)
  return exit
}
