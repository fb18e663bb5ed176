import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem, OutboxView } from '../../../../shared/view/outbox.ts'
import { say } from '../../ui/say.ts'
import { useAboutWords } from '../../ui/use-about-words.ts'
import { useDoesWords } from '../../ui/use-does-words.ts'

const isBad = ({ state }: OutboxItem) => state === 'rejected' || state === 'expired' || state === 'conflict'

/** Says at once what came to nothing. What did before this page was opened is in the foot already. */
export function useRefusalNotes(outbox: OutboxView | null): void {
  const { t } = useTranslation()
  const does = useDoesWords()
  const about = useAboutWords()
  const told = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (!outbox) return
    const bad = outbox.recent.filter(isBad)
    const before = told.current
    told.current = new Set(bad.map((item) => item.key))
    if (before === null) return
    for (const item of bad) {
      if (before.has(item.key)) continue
      const what = `${does(item.does)} \u2068${about(item.about, item.does.startsWith('count.'))}\u2069`
      if (item.state === 'expired') say(t('acts.expiredNow', { what }), 'failed', 'yours')
      else if (item.state === 'conflict') say(t('acts.conflictNow', { what }), 'failed', 'yours')
      else say(t('frame.outboxRefusedNow', { what, why: item.reason ?? t('common.unknown') }), 'failed', 'yours')
    }
  }, [outbox, does, about, t])
}
