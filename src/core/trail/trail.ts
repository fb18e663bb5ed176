import type { Kind, Records } from '../../shared/model/change.ts'
import { assertNever, err, ok, type Result } from '../../shared/result.ts'
import type { User } from '../../shared/view/session.ts'
import type { TrailOf, TrailView } from '../../shared/view/trail.ts'
import { scopeOf } from '../authority.ts'
import { committeeLane, electorLane, guaranteeLane, promiseLane, RESULTS_LANE } from '../outbox/action.ts'
import type { JournalRow } from '../ports.ts'
import type { OutboxEntry } from '../projection/outbox-entry.ts'
import type { Shown } from '../projection/shown.ts'
import { type Ref, SavedRef } from '../projection/table.ts'
import { paperTrail } from './paper-trail.ts'
import { type ActRow, type ChangeRow, entryOfAct, entryOfChange, parseAct, parseChange } from './entries.ts'
import { hiddenFrom } from './privacy.ts'

/** Rows about the record in one answer: more than a panel shows at once. */
const PAGE = 50
/** Rows of actions in one answer. */
const MOST_ACTS = 180

/** Where rows are read, one by its cursor. */
export type Rows = (cursor: number) => JournalRow | undefined
type Found = Omit<TrailView, 'replayed'>
type AnyRecord = Records[Kind]['record']

function refOf({ kind, key }: TrailOf): Ref | null {
  const parsed = SavedRef.safeParse({ kind, key: kind === 'count' || kind === 'results' ? key : Number(key) })
  return parsed.success ? parsed.data : null
}

function heldOf({ projection }: Shown, ref: Ref): AnyRecord | null {
  const table: ReadonlyMap<unknown, { readonly record: AnyRecord }> = projection.of(ref.kind)
  return table.get(ref.key)?.record ?? null
}

/**
 * The journal's rows about one record, newest first. Each row of a record names the one before it and each action its own rows,
 * so a page costs as many reads as it has lines, whatever the journal's length.
 */
export function trailOf(
  shown: Shown,
  rows: Rows,
  viewer: User | null,
  of: TrailOf,
  after: number | null,
): Result<Found, 'unknown' | 'not-allowed'> {
  if (of.kind === 'paper') return paperTrail(shown, rows, viewer, of.key)
  const ref = refOf(of)
  const told = ref === null ? null : shown.projection.toldOf(ref)
  if (ref === null || told === null) return err('unknown')
  const { found, next } = changesFrom(rows, after ?? told.cursor)
  const held = heldOf(shown, ref)
  const record = held ?? lastTold(found)
  const scope = scopeOf(viewer)
  if (record && 'attendedAt' in record && scope?.has(record.committeeCode) === false) return err('not-allowed')
  const hidden = hiddenFrom(shown, viewer, record)
  const changes = found.slice(0, PAGE).map((row, index) => entryOfChange(row, found[index + 1] ?? null, hidden))
  const typed = actsOf(shown, ref, record).flatMap((entry) => entry.rows.map((cursor) => ({ entry, cursor })))
  const inPage = typed.filter(({ cursor }) => cursor > (next ?? 0) && (after === null || cursor <= after))
  const newest = inPage.sort((a, b) => b.cursor - a.cursor).slice(0, MOST_ACTS)
  const acts = newest.flatMap(({ entry, cursor }) => {
    const act: ActRow | null = parseAct(rows(cursor))
    return act === null ? [] : [entryOfAct(act, entry, viewer, hidden)]
  })
  return ok({
    name: nameOf(record),
    gone: held === null,
    entries: [...changes, ...acts].sort((a, b) => b.cursor - a.cursor),
    leftOut: inPage.length - newest.length,
    next,
  })
}

/** A page of rows and the one before it, which says what the last of the page changed. */
function changesFrom(rows: Rows, from: number): { readonly found: readonly ChangeRow[]; readonly next: number | null } {
  const found: ChangeRow[] = []
  let cursor: number | undefined = from
  while (cursor !== undefined && found.length <= PAGE) {
    const row = parseChange(rows(cursor))
    if (row === null) break
    found.push(row)
    cursor = row.event.before
  }
  return { found, next: found.length > PAGE ? (found[PAGE]?.cursor ?? null) : null }
}

/** What a record was before it was taken away. */
function lastTold(found: readonly ChangeRow[]): AnyRecord | null {
  for (const { event } of found) if (event.change.op === 'upsert') return event.change.record
  return null
}

/** What was typed here of the record. */
function actsOf({ projection }: Shown, ref: Ref, record: AnyRecord | null): readonly OutboxEntry[] {
  const of = (lane: string) => projection.outbox.typedOf(lane)
  switch (ref.kind) {
    case 'attendance':
      return record && 'elector' in record ? of(electorLane(record.elector)) : []
    case 'guarantee': {
      // The same elector may be promised to several collectors: only what made this very record is its own.
      const made = record && 'elector' in record ? of(promiseLane(record.elector)) : []
      return [...made.filter(({ row }) => row === null || row === ref.key), ...of(guaranteeLane(ref.key))]
    }
    case 'entry':
      return of(committeeLane(ref.key))
    case 'count':
      return record && 'candidate' in record ? of(committeeLane(record.committee)) : []
    case 'results':
      return of(RESULTS_LANE)
    case 'election':
    case 'committee':
    case 'party':
    case 'candidate':
    case 'group':
    case 'call':
    case 'sheet':
      return []
    default:
      return assertNever(ref)
  }
}

function nameOf(record: AnyRecord | null): string {
  if (record === null) return ''
  if ('electorName' in record) return record.electorName || record.elector
  return 'name' in record ? record.name : ''
}
