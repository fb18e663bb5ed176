import type { SheetFigures } from '../../../shared/sheet/sheet.ts'
import type { RemarkDraft } from '../remark-tables.ts'
import type { EndedRound, Pair, RoundEnd, TypedEntry, TypedSheets } from '../typed-tables.ts'
import type { Sql } from './sql.ts'

type EntryRow = {
  readonly user: number
  readonly email: string
  readonly name: string
  readonly turns: number
  readonly at: number
  readonly figures: string
  readonly remarks: string
}
type RoundRow = {
  readonly id: number
  readonly how: RoundEnd
  readonly email: string
  readonly name: string
  readonly content: string
  readonly ended_at: number
}

const ENTRIES = `SELECT e.user, e.turns, e.at, e.figures, e.remarks, u.email, u.first_name || ' ' || u.last_name AS name
  FROM sheet_entries e JOIN users u ON u.id = e.user WHERE e.round = ? ORDER BY e.id`
const ROUNDS = `SELECT r.id, r.how, r.content, r.ended_at, u.email, u.first_name || ' ' || u.last_name AS name
  FROM sheet_rounds r JOIN users u ON u.id = r.user WHERE r.committee = ?`

const entryOf = (row: EntryRow): TypedEntry => ({
  ...{ user: row.user, user_email: row.email, user_name: row.name, turns: row.turns, at: row.at },
  figures: JSON.parse(row.figures) as SheetFigures, // written below from that very type
  remarks: JSON.parse(row.remarks) as RemarkDraft[], // as above
})

/** Entries that wait for a second person or for the two to agree, and all those before them. */
export function typedIn(sql: Sql): TypedSheets {
  const entries = (round: number) => sql.all<EntryRow>(ENTRIES, round).map(entryOf)
  const openOf = (committee: number): number | null =>
    sql.one<{ id: number }>('SELECT id FROM sheet_rounds WHERE committee = ? AND how IS NULL', committee)?.id ?? null
  const endedOf = (row: RoundRow): EndedRound => ({
    ...{ how: row.how, content: row.content, user_email: row.email, user_name: row.name, at: row.ended_at },
    entries: entries(row.id),
  })
  return {
    of: (committee) => {
      const round = openOf(committee)
      return round === null ? { first: null, second: null } : pairOf(entries(round))
    },
    put: (committee, { user, turns, at, figures, remarks }) => {
      const round = openOf(committee) ?? sql.run('INSERT INTO sheet_rounds (committee) VALUES (?)', committee).id
      sql.run(
        'INSERT INTO sheet_entries (round, user, turns, at, figures, remarks) VALUES (?, ?, ?, ?, ?, ?)',
        ...[round, user, turns, at, JSON.stringify(figures), JSON.stringify(remarks)],
      )
    },
    end: (committee, how, { user, content }, at) =>
      void sql.run(
        'UPDATE sheet_rounds SET how = ?, user = ?, content = ?, ended_at = ?, on_record = ? WHERE committee = ? AND how IS NULL',
        ...[how, user, content, at, how === 'dropped' ? 0 : 1, committee],
      ),
    onRecord: (committee) => {
      const row = sql.one<RoundRow>(`${ROUNDS} AND r.on_record = 1 ORDER BY r.id DESC LIMIT 1`, committee)
      return row === undefined ? null : endedOf(row)
    },
    replaced: (committee) =>
      void sql.run('UPDATE sheet_rounds SET on_record = 0 WHERE committee = ? AND on_record = 1', committee),
    ended: (committee) => sql.all<RoundRow>(`${ROUNDS} AND r.how IS NOT NULL ORDER BY r.id`, committee).map(endedOf),
  }
}

/** The latest of each person; whoever typed first is the first, however often they typed it since. */
export function pairOf(entries: readonly TypedEntry[]): Pair {
  const latest = new Map<number, TypedEntry>()
  for (const entry of entries) latest.set(entry.user, entry)
  const [first = null, second = null] = latest.values()
  return { first, second }
}
