import { type Change, type Kind, type Position } from '../../shared/model/change.ts'
import type { ReadPart } from '../backend/backend.ts'
import type { Book } from '../book.ts'
import type { JournalEvent } from '../journal/event.ts'
import { type Held, refOf, type Told } from '../projection/table.ts'
import { isSettled } from '../projection/settled.ts'
import { saysNothingNew } from './same.ts'

/** A frame may run this far ahead of its commit; a read begun sooner after it cannot speak against it. Ms. */
export const COMMIT_GRACE = 2_000

type Known = Held<unknown>
/** When a read began: ms, and the journal's last event then. */
export type ReadBegun = { readonly from: number; readonly after: number }

/**
 * What a read of one scope changes here: records that differ or are new, records that are gone, and phantoms (shown
 * because of a frame, never written). Whatever came after the read began, a removal too, is newer than it and stays.
 */
export function difference(book: Book, part: ReadPart, begun: ReadBegun): readonly JournalEvent[] {
  const events: JournalEvent[] = []
  const position = part.position ?? undefined
  const seen = new Set<unknown>()
  for (const change of part.changes) {
    seen.add(change.key)
    const held = tableOf(book, change.kind).get(change.key)
    const known = held ?? book.projection.gone(refOf(change))
    if (known && isNewer(known, part.position, begun)) continue
    if (held && change.op === 'upsert' && saysNothingNew(held.record, change.record)) continue
    events.push({ is: 'change', change, from: 'snapshot', ...(position && { position }) })
  }
  for (const [kind, key, held] of scopeOf(book, part)) {
    if (seen.has(key) || isNewer(held, part.position, begun)) continue
    const change = { kind, op: 'remove', key } as Change // key and kind come from one table
    if (held.provisional) events.push({ is: 'phantom', change })
    else events.push({ is: 'change', change, from: 'snapshot', ...(position && { position }) })
  }
  return events
}

function isNewer(told: Told, read: Position | null, { from, after }: ReadBegun): boolean {
  if (read && told.position && read.epoch === told.position.epoch) return told.position.seq > read.seq
  if (told.from !== 'live') return false
  return told.cursor > after || (told.provisional && !isSettled(told.at, from - COMMIT_GRACE, from))
}

function tableOf(book: Book, kind: Kind): ReadonlyMap<unknown, Known> {
  return book.projection.tables[kind]
}

function* scopeOf(book: Book, { scope }: ReadPart): Generator<readonly [Kind, unknown, Known]> {
  if (scope.is === 'kind') {
    for (const [key, held] of tableOf(book, scope.kind)) yield [scope.kind, key, held]
    return
  }
  const table = tableOf(book, 'attendance')
  for (const id of book.attendanceByCommittee.of(scope.code)) {
    const held = table.get(id)
    if (held) yield ['attendance', id, held]
  }
}
