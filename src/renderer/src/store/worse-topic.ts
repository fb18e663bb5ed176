import type { Topic } from '../../../shared/model/change.ts'
import { useTrust } from './trust.ts'

const WEIGHT = { doubtful: 3, provisional: 2, live: 1, confirmed: 0 } as const

/** A figure made of two topics stands no better than the worse of them. */
export function useWorseTopic(one: Topic, other: Topic): Topic {
  const [first, second] = [useTrust(one), useTrust(other)]
  const weightOf = (trust: typeof first) => WEIGHT[trust?.state ?? 'provisional']
  return weightOf(second) > weightOf(first) ? other : one
}
