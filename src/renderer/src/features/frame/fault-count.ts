import { useValue } from '../../store/core-context.tsx'

/** Committees that are not fine, and actions of this desk the server refused; null while neither is known. */
export function useFaultCount(): number | null {
  const committees = useValue('committees')
  const outbox = useValue('outbox')
  if (!committees || !outbox) return null
  return committees.filter((row) => row.condition !== 'fine').length + outbox.rejected
}
