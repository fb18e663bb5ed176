import { type Incident, isCalling, isOpen } from '../../../../shared/view/incident.ts'

export const SHOWS = ['mine', 'unowned'] as const
export type Shows = (typeof SHOWS)[number]

/** What calls now first, alarms before warnings, then the oldest: an incident keeps its place as long as nothing becomes of it. */
export function inOrder(incidents: readonly Incident[], now: number): Incident[] {
  const weight = (one: Incident) => (isCalling(one, now) ? 0 : 2) + (one.severity === 'alarm' ? 0 : 1)
  return incidents.filter(isOpen).sort((a, b) => weight(a) - weight(b) || a.since - b.since || (a.key < b.key ? -1 : 1))
}

/** Those asked for: whose they are, whether they call now, and of which committee. `me`: an e-mail. */
export function those(
  incidents: readonly Incident[],
  {
    shows,
    calling,
    committee,
  }: { readonly shows: Shows | null; readonly calling: boolean; readonly committee: string | null },
  me: string | null,
  now: number,
): Incident[] {
  return incidents.filter(
    (one) =>
      (shows === null || (shows === 'mine' ? one.owner === me : one.owner === null)) &&
      (!calling || isCalling(one, now)) &&
      (committee === null || one.committee?.code === committee),
  )
}
