import { IconAlertOctagonFilled, IconAlertTriangle } from '@tabler/icons-react'
import type { Severity } from '../../../../shared/view/incident.ts'

/** Filled and eight-sided: act now. Outlined and three-sided: look soon. */
export function SeverityMark({ severity, size = 16 }: { readonly severity: Severity; readonly size?: number }) {
  const Icon = severity === 'alarm' ? IconAlertOctagonFilled : IconAlertTriangle
  return <Icon size={size} stroke={2} aria-hidden />
}
