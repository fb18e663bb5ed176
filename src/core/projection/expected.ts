import type { Target } from '../../shared/view/incident.ts'

/** Electors who should have come by `at`, ms, on the way to the target: a straight line from opening to closing. */
export function expectedBy({ share, opens, closes }: Target, electors: number, at: number): number {
  const passed = closes > opens ? (at - opens) / (closes - opens) : 1
  return Math.round(share * electors * Math.min(1, Math.max(0, passed)))
}
