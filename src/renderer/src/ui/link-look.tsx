import {
  IconAlertOctagonFilled,
  IconCircleFilled,
  IconClockPause,
  IconLogout2,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react'
import type { LinkState } from '../../../shared/model/link.ts'

/** How much a link state asks of people. Live is quiet. */
export type Weight = 'quiet' | 'information' | 'warning' | 'alarm'
export const LINK_WEIGHT: Readonly<Record<LinkState, Weight>> = {
  live: 'quiet',
  'catching-up': 'information',
  stale: 'warning',
  offline: 'warning',
  'signed-out': 'warning',
  refused: 'alarm',
}

const ICON = {
  live: IconCircleFilled,
  'catching-up': IconRefresh,
  stale: IconClockPause,
  offline: IconPlugConnectedX,
  'signed-out': IconLogout2,
  refused: IconAlertOctagonFilled,
} as const

/** Each state has its own shape, so that colour is never the only sign. */
export function LinkIcon({ state, size = 16 }: { readonly state: LinkState; readonly size?: number }) {
  const Icon = ICON[state]
  return <Icon size={state === 'live' ? Math.round(size * 0.6) : size} aria-hidden stroke={2} />
}
