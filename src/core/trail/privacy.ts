import type { Kind, Records } from '../../shared/model/change.ts'
import type { User } from '../../shared/view/session.ts'
import { isOwn, seesCommittee } from '../authority.ts'
import type { Shown } from '../projection/shown.ts'

const GROUP = ['group', 'groupName', 'groupColor'] as const
const NOTHING: ReadonlySet<string> = new Set()

/** Names of fields this user is not shown of this record: the same ones its list leaves out. */
export function hiddenFrom(
  shown: Shown,
  viewer: User | null,
  record: Records[Kind]['record'] | null,
): ReadonlySet<string> {
  if (record === null || !('confirmation' in record)) return NOTHING
  const hidden = new Set<string>()
  if (!isOwn(viewer, record)) for (const name of GROUP) hidden.add(name)
  if (!seesCommittee(viewer, shown.figures.placeOf(record) ?? '')) hidden.add('electorMobile')
  return hidden
}

/** Stands for what is hidden, in an entry's own text. */
export const HIDDEN = '•••'

/** An event as it was written, without what is hidden. */
export const rawOf = (event: unknown, hidden: ReadonlySet<string>): string =>
  JSON.stringify(event, (name, value: unknown) => (hidden.has(name) && value !== null ? HIDDEN : value), 2)
