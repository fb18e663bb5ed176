import type { Sharing } from '../../../../shared/view/sharing.ts'
import { useValue } from '../../store/core-context.tsx'

/** Who learns of a claim made now: all desks the server tells, this desk until the server is reached, or this desk alone. */
export function useCallSharing(): Sharing {
  const shares = useValue('session')?.shares
  const state = useValue('link')?.state
  if (!shares?.includes('calls')) return 'alone'
  return state === 'live' || state === 'catching-up' ? 'shared' : 'away'
}
