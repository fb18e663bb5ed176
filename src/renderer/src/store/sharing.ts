import type { Shared, Sharing } from '../../../shared/view/sharing.ts'
import { useValue } from './core-context.tsx'

/** Who learns of what is done now: all desks the server tells, this desk until the server is reached, or this desk alone. */
export function useSharing(ability: Shared): Sharing {
  const shares = useValue('session')?.shares
  const state = useValue('link')?.state
  if (!shares?.includes(ability)) return 'alone'
  return state === 'live' || state === 'catching-up' ? 'shared' : 'away'
}
