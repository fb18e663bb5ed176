import type { GuaranteeId } from '../../../../shared/model/ids.ts'
import { useOpen } from '../../store/open.ts'
import { NotesPanel } from './notes-panel.tsx'
import { namedGuarantee, useOwnGuarantee } from './opened-guarantee.ts'

/** The notes of the own guarantee that the address names, wherever in the list it is. */
export function OpenedNotes() {
  const { of, close } = useOpen('notes')
  const id = namedGuarantee(of)
  return id === null ? null : <Opened key={id} id={id} onClose={close} />
}

function Opened({ id, onClose }: { readonly id: GuaranteeId; readonly onClose: () => void }) {
  const row = useOwnGuarantee(id)
  return row === null ? null : <NotesPanel row={row} onClose={onClose} />
}
