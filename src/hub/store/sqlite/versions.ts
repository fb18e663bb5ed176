import type { RecordName } from '../store.ts'
import type { Versions } from '../tables.ts'
import type { Sql } from './sql.ts'

/** The number of the frame that last told of each record. */
export function versionsIn(sql: Sql): Versions & { changed(record: RecordName, seq: number): void } {
  const floor = (): number =>
    Number(sql.one<{ value: string }>(`SELECT value FROM meta WHERE key = 'versions-from'`)?.value ?? '0')
  return {
    of: (record) => sql.one<{ seq: number }>('SELECT seq FROM versions WHERE record = ?', record)?.seq ?? floor(),
    changed: (record, seq) =>
      void sql.run(
        'INSERT INTO versions (record, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq',
        record,
        seq,
      ),
  }
}
