import type { Recording } from '../../shared/view/replay.ts'
import { isAdmin } from '../authority.ts'
import type { Console } from '../console.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { Identity } from '../open-book.ts'
import { type JournalReader, ReaderRefused } from './recordings.ts'

/** Every recording this window may open, the one being written first, then the latest first. */
export function recordingsOf(console: Console): readonly Recording[] {
  const { recordings } = console.options
  if (!recordings) return []
  const found: Recording[] = []
  const add = (name: string, isFile: boolean, opened: ReturnType<typeof recordings.open>) => {
    if (!opened.ok) return console.ports.log.warn('recording not readable', { name, detail: opened.error.detail })
    found.push(describe(console, name, opened.value, isFile))
    opened.value.close()
  }
  if (recordings.file) add(recordings.file.name, true, recordings.file.open())
  const names = recordings.list()
  if (!names.ok) console.ports.log.warn('recordings not listed', { detail: names.error.detail })
  else for (const name of names.value) add(name, false, recordings.open(name))
  const weight = ({ is }: Recording) => (is === 'file' ? 0 : is === 'now' ? 1 : 2)
  return found.filter((one) => mayOpen(console, one)).sort((a, b) => weight(a) - weight(b) || (b.to ?? 0) - (a.to ?? 0))
}

/** What a recording is, from its two ends. */
export function describe(console: Console, name: string, reader: JournalReader, isFile: boolean): Recording {
  const { first, last } = endsOf(reader)
  const head = console.core.now()?.book.now()?.journal.head
  const is = isFile ? 'file' : last !== null && last.hash === head ? 'now' : 'kept'
  const identity = first ? openedBy(first.text) : null
  const { server: here, servers } = console.view()
  const known = [...servers, here].find((server) => server?.id === identity?.server)
  return {
    name,
    is,
    server: known?.name ?? identity?.server ?? null,
    election: identity?.election ?? null,
    mode: identity?.mode ?? null,
    from: first?.at ?? null,
    to: last?.at ?? null,
    rows: reader.length(),
  }
}

/** Its first row and its last. What a disk refuses to unpack is told by whoever reads on, and here known by its last alone. */
function endsOf(reader: JournalReader) {
  try {
    const [first] = reader.read(0, 1)
    return { first, last: reader.last() }
  } catch (cause) {
    if (!(cause instanceof ReaderRefused)) throw cause
    return { first: undefined, last: reader.last() }
  }
}

/**
 * Whoever is signed in may look back at the journal being written, which holds what the live screens show. Another server's
 * or election's is for administrators. The file the console was started on is for whoever started it.
 */
export function mayOpen(console: Console, { is }: Recording): boolean {
  if (is === 'file') return true
  const { state, user } = console.view()
  return state === 'signed-in' && user !== null && (is === 'now' || isAdmin(user))
}

function openedBy(text: string): Identity | null {
  try {
    const event = JSON.parse(text) as JournalEvent // read for its name only; the chain is checked before anything is shown
    return event.is === 'opened' || (event.is === 'part' && event.does === 'begun') ? event : null
  } catch {
    return null
  }
}
