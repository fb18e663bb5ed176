import { useMemo } from 'react'
import { AttendanceId, ElectorNumber } from '../../../../shared/model/ids.ts'
import type { AttendanceRow } from '../../../../shared/view/lists.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { mayMarkAt } from '../../store/may.ts'
import { openNow, useOpen } from '../../store/open.ts'
import { useLast } from '../../store/use-last.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { CorrectMark } from './correct-mark.tsx'

/** An elector has one mark, seldom a few; names that hold the number too are not to push it out. */
const FEW = 50

type Named = { readonly id: AttendanceId; readonly elector: ElectorNumber }

/** A mark is named by its id and its elector: by the number it is found in the list. */
export const openCorrection = ({ id, elector }: AttendanceRow): void => openNow('correct', `${id}-${elector}`)

function namedMark(of: string | null): Named | null {
  const found = /^(\d+)-(.+)$/.exec(of ?? '')
  const id = AttendanceId.safeParse(Number(found?.[1]))
  const elector = ElectorNumber.safeParse(found?.[2])
  return id.success && elector.success ? { id: id.data, elector: elector.data } : null
}

/** The correction of the mark that the address names, wherever in the list it is. */
export function OpenedCorrection() {
  const { of, close } = useOpen('correct')
  const named = namedMark(of)
  const past = useReplayRefusal()
  return named === null || past !== null ? null : <Opened key={of} named={named} onClose={close} />
}

function Opened({ named: { id, elector }, onClose }: { readonly named: Named; readonly onClose: () => void }) {
  const may = useValue('session')?.may
  const query = useMemo(
    () => ({ committee: null, status: null, search: elector, offset: 0, limit: FEW }) as const, // the literals of a query
    [elector],
  )
  const state = useStream('attendance', query)
  const row = useLast(state.is === 'ready' ? (state.value.rows.find((each) => each.id === id) ?? null) : null)
  if (row === null || may === undefined || !mayMarkAt(may, row.committeeCode)) return null
  return <CorrectMark row={row} onClose={onClose} />
}
