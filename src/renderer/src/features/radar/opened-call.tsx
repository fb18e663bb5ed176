import { useMemo } from 'react'
import { ElectorNumber } from '../../../../shared/model/ids.ts'
import type { CallRow } from '../../../../shared/view/calls.ts'
import { useStream } from '../../store/core-context.tsx'
import { openNow, useOpen } from '../../store/open.ts'
import { useRoute } from '../../store/route.ts'
import { useLast } from '../../store/use-last.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { CallDialog } from './call-dialog.tsx'
import type { CallActs } from './use-calls.ts'

/** An elector is listed once; names that hold the number too are not to push them out. */
const FEW = 50

/** Taking a call takes a moment: whoever went to another screen meanwhile is not called back. */
export function openCall({ elector }: CallRow): void {
  if (useRoute.getState().screen === 'radar') openNow('call', elector)
}

/** The call the address names, as long as it is this window's. */
export function OpenedCall({ acts }: { readonly acts: CallActs }) {
  const { of, close } = useOpen('call')
  const elector = ElectorNumber.safeParse(of)
  const past = useReplayRefusal()
  if (!elector.success || past !== null) return null
  return <Opened key={elector.data} elector={elector.data} acts={acts} onClose={close} />
}

type OpenedProps = { readonly elector: ElectorNumber; readonly acts: CallActs; readonly onClose: () => void }

function Opened({ elector, acts, onClose }: OpenedProps) {
  const query = useMemo(
    () => ({ committee: null, show: null, search: elector, offset: 0, limit: FEW }) as const, // the literals of a query
    [elector],
  )
  const state = useStream('calls', query)
  const listed = state.is === 'ready' ? state.value.rows.find((row) => row.elector === elector) : undefined
  // It stays while it is typed in, also where the time of the claim runs out.
  const row = useLast(listed?.claim && listed.claim.window === acts.window ? listed : null)
  return row === null ? null : <CallDialog row={row} acts={acts} onClose={onClose} />
}
