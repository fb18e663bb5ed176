import type { CommitteeId } from '../../shared/model/ids.ts'
import type { SharedSheet } from '../../shared/sheet/sheet-view.ts'
import type { RestReply } from '../backend/backend.ts'
import { isObject, understood } from '../backend/election/fields.ts'
import { sharedSheet } from '../backend/election/records.ts'
import type { Book } from '../book.ts'
import type { Ledger } from '../teller.ts'

export const handlePath = (committee: CommitteeId): string => `/api/voting/sheets/${committee}/handle/`

/** The sheet as the server has it, from its answer or its refusal, shown at once: the frame that tells the same follows. */
export function keepSheet(book: Book, value: unknown, position: RestReply['position']): void {
  const read = understood(value, 'sheet', 'rest', sharedSheet)
  if (!read.ok) return
  const record: SharedSheet = read.value
  const change = { kind: 'sheet', op: 'upsert', key: record.committee, record } as const // the literals of a change
  book.commit([{ is: 'change', change, from: 'snapshot', ...(position && { position }) }])
}
export const currentIn = (errors: unknown): unknown => (isObject(errors) ? errors['current'] : null)

/** Warnings dealt with here that the server was not told of yet. */
export const handledLedger: Ledger = {
  ability: 'remarks',
  next: (book, by) => {
    const turn = book.projection.sheets.untold().find((one) => one.by === by)
    if (!turn) return null
    const { committee, code, field, note: content, key } = turn
    return {
      ...{ key, path: handlePath(committee), body: { code, field, content } },
      note: (told) => {
        if (told.is === 'taken') keepSheet(book, told.reply.data, told.reply.position)
        else keepSheet(book, currentIn(told.errors), null)
        const said = { does: 'told', committee, by, key, how: told.is } as const // a turn's literal
        return book.commit([{ is: 'sheet', turn: said }], 'power').ok
      },
    }
  },
}
