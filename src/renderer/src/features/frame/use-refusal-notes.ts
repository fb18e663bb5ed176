import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxView } from '../../../../shared/view/outbox.ts'
import { say } from '../../ui/say.ts'
import { useDoesWords } from './does-words.ts'

/** Says at once what the server refused. What was refused before this page was opened is in the foot already. */
export function useRefusalNotes(outbox: OutboxView | null): void {
  const { t } = useTranslation()
  const does = useDoesWords()
  const told = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (!outbox) return
    const refused = outbox.recent.filter((item) => item.state === 'rejected')
    const before = told.current
    told.current = new Set(refused.map((item) => item.key))
    if (before === null) return
    for (const item of refused) {
      if (before.has(item.key)) continue
      const what = `${does(item.does)} \u2068${item.about}\u2069`
      say(t('frame.outboxRefusedNow', { what, why: item.reason ?? t('common.unknown') }), 'failed')
    }
  }, [outbox, does, t])
}
