import type { Change } from '../../shared/model/change.ts'
import { type Ref, refName, refOf } from '../projection/table.ts'
import type { JournalEvent } from './event.ts'

const isTold = (event: JournalEvent): event is Extract<JournalEvent, { readonly change: Change }> =>
  event.is === 'change' || event.is === 'phantom'

/**
 * The events as they are written after `cursor`: each change names the row that told of the same record before. A record's
 * history is then read row by row backwards from its last one, however long the journal is. In constant time a change.
 */
export function threaded(
  events: readonly JournalEvent[],
  cursor: number,
  lastOf: (ref: Ref) => { readonly cursor: number } | null,
): readonly JournalEvent[] {
  const here = new Map<string, number>()
  return events.map((event, index) => {
    if (!isTold(event)) return event
    const ref = refOf(event.change)
    const name = refName(ref)
    const before = here.get(name) ?? lastOf(ref)?.cursor
    here.set(name, cursor + index + 1)
    return before === undefined ? event : { ...event, before }
  })
}
