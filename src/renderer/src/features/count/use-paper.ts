import { useMemo } from 'react'
import type { CandidateRow, CommitteeRow } from '../../../../shared/view/board.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import type { FieldName, Paper } from './sheet-check.ts'

/** As many rows as travel at once; beyond them nothing is said to be on record. */
const MOST_ROWS = 200

/** What this committee's sheet is held against: who came, who is entitled, what was entered before, and the other sheets. */
export function usePaper(committee: CommitteeRow, candidates: readonly CandidateRow[]): Paper {
  const { attended, electors, pledgedAttended: pledged, id } = committee
  const perBallot = useValue('headline')?.election?.maxCandidatesPerBallot ?? 0
  const sheets = useValue('sheets')
  const committees = useCommitteeNames()
  const before = useBefore(committee)
  return useMemo(() => {
    const twinOf = (print: string) => {
      const twin = sheets?.find((row) => row.print === print && row.id !== id)
      return committees?.find((row) => row.id === twin?.id)?.code ?? null
    }
    return { candidates: candidates.map((row) => row.id), attended, electors, perBallot, pledged, before, twinOf }
  }, [attended, electors, pledged, perBallot, sheets, committees, before, candidates, id])
}

/** What is on record for each field of this committee; null: nothing was entered. Never typed for anybody. */
function useBefore(committee: CommitteeRow): Paper['before'] {
  const query = { committee: committee.code, verified: null, search: '', offset: 0, limit: MOST_ROWS }
  const slice = useStream('counts', query)
  const rows = slice.is === 'ready' ? slice.value.rows : null
  const sheet = useValue('sheets')?.find((row) => row.id === committee.id)
  const { entry, id } = committee
  return useMemo(() => {
    if (entry === 'NOT_STARTED' || rows === null || !sheet) return null
    const votes = new Map<string, number>(rows.map((row) => [row.key, row.votes]))
    return (field: FieldName) => (field === 'cast' || field === 'invalid' ? sheet[field] : votes.get(`${id}:${field}`))
  }, [entry, rows, sheet, id])
}
