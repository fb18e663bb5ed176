import { IconAlertOctagonFilled, IconArrowDownRight, IconScaleOff, IconVolumeOff } from '@tabler/icons-react'
import type { CommitteeRow } from '../../../shared/view/board.ts'

const ICON = {
  over: IconAlertOctagonFilled,
  silent: IconVolumeOff,
  count: IconScaleOff,
  behind: IconArrowDownRight,
} as const

/** The shape of a committee's condition; fine has none. */
export function ConditionMark({
  condition,
  size = 15,
}: {
  readonly condition: CommitteeRow['condition']
  readonly size?: number
}) {
  if (condition === 'fine') return null
  const Icon = ICON[condition]
  return <Icon size={size} stroke={2} aria-hidden />
}
