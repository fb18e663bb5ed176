import { CommitteeCode } from '../../shared/model/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { User } from '../../shared/view/session.ts'
import { RAW_LENGTH, type TrailEntry, type TrailView } from '../../shared/view/trail.ts'
import { scopeOf } from '../authority.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { PaperTurn } from '../paper/paper-turn.ts'
import type { Shown } from '../projection/shown.ts'
import { rawOf } from './privacy.ts'
import type { Rows } from './trail.ts'

const NOTHING: ReadonlySet<string> = new Set()

/** What was typed of a committee's paper, newest first: its own rows, as they were written. */
export function paperTrail(
  { projection, figures }: Shown,
  rows: Rows,
  viewer: User | null,
  key: string,
): Result<Omit<TrailView, 'replayed'>, 'unknown' | 'not-allowed'> {
  const code = CommitteeCode.safeParse(key)
  const cursors = code.success ? projection.paper.rowsOf(code.data) : []
  if (!code.success || cursors.length === 0) return err('unknown')
  if (scopeOf(viewer)?.has(code.data) === false) return err('not-allowed')
  const id = figures.idOf.get(code.data)
  const name = id === undefined ? key : (projection.of('committee').get(id)?.record.name ?? key)
  let before: PaperTurn | null = null
  const entries: TrailEntry[] = []
  for (const cursor of cursors) {
    const row = rows(cursor)
    const event = row && (JSON.parse(row.text) as JournalEvent) // rows are read from a journal whose chain was checked
    if (!row || event?.is !== 'paper') continue
    entries.unshift(entryOf(row, event, before))
    before = event.turn
  }
  return ok({ name, gone: false, entries, leftOut: 0, next: null })
}

function entryOf(
  { cursor, at }: { readonly cursor: number; readonly at: number },
  event: Extract<JournalEvent, { is: 'paper' }>,
  before: PaperTurn | null,
): TrailEntry {
  const { by, reason, count, attended, waiting } = event.turn
  const raw = rawOf(event, NOTHING)
  const field = (name: string, was: number | null, is: number) => ({
    ...{ name, was: was === null ? null : String(was), is: String(is), hidden: false },
  })
  return {
    ...{ cursor, at, source: 'desk', what: 'counted', provisional: false, position: null, does: null, by, reason },
    fields: [
      field('count', before?.count ?? null, count),
      field('attended', null, attended),
      field('waiting', null, waiting),
    ],
    ...{ raw: raw.slice(0, RAW_LENGTH), cut: raw.length > RAW_LENGTH },
  }
}
