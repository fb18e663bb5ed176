import type { CommitteeRow } from '../../../shared/view/board.ts'

/** Worst first. */
export const CONDITIONS = [
  'over',
  'silent',
  'count',
  'behind',
  'fine',
] as const satisfies readonly CommitteeRow['condition'][]

/** Committees by fault, then by code in people's order (`m2` before `m10`). */
export function faultsFirst<Row extends Pick<CommitteeRow, 'condition' | 'code'>>(rows: readonly Row[]): Row[] {
  const order = new Intl.Collator('en', { numeric: true })
  const weight = (row: Row) => CONDITIONS.indexOf(row.condition)
  return [...rows].sort((a, b) => weight(a) - weight(b) || order.compare(a.code, b.code))
}
