import type { GuaranteeId } from '../../../shared/model/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { HistoryLine, Note } from '../../../shared/view/notes.ts'
import type { PledgeNotes, ReadFault, Rest } from '../backend.ts'
import { askOne } from './answers.ts'
import type { Fields } from './fields.ts'

/**
 * What is written about one guarantee: its notes, and what was done to it. Both lists come whole, at most a hundred each. A history
 * that is not to be had, or not understood, is null: the notes do not wait for it.
 */
export async function readNotes(rest: Rest, id: GuaranteeId): Promise<Result<PledgeNotes, ReadFault>> {
  const notes = await askOne(rest, 'guarantees', `/api/guarantees/${id}/notes/`, (f) => f.objects('data', note))
  if (!notes.ok) return notes
  const history = await askOne(rest, 'guarantees', `/api/guarantees/${id}/history/`, (f) => f.objects('data', line))
  return ok({ notes: notes.value.value.toSorted(newestFirst), history: history.ok ? history.value.value : null })
}

const newestFirst = (a: Note, b: Note): number => b.at - a.at || b.id - a.id

const note = (f: Fields): Note => ({
  id: f.count('id'),
  author: f.textOrEmpty('user_name'),
  at: f.moment('created_at'),
  text: f.text('content'),
  important: f.truth('is_important'),
})

/** `old_value` and `new_value` hold JSON text of the server's own making, snake_case inside; they are handed on as words at most. */
const line = (f: Fields): HistoryLine => ({
  id: f.count('id'),
  action: f.text('action'),
  author: f.has('user_name') ? f.textOrEmpty('user_name') : '',
  at: f.moment('created_at'),
  before: f.has('old_value') ? wordOf(f.textOrEmpty('old_value')) : null,
  after: f.has('new_value') ? wordOf(f.textOrEmpty('new_value')) : null,
})

/** The one value inside, where there is one; null where there are none or several. */
function wordOf(json: string): string | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  if (typeof value === 'object' && value !== null) {
    const inside: unknown[] = Object.values(value)
    value = inside.length === 1 ? inside[0] : null
  }
  return typeof value === 'string' && value !== '' ? value : null
}
