import type { GuaranteeId } from '../../../../shared/model/ids.ts'
import { openNow, useOpen } from '../../store/open.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { EditGuarantee } from './edit-guarantee.tsx'
import { namedGuarantee, useOwnGuarantee } from './opened-guarantee.ts'
import { RemoveGuarantee } from './remove-guarantee.tsx'

/** What the address opens over the list for one of one's own guarantees: to change it, or to take it away. */
export function OpenedEdit() {
  const edit = useOpen('edit')
  const remove = useOpen('remove')
  const past = useReplayRefusal()
  const editing = namedGuarantee(edit.of)
  const removing = namedGuarantee(remove.of)
  if (past !== null) return null
  if (editing !== null) return <Editing key={editing} id={editing} onClose={edit.close} />
  return removing === null ? null : <Removing key={removing} id={removing} onClose={remove.close} />
}

type OpenedProps = { readonly id: GuaranteeId; readonly onClose: () => void }

function Editing({ id, onClose }: OpenedProps) {
  const row = useOwnGuarantee(id)
  if (row === null) return null
  const onRemove = () => {
    onClose()
    openNow('remove', String(id))
  }
  return <EditGuarantee row={row} onRemove={onRemove} onClose={onClose} />
}

function Removing({ id, onClose }: OpenedProps) {
  const row = useOwnGuarantee(id)
  return row === null ? null : <RemoveGuarantee row={row} onClose={onClose} />
}
