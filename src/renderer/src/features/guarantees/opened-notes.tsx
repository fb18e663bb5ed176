import { useEffect, useMemo, useState } from 'react'
import { GuaranteeId } from '../../../../shared/model/ids.ts'
import type { GuaranteeQuery, GuaranteeRow } from '../../../../shared/view/lists.ts'
import { useStream } from '../../store/core-context.tsx'
import { useOpen } from '../../store/open.ts'
import { NotesPanel } from './notes-panel.tsx'

const ANY: GuaranteeQuery = {
  ...{ committee: null, status: null, confirmation: null, attendance: null, group: null, collector: null },
  ...{ sort: null, search: '', offset: 0, limit: 1 },
}

/** The notes of the own guarantee that the address names, wherever in the list it is. */
export function OpenedNotes() {
  const { of, close } = useOpen('notes')
  const id = of === null ? null : (GuaranteeId.safeParse(Number(of)).data ?? null)
  return id === null ? null : <Opened key={id} id={id} onClose={close} />
}

/** It stays as it was shown last where the record goes away meanwhile: what is being typed about it is not taken away. */
function Opened({ id, onClose }: { readonly id: GuaranteeId; readonly onClose: () => void }) {
  const query = useMemo(() => ({ ...ANY, id }), [id])
  const state = useStream('guarantees', query)
  const now = state.is === 'ready' ? (state.value.rows.find((row) => row.id === id && row.mine) ?? null) : null
  const [last, keep] = useState<GuaranteeRow | null>(null)
  useEffect(() => {
    if (now !== null) keep(now)
  }, [now])
  const row = now ?? last
  return row === null ? null : <NotesPanel row={row} onClose={onClose} />
}
