import type { Topic } from '../../../shared/model/change.ts'
import { type DoubtCause, readAtOf, type TopicTrust } from '../../../shared/model/trust.ts'
import { useHostPresence, useSelected, useValue } from './core-context.tsx'

/** A topic's trust as this window sees it: also in doubt while the host that would tell is away. */
export type SeenTrust =
  | Exclude<TopicTrust, { state: 'doubtful' }>
  | {
      readonly state: 'doubtful'
      readonly since: number
      readonly because: DoubtCause | 'host-away'
      readonly confirmedAt: number | null
    }

export function useTrust(topic: Topic): SeenTrust | null {
  const presence = useHostPresence()
  const known = useValue('trust')?.[topic] ?? null
  if (presence.is !== 'away' || !known || known.state === 'doubtful') return known
  return {
    state: 'doubtful',
    since: presence.since,
    because: 'host-away',
    confirmedAt: readAtOf(known),
  }
}

/** Whether its figures rest on any read; what was never read has no figure, not even a zero. */
export const wasRead = (trust: SeenTrust): boolean =>
  trust.state === 'confirmed' || trust.confirmedAt !== null || (trust.state === 'provisional' && trust.frames > 0)

/** Nothing of it was ever read here: it has no figures and no rows, and what holds that up is to be said. Drawn anew only when that turns. */
export const useIsUnread = (topic: Topic): boolean =>
  useSelected('trust', ({ [topic]: trust }) => trust !== undefined && !wasRead(trust), Object.is) ?? false

/** Nothing at all was ever read here. */
export const useIsBlank = (): boolean =>
  useSelected('trust', (known) => Object.values(known).every((trust) => !wasRead(trust)), Object.is) ?? false
