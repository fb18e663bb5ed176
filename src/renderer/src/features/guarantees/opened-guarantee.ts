import { useMemo } from 'react'
import { GuaranteeId } from '../../../../shared/model/ids.ts'
import type { GuaranteeQuery, GuaranteeRow } from '../../../../shared/view/lists.ts'
import { useStream } from '../../store/core-context.tsx'
import { useLast } from '../../store/use-last.ts'

const ANY: GuaranteeQuery = {
  ...{ committee: null, status: null, confirmation: null, attendance: null, group: null, collector: null },
  ...{ sort: null, search: '', offset: 0, limit: 1 },
}

/** The guarantee an address names; null: it names none. */
export const namedGuarantee = (of: string | null): GuaranteeId | null =>
  of === null ? null : (GuaranteeId.safeParse(Number(of)).data ?? null)

/** One's own guarantee by its id, wherever in the list it is; null: it is not there, or another collector's. */
export function useOwnGuarantee(id: GuaranteeId): GuaranteeRow | null {
  const query = useMemo(() => ({ ...ANY, id }), [id])
  const state = useStream('guarantees', query)
  return useLast(state.is === 'ready' ? (state.value.rows.find((row) => row.id === id && row.mine) ?? null) : null)
}
