import type { Book } from '../../src/core/book.ts'
import { type Kind, topicOf, type Topic } from '../../src/shared/model/change.ts'
import type {
  Attendance,
  BallotEntry,
  Candidate,
  Committee,
  Election,
  Guarantee,
  Party,
  Results,
  VoteCount,
} from '../../src/shared/model/records.ts'
import type { Entry, SharedSheet } from '../../src/shared/sheet/sheet-view.ts'

/** The records of a desk by the server's names for them, each with the same one text that the server gives its own. */
const FACES: { readonly [kind: string]: (record: never) => string } = {
  election: (record: Election) => record.phase,
  committee: (record: Committee) => `${record.name}/${record.electors}`,
  party: (record: Party) => record.name,
  candidate: (record: Candidate) => record.name,
  guarantee: (record: Guarantee) =>
    `${record.status}/${record.confirmation}/${record.note}/${record.mobile}/${record.hasNotes}`,
  attendance: (record: Attendance) => `${record.elector}@${record.committeeCode}/${record.status}/${record.notes}`,
  count: (record: VoteCount) => `${record.votes}/${record.verified}`,
  entry: (record: BallotEntry) => `${record.status}/${record.cast}/${record.invalid}`,
  sheet: ({ entries }: SharedSheet) => {
    const who = (entry: Entry | null | undefined) => (entry ? `${entry.by}*${entry.turns}` : '-')
    const { first, second, differs, typed } = entries ?? { differs: [] }
    const how = typed ? `${typed.how} ${who(typed.first)} ${who(typed.second)}` : '-'
    return `${who(first)}/${who(second)}/${differs}/${how}`
  },
  results: (record: Results) => `${record.status}/${record.generatedAt}`,
}

/** A count's key names committee and candidate; the server's row of it is one number. */
export const nameOf = (kind: string, key: unknown): string =>
  kind === 'count' ? `count/${String(key).replace(':', '')}` : `${kind}/${key}`

export const faceOf = (kind: string, record: unknown): string => FACES[kind]?.(record as never) ?? '?' // a record of that kind

export const topicOfName = (name: string): Topic => topicOf(name.slice(0, name.indexOf('/')) as Kind) // names are made of kinds

export function facesOf(book: Book): Map<string, string> {
  const faces = new Map<string, string>()
  for (const kind of Object.keys(FACES) as Kind[]) {
    const table: ReadonlyMap<unknown, { readonly record: unknown }> = book.projection.tables[kind]
    for (const [key, held] of table) faces.set(nameOf(kind, key), faceOf(kind, held.record))
  }
  return faces
}
