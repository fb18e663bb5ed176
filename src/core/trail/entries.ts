import type { User } from '../../shared/view/session.ts'
import { RAW_LENGTH, type TrailEntry, type TrailField } from '../../shared/view/trail.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { JournalRow } from '../ports.ts'
import type { OutboxEntry } from '../projection/outbox-entry.ts'
import { rawOf } from './privacy.ts'

type Of<Is extends JournalEvent['is']> = Extract<JournalEvent, { is: Is }>
type Act = Of<'queued' | 'sent' | 'undone' | 'accepted' | 'settled' | 'conflicted'>
type Placed<E> = { readonly cursor: number; readonly at: number; readonly event: E }
export type ChangeRow = Placed<Of<'change' | 'phantom'>>
export type ActRow = Placed<Act>

const ACTS: ReadonlySet<string> = new Set(['queued', 'sent', 'undone', 'accepted', 'settled', 'conflicted'])

const parse = ({ cursor, at, text }: JournalRow): Placed<JournalEvent> => ({
  cursor,
  at,
  event: JSON.parse(text) as JournalEvent, // rows are read from a journal whose chain was checked
})

/** Null where the row is not there, or tells of something else. */
export function parseChange(row: JournalRow | undefined): ChangeRow | null {
  if (row === undefined) return null
  const { event, ...place } = parse(row)
  return event.is === 'change' || event.is === 'phantom' ? { ...place, event } : null
}
export function parseAct(row: JournalRow | undefined): ActRow | null {
  if (row === undefined) return null
  const { event, ...place } = parse(row)
  return ACTS.has(event.is) ? { ...place, event: event as Act } : null // the set names just these
}

/** `earlier`: the row that told of the record before; what it said is left out. */
export function entryOfChange(row: ChangeRow, earlier: ChangeRow | null, hidden: ReadonlySet<string>): TrailEntry {
  const { cursor, at, event } = row
  const isPhantom = event.is === 'phantom'
  return {
    ...{ cursor, at, does: null, by: null, reason: null },
    source: isPhantom ? 'snapshot' : event.from,
    what: isPhantom ? 'phantom' : event.change.op === 'remove' ? 'removed' : 'told',
    provisional: !isPhantom && event.provisional === true,
    position: isPhantom ? null : (event.position ?? null),
    fields: isPhantom ? [] : fieldsOf(recordIn(earlier), recordIn(row), hidden),
    ...textOf(event, hidden),
  }
}

/** A note's words are for who wrote them, and one of two blind entries is for who typed it. */
export function entryOfAct(
  { cursor, at, event }: ActRow,
  { action, by }: OutboxEntry,
  viewer: User | null,
  hidden: ReadonlySet<string>,
): TrailEntry {
  const withheld = new Set([...hidden, ...(by === viewer?.email ? [] : ownOf(action))])
  return {
    ...{ cursor, at, source: 'desk', does: action.does, by, provisional: false, position: null },
    what: event.is === 'settled' ? event.outcome : event.is,
    reason: event.is === 'settled' ? event.reason : event.is === 'queued' ? (event.why ?? null) : null,
    fields: event.is === 'queued' ? fieldsOf({}, wantedBy(action), withheld) : [],
    ...textOf(event, withheld),
  }
}

/** What only who did it is shown of it. */
function ownOf({ does }: OutboxEntry['action']): readonly string[] {
  if (does === 'guarantee.note') return ['text']
  return does === 'count.type' ? ['cast', 'invalid', 'votes', 'remarks'] : []
}

function textOf(event: JournalEvent, hidden: ReadonlySet<string>): Pick<TrailEntry, 'raw' | 'cut'> {
  const raw = rawOf(event, hidden)
  return { raw: raw.slice(0, RAW_LENGTH), cut: raw.length > RAW_LENGTH }
}

type Fields = Readonly<Record<string, unknown>>
const recordIn = (row: ChangeRow | null): Fields =>
  row?.event.is === 'change' && row.event.change.op === 'upsert' ? { ...row.event.change.record } : {}
const wantedBy = (action: OutboxEntry['action']): Fields => {
  const { does: _does, ...wanted } = action
  return wanted
}

/** Fields that are otherwise than before; those a record did not tell stay as they were. */
function fieldsOf(was: Fields, is: Fields, hidden: ReadonlySet<string>): TrailField[] {
  return Object.entries(is).flatMap(([name, value]): TrailField[] => {
    if (wordOf(was[name]) === wordOf(value)) return []
    if (hidden.has(name)) return [{ name, was: null, is: null, hidden: true }]
    return [{ name, was: wordOf(was[name]), is: wordOf(value), hidden: false }]
  })
}

/** A list is told by its length: it is in the row's own text. */
function wordOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  return Array.isArray(value) ? `${value.length}` : String(value)
}
