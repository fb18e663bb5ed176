import { checkChain, UNCHECKED } from '../../core/journal/chain.ts'
import { sha256 } from '../node/digest.ts'
import { openJournalReadOnly } from '../node/disk.ts'
import { journalExport } from './journal-export.ts'
import { chooseJournal } from './open-journal.ts'
import { readOptions } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

/** Rows checked between two words of progress. */
const PAGE = 20_000

/** `tallydesk journal`: what can be done with a journal from outside. */
export async function journalCommand([verb, ...args]: readonly string[]): Promise<Exit> {
  return verb === 'export' ? await journalExport(args) : await journalVerify(verb, args)
}

/** `tallydesk journal verify`: proves that no row was changed, lost or moved since it was written. */
async function journalVerify(verb: string | undefined, args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, { data: { type: 'string' }, journal: { type: 'string' } })
  if (verb !== 'verify' || !options.ok || options.value.data === undefined) {
    say(
      verb !== 'verify'
        ? 'journal: what it does is "verify" and "export"'
        : `journal: ${options.ok ? '--data DIR is needed' : options.error}`,
    )
    return EXIT.usage
  }
  const { data } = options.value
  const name = chooseJournal(data, options.value.journal)
  const reader = name.ok ? openJournalReadOnly(data, name.value) : name
  if (!name.ok || !reader.ok) {
    say(`journal: ${!name.ok ? name.error.detail : !reader.ok ? reader.error.detail : ''}`)
    return EXIT.cannotOpen
  }
  let check = UNCHECKED
  for (;;) {
    const rows = reader.value.read(check.cursor, PAGE)
    if (rows.length === 0 || check.fault) break
    check = checkChain(sha256, check, rows)
    if (check.cursor % PAGE === 0) say(`${check.cursor} events checked`)
  }
  reader.value.close()
  emit({
    journal: name.value,
    events: check.cursor,
    head: check.head,
    intact: check.fault === null,
    fault: check.fault,
  })
  say(
    check.fault
      ? `broken at event ${check.fault.cursor}: what follows cannot be vouched for`
      : `intact: ${check.cursor} events`,
  )
  return check.fault ? EXIT.failed : EXIT.ok
}
