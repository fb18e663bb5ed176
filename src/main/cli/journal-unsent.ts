import { openToRead } from './open-journal.ts'
import { readOptions } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

/** `tallydesk journal unsent`: what was typed at this desk and no server has answered. It names people. */
export async function journalUnsent(args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, { data: { type: 'string' }, journal: { type: 'string' } })
  if (!options.ok || options.value.data === undefined) {
    say(`journal unsent: ${options.ok ? '--data DIR is needed' : options.error}`)
    return EXIT.usage
  }
  const opened = openToRead(options.value.data, options.value.journal)
  if (!opened.ok) {
    say(`journal unsent: ${opened.error.detail}`)
    return opened.error.is === 'chain-broken' ? EXIT.failed : EXIT.cannotOpen
  }
  const { book, name } = opened.value
  const { waiting, entries } = book.projection.outbox
  for (const key of waiting) {
    const entry = entries.get(key)
    if (entry) emit({ t: 'unsent', key, by: entry.by, at: entry.queuedAt, sent: entry.unsure > 0, ...entry.action })
  }
  say(`${name}: ${waiting.size} typed and not answered by the server`)
  book.close()
  return EXIT.ok
}
