import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem, OutboxView } from '../../../../shared/view/outbox.ts'
import { say } from '../../ui/say.ts'
import { useAboutWords } from '../../ui/use-about-words.ts'
import { useDoesWords } from '../../ui/use-does-words.ts'

const NOTHING_SAID = () => {}
/** A conflict asks for nothing more once its card is decided. */
const isBad = ({ state, next }: OutboxItem) =>
  state === 'rejected' || state === 'expired' || (state === 'conflict' && next !== null)

/** Says at once what came to nothing, as long as it is so. What did before this page was opened is in the foot already. */
export function useRefusalNotes(outbox: OutboxView | null): void {
  const { t } = useTranslation()
  const does = useDoesWords()
  const about = useAboutWords()
  /** What takes the word about each away. */
  const told = useRef<ReadonlyMap<string, () => void> | null>(null)
  useEffect(() => {
    if (!outbox) return
    const wordsOf = ({ state, does: kind, about: of, reason }: OutboxItem) => {
      const what = `${does(kind)} \u2068${about(of, kind.startsWith('count.'))}\u2069`
      if (state === 'expired') return t('acts.expiredNow', { what })
      if (state === 'conflict') return t('acts.conflictNow', { what })
      return t('frame.outboxRefusedNow', { what, why: reason ?? t('common.unknown') })
    }
    const before = told.current
    const now = new Map<string, () => void>()
    for (const item of outbox.recent.filter(isBad)) {
      const known = before === null ? NOTHING_SAID : before.get(item.key)
      now.set(item.key, known ?? say(wordsOf(item), 'failed', 'yours'))
    }
    for (const [key, takeAway] of before ?? []) if (!now.has(key)) takeAway()
    told.current = now
  }, [outbox, does, about, t])
}
