import { createInterface } from 'node:readline/promises'
import { readSettings } from '../../core/settings.ts'
import { openPorts } from '../node/ports.ts'
import { type Wiped, type WipeFault, wipeJournals } from '../node/wipe/wipe-journals.ts'
import { readOptions, wholeNumber } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'
import { chooseJournal } from './open-journal.ts'

/** `tallydesk journal wipe`: removes a journal and all that was made of it on this desk, once a person has named it. */
export async function journalWipe(args: readonly string[]): Promise<Exit> {
  const spec = {
    data: { type: 'string' },
    journal: { type: 'string' },
    yes: { type: 'string' },
    'give-up': { type: 'string' },
  } as const
  const options = readOptions(args, spec)
  if (!options.ok) return refuse(options.error, EXIT.usage)
  const { data, journal, yes } = options.value
  const giveUp = wholeNumber('give-up', options.value['give-up'], { least: 0, most: 1_000_000, fallback: 0 })
  if (!giveUp.ok) return refuse(giveUp.error, EXIT.usage)
  if (data === undefined) return refuse('--data DIR is needed', EXIT.usage)
  const name = chooseJournal(data, journal)
  if (!name.ok) return refuse(name.error.detail, EXIT.cannotOpen)
  const named = yes ?? (await asked(name.value))
  if (named === null) return refuse(`nobody to ask; say --yes ${name.value}`, EXIT.usage)
  if (named !== name.value) return refuse(`"${named}" is not "${name.value}": nothing was removed`, EXIT.usage)
  const opened = openPorts({ dir: data })
  if (!opened.ok) return refuse(opened.error.detail, EXIT.cannotOpen)
  const { ports, close } = opened.value
  try {
    const wish = { dir: data, disk: ports.disk, name: name.value, why: 'asked for', now: Date.now() }
    const wiped = wipeJournals({ ...wish, giveUp: giveUp.value })
    if (!wiped.ok) return refuse(wiped.error.detail, exitOf(wiped.error.is))
    await ports.vault.probe()
    const erased = await ports.vault.erase(wiped.value.server)
    if (!erased.ok)
      say(`the sign-in in the keychain could not be removed (${erased.error.is}): remove it there by hand`)
    forgetBook(ports, wiped.value.server)
    emit(wiped.value)
    for (const line of wordsOf(wiped.value)) say(line)
    return erased.ok ? EXIT.ok : EXIT.failed
  } finally {
    close()
  }
}

/** What the person types; null where nobody can be asked. */
async function asked(name: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  say(`This removes the journal "${name}", those that followed it, and their checkpoints, backups, evidence packs`)
  say('and the sign-in kept for its server. It cannot be undone. A record of when, why and the last hash stays.')
  const typed = await terminal.question('Type the name of the journal to remove it: ')
  terminal.close()
  return typed.trim()
}

/** The next start does not look for what is gone. */
function forgetBook({ disk }: { readonly disk: Parameters<typeof readSettings>[0] }, server: string): void {
  const settings = readSettings(disk)
  if (!settings.ok) return
  const { [server]: _gone, ...books } = settings.value.books
  const written = disk.writeSettings({ ...settings.value, books })
  if (!written.ok) say(`settings not written: ${written.error.detail}`)
}

const wordsOf = ({ journals, files, record }: Wiped): readonly string[] => [
  `removed: ${journals.length} journal(s) with ${journals.reduce((sum, { events }) => sum + events, 0)} events, ${files} files`,
  `the record of it is ${record}`,
]

const exitOf = (is: WipeFault['is']): Exit => (is === 'unsent' ? EXIT.failed : EXIT.cannotOpen)

function refuse(words: string, exit: Exit): Exit {
  say(`journal wipe: ${words}`)
  return exit
}
