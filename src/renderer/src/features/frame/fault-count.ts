import { useValue } from '../../store/core-context.tsx'

/** Committees that are not fine, and actions of this desk the server refused. */
export function useFaultCount(): number {
  const committees = useValue('committees') ?? []
  const refused = useValue('outbox')?.rejected ?? 0
  return committees.filter((row) => row.condition !== 'fine').length + refused
}
