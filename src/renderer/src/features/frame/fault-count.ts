import { isCalling } from '../../../../shared/view/incident.ts'
import { useNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'

/** Faults that call now: open and not put off. Null while they are not known. */
export function useFaultCount(): { readonly all: number; readonly alarms: number } | null {
  const incidents = useValue('incidents')
  const now = useNow()
  if (!incidents) return null
  const calling = incidents.filter((one) => isCalling(one, now))
  return { all: calling.length, alarms: calling.filter(({ severity }) => severity === 'alarm').length }
}
