import type { CommitteeRow } from '../../../shared/view/board.ts'
import { useSelected } from './core-context.tsx'

/** What a committee is called; its figures are a `CommitteeRow`'s. */
export type CommitteeName = Pick<CommitteeRow, 'id' | 'code' | 'name'>

/**
 * All committees by name, null before they are known. The same array for as long as none is renamed, added or gone: a list
 * of 420 names is not drawn again for each figure that moves.
 */
export const useCommitteeNames = (): readonly CommitteeName[] | null =>
  useSelected('committees', (rows): readonly CommitteeName[] => rows, sameNames)

function sameNames(before: readonly CommitteeName[], rows: readonly CommitteeName[]): boolean {
  if (before.length !== rows.length) return false
  return rows.every((row, place) => {
    const was = before[place]
    return was === row || (was?.id === row.id && was.code === row.code && was.name === row.name)
  })
}
