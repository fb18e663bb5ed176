import type { CommitteeRow } from '../../../shared/view/board.ts'

/** Worst first. */
export const CONDITIONS = [
  'over',
  'silent',
  'count',
  'behind',
  'fine',
] as const satisfies readonly CommitteeRow['condition'][]

type Faulty = Pick<CommitteeRow, 'condition' | 'code'>
let collator: Intl.Collator | null = null
/** Made once: making it takes longer than sorting with it. */
const inOrder = (a: Faulty, b: Faulty): number => {
  collator ??= new Intl.Collator('en', { numeric: true })
  return collator.compare(a.code, b.code)
}

/**
 * Committees by fault, then by code in people's order (`m2` before `m10`). Each fault's own are put in order by themselves: as
 * they mostly come in that order, four hundred cost four hundred comparisons, many times a second.
 */
export function faultsFirst<Row extends Faulty>(rows: readonly Row[]): Row[] {
  return CONDITIONS.flatMap((condition) => rows.filter((row) => row.condition === condition).sort(inOrder))
}
