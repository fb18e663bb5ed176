import { localStamp } from '../../time.ts'
import type { CallOutcome, CallRecord, Calls } from '../call-tables.ts'
import type { Sql } from './sql.ts'
import { listed, Where } from './windows.ts'

type CallRow = {
  readonly elector: string
  readonly user: number | null
  readonly user_name: string | null
  readonly caller: string | null
  readonly window: string | null
  readonly since: number | null
  readonly until: number | null
  readonly outcome: CallOutcome | null
  readonly called_by: number | null
  readonly called_name: string | null
  readonly called_caller: string | null
  readonly called_at: number | null
  readonly times: number
}

const SELECT = `SELECT k.*, u.first_name || ' ' || u.last_name AS user_name, v.first_name || ' ' || v.last_name AS called_name
  FROM calls k LEFT JOIN users u ON u.id = k.user LEFT JOIN users v ON v.id = k.called_by`

const CLAIM = `INSERT INTO calls (elector, user, caller, window, since, until) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
          since = iif(user IS excluded.user AND window IS excluded.window AND until > excluded.since, since, excluded.since),
          user = excluded.user, caller = excluded.caller, window = excluded.window, until = excluded.until`

const CALLED = `INSERT INTO calls (elector, outcome, called_by, called_caller, called_at, times) VALUES (?, ?, ?, ?, ?, 1)
          ON CONFLICT DO UPDATE SET times = times + 1,
          outcome = iif(excluded.called_at >= coalesce(called_at, 0), excluded.outcome, outcome),
          called_by = iif(excluded.called_at >= coalesce(called_at, 0), excluded.called_by, called_by),
          called_caller = iif(excluded.called_at >= coalesce(called_at, 0), excluded.called_caller, called_caller),
          called_at = max(excluded.called_at, coalesce(called_at, 0))`

function recordOf(row: CallRow): CallRecord {
  const { elector, user, caller, window, since, until, outcome, called_by, called_caller, called_at, times } = row
  const isHeld = user !== null && caller !== null && window !== null && since !== null && until !== null
  const isCalled = outcome !== null && called_by !== null && called_caller !== null && called_at !== null
  return {
    elector,
    claim: isHeld
      ? { caller, window, user, user_name: row.user_name ?? '', since: localStamp(since), until: localStamp(until) }
      : null,
    called: isCalled
      ? {
          ...{ outcome, caller: called_caller, user: called_by, user_name: row.called_name ?? '' },
          ...{ at: localStamp(called_at), times },
        }
      : null,
  }
}

/** Who rings whom, over all desks, and what calls came to. */
export function callsIn(sql: Sql): Calls {
  return {
    list: (window, owners) => {
      const where = new Where().add('(k.user IS NOT NULL OR k.outcome IS NOT NULL)')
      if (owners !== null)
        where.add(
          'k.elector IN (SELECT elector FROM guarantees WHERE user IN (SELECT value FROM json_each(?)))',
          JSON.stringify(owners),
        )
      const query = { select: SELECT, countFrom: 'calls k', key: 'k.elector', order: 'k.elector' }
      return listed<CallRow, CallRecord>(sql, query, where, window, recordOf)
    },
    of: (elector) => {
      const row = sql.one<CallRow>(`${SELECT} WHERE k.elector = ?`, elector)
      return row === undefined ? null : recordOf(row)
    },
    holderOf: (elector, at) =>
      sql.one('SELECT user, window FROM calls WHERE elector = ? AND user IS NOT NULL AND until > ?', elector, at) ??
      null,
    heldBy: (user, at) =>
      sql.one<{ n: number }>('SELECT count(*) AS n FROM calls WHERE user = ? AND until > ?', user, at)?.n ?? 0,
    claim: (elector, { user, window, caller }, at, until) =>
      void sql.run(CLAIM, ...[elector, user, caller, window, at, until]),
    release: (elector) =>
      void sql.run(
        'UPDATE calls SET user = NULL, caller = NULL, window = NULL, since = NULL, until = NULL WHERE elector = ?',
        elector,
      ),
    called: (elector, { user, caller, outcome }, at) => void sql.run(CALLED, ...[elector, outcome, user, caller, at]),
    overdue: (at) =>
      sql
        .all<{ elector: string }>('SELECT elector FROM calls WHERE user IS NOT NULL AND until <= ?', at)
        .map((row) => row.elector),
    ownersOf: (elector) =>
      sql
        .all<{ user: number }>('SELECT user FROM guarantees WHERE elector = ? ORDER BY id', elector)
        .map((row) => row.user),
  }
}
