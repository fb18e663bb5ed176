import { CandidateId } from '../../../shared/model/ids.ts'
import type { ConflictField, ConflictKind } from '../../../shared/view/conflict.ts'
import type { Action } from '../../outbox/action.ts'
import {
  type Clash,
  clashes,
  type Fields,
  type Holdings,
  type Seen,
  type Standing,
  wantedBy,
} from '../../outbox/standing.ts'
import type { Looked } from './look.ts'

/** What this desk holds speaks against the action. */
export function clashHere(action: Action, seen: Seen | null, here: Standing, held: Holdings): Clash {
  return {
    kind: kindOf(action),
    theirs: { by: null, at: here.held.at, committee: committeeIn(here.fields), origin: here.held.from },
    row: null,
    fields: fieldsOf(action, here.fields, clashes(action, seen, here.fields), held),
  }
}

/** What the server has speaks against the action. */
export function clashFound(action: Action, { fields, by, at, row }: Looked, held: Holdings): Clash {
  const theirs = fields ?? {}
  return {
    kind: kindOf(action),
    theirs: { by, at, committee: committeeIn(theirs), origin: 'answer' },
    row,
    fields: fieldsOf(action, theirs, Object.keys(wantedBy(action) ?? theirs), held),
  }
}

const committeeIn = ({ committee }: Fields): string | null => (typeof committee === 'string' ? committee : null)

function kindOf({ does }: Action): ConflictKind {
  if (does === 'attendance.mark' || does === 'attendance.pending') return 'double-mark'
  if (does.startsWith('guarantee.')) return 'guarantee'
  if (does.startsWith('count.')) return 'count'
  return does.startsWith('results.') ? 'results' : 'not-as-done'
}

/** The fields of which both say different things, in words. */
function fieldsOf(action: Action, theirs: Fields, names: readonly string[], held: Holdings): ConflictField[] {
  const mine = wantedBy(action)
  const fields: ConflictField[] = []
  for (const name of names) {
    const [ours, other] = [mine?.[name] ?? null, theirs[name] ?? null]
    if (mine !== null && ours === other) continue
    const field = FIELDS.get(name.split('/')[0] ?? '')
    if (field === undefined) continue
    fields.push({ field, of: ownerOf(name, held), mine: mine === null ? '' : say(ours), theirs: say(other) })
  }
  return fields
}

const FIELDS: ReadonlyMap<string, ConflictField['field']> = new Map([
  ['committee', 'committee'],
  ['status', 'status'],
  ['entry', 'status'],
  ['confirmation', 'confirmation'],
  ['group', 'group'],
  ['mobile', 'mobile'],
  ['note', 'note'],
  ['votes', 'votes'],
  ['cast', 'cast'],
  ['invalid', 'invalid'],
  ['generated', 'generated'],
])
const say = (value: string | number | null): string => (value === null ? '' : String(value))

/** The candidate a figure is of. */
function ownerOf(name: string, held: Holdings): string | null {
  const id = CandidateId.safeParse(Number(name.split('/')[1] ?? Number.NaN))
  if (!id.success) return null
  return held.of('candidate').get(id.data)?.record.name ?? `#${id.data}`
}
