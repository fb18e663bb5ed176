import type { Topic } from '../../../shared/model/change.ts'
import { useFormat } from '../i18n/format.ts'
import { useIsUnread } from '../store/trust.ts'

/** What a sum that was never read looks like, as in a figure. */
const UNREAD = '—'

/** Says a sum of this topic inside a sentence: where nothing of it was ever read, a zero would pretend to know. */
export function useSum(topic: Topic): (value: number) => string {
  const format = useFormat()
  const isUnread = useIsUnread(topic)
  return (value) => (value === 0 && isUnread ? UNREAD : format.number(value))
}
