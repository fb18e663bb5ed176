import type { CommandKey } from '../../shared/model/ids.ts'
import type { OutboxEntry } from '../projection/outbox-entry.ts'
import { laneOf, RESULTS_LANE } from './action.ts'

/** Its time is past: it must not be sent any more. */
export const isLate = ({ deadline }: OutboxEntry, now: number): boolean => deadline !== null && now >= deadline

/**
 * What may be sent now, at most `room`, of those that wait in the order typed. Of one record only the oldest; the results,
 * which are made of all the others, only when nothing older waits, and before anything newer.
 */
export function readyOf(
  waiting: Iterable<OutboxEntry>,
  underWay: ReadonlySet<CommandKey>,
  room: number,
): readonly OutboxEntry[] {
  const taken = new Set<string>()
  const ready: OutboxEntry[] = []
  for (const entry of waiting) {
    const lane = laneOf(entry.action)
    const isFree = !underWay.has(entry.key) && !taken.has(lane)
    if (lane === RESULTS_LANE) return isFree && taken.size === 0 ? [entry] : ready
    taken.add(lane)
    if (isFree && ready.push(entry) >= room) return ready
  }
  return ready
}
