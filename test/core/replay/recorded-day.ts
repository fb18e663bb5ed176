import type { Console } from '../../../src/core/console.ts'
import type { Book } from '../../../src/core/book.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import type { JournalRow } from '../../../src/core/ports.ts'
import { Player, type PlayerEvents } from '../../../src/core/replay/player.ts'
import type { Brought, Recordings } from '../../../src/core/replay/recordings.ts'
import { Viewing } from '../../../src/core/replay/viewing.ts'
import { handlersOf } from '../../../src/core/handlers.ts'
import { sourcesOf } from '../../../src/core/sources.ts'
import { noLink } from '../../../src/core/nothing.ts'
import { replaceable } from '../../../src/core/patch/relay.ts'
import type { SessionView, User } from '../../../src/shared/view/session.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import type { Stage } from '../../../src/core/replay/stage.ts'
import type { Recording, ReplayFault } from '../../../src/shared/view/replay.ts'
import { err, ok } from '../../../src/shared/result.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { bookOnDisk, must, sha256, shown } from '../journal/on-disk.ts'

export const RECORDING: Recording = {
  name: 'a',
  is: 'now',
  server: 'ems',
  election: 1,
  mode: 'rehearsal',
  from: null,
  to: null,
  rows: 0,
}

/** Rows as a reader gives them. */
export const readerOf = (rows: readonly JournalRow[]) => ({
  read: (after: number, limit: number) => rows.slice(after, after + limit),
  last: () => rows.at(-1) ?? null,
  length: () => rows.length,
  close: () => {},
})

/** A book into which a day is written; `wait` lets the desk's time pass between batches. */
export function recordedDay() {
  const { book, clock, disk, name } = bookOnDisk()
  return {
    book,
    clock,
    rows: () => disk.rows(name),
    write: (...events: readonly JournalEvent[]) => must(book, events),
    wait: (ms: number) => clock.advance(ms),
  }
}

/** What a fold of these rows shows: the truth a replay is held against. */
export function foldOf(rows: readonly JournalRow[], now: number): string {
  const disk = memoryDisk()
  const store = disk.journal('again')
  if (!store.ok) throw new Error('no store')
  store.value.append(rows, 'power')
  store.value.close()
  const { book } = bookOnDisk({ disk, name: 'again', clock: new ManualClock(now) })
  return shown(book, now)
}
/** What a replay shows, in the same words. The journal's own end is its reader's. */
export function shownBy(stage: Stage, now: number, journal: Book['journal']): string {
  return shown({ ...pick(stage), journal } as Book, now) // what `shown` reads of a book
}
const pick = ({ projection, figures, feed }: Stage) => ({ projection, figures, feed })

/** A player over rows, with what it told. */
export function playerOf(rows: readonly JournalRow[], clock = new ManualClock()) {
  const faults: ReplayFault[] = []
  const told = { changed: 0, replaced: 0 }
  const on: PlayerEvents = {
    changed: () => void (told.changed += 1),
    replaced: () => void (told.replaced += 1),
    ended: (fault) => void faults.push(fault),
  }
  const player = new Player({ clock, digest: sha256, at: null }, RECORDING, readerOf(rows), on)
  return { player, clock, faults, told }
}

type View = Pick<SessionView, 'state' | 'user' | 'server' | 'servers'>
const person = (role: User['role']): User => ({
  id: 1 as never,
  email: 'dana@tally.example',
  name: 'Dana',
  role,
  committees: [],
})
export const SIGNED_IN: View = { state: 'signed-in', user: person('ADMIN'), server: null, servers: [] }
export const CLERK: View = { state: 'signed-in', user: person('USER'), server: null, servers: [] }
export const NOBODY: View = { state: 'signed-out', user: null, server: null, servers: [] }

/** What a window asks of a console: a book that is live, recordings beside it, somebody signed in. */
export function deskWith(
  recordings: Readonly<Record<string, readonly JournalRow[]>>,
  {
    file = null,
    live = recordedDay(),
    brought: broughtRows = null,
    from = null,
  }: {
    file?: string | null
    live?: ReturnType<typeof recordedDay>
    /** `missing`: a pack without its journal. */
    brought?: readonly JournalRow[] | null | 'missing'
    /** Recordings of a real disk in place of those above. */
    from?: Recordings | null
  } = {},
) {
  const opened: string[] = []
  const open = (name: string) => {
    opened.push(name)
    const rows = name === 'now' ? live.rows() : recordings[name]
    return rows ? ok(readerOf(rows)) : err({ is: 'missing' as const, detail: name })
  }
  const kept: string[] = []
  const bring = (rows: readonly JournalRow[] | null | 'missing'): Brought => ({
    add: (text) => (kept.push(text), ok(null)),
    open: () =>
      rows && rows !== 'missing' ? ok(readerOf(rows)) : err({ is: rows ?? ('corrupt' as const), detail: 'no journal' }),
    drop: () => void kept.splice(0),
  })
  const readers: Recordings = {
    list: () => ok(['now', ...Object.keys(recordings).filter((name) => name !== file)]),
    open,
    bring: () => ok(bring(broughtRows)),
    file: file === null ? null : { name: file, open: () => open(file) },
  }
  let view = SIGNED_IN
  const listeners = new Set<() => void>()
  const book = replaceable<Book | null>(live.book)
  const core = { book, session: { user: () => view.user }, link: { view: () => ({ ...noLink(0), state: 'live' }) } }
  const console = {
    ports: { clock: live.clock, digest: sha256, log: new LogLines() },
    options: { recordings: from ?? readers, host: {} },
    settings: { now: { alerts: { target: null } } },
    core: replaceable(core),
    view: () => view,
    onChange: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  } as unknown as Console // a window asks nothing else of it
  const viewing = new Viewing(console)
  return {
    console,
    viewing,
    live,
    opened,
    /** Parts of a brought file that lie on the disk. */
    kept,
    sources: sourcesOf(console, viewing),
    handlers: handlersOf(console, viewing),
    settle: () => live.clock.settle(),
    become(next: View) {
      view = next
      for (const listener of listeners) listener()
    },
  }
}
