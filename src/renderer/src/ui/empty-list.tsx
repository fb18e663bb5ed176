import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../shared/model/change.ts'
import { to } from '../store/route.ts'
import { useTrust, wasRead } from '../store/trust.ts'
import { EmptyState } from './state-notes.tsx'

type EmptyListProps = {
  /** What it would be read from. */
  readonly topic: Topic
  /** Filters are set that may be why. */
  readonly filtered?: boolean
  readonly title?: string
  /** False where no other screen can be reached: the bar above says what holds the link up. */
  readonly leads?: boolean
  /** Said once it was read and there is none: what will appear here, and from what. */
  readonly text: string
}

/** A list or chart with nothing in it: never read, filtered away, or truly none yet. Each is said apart, with the next step. */
export function EmptyList({ topic, filtered = false, title, leads = true, text }: EmptyListProps) {
  const { t } = useTranslation()
  const trust = useTrust(topic)
  if (trust !== null && !wasRead(trust)) {
    const why = trust.state === 'doubtful' ? trust.because : 'not-read-yet'
    const unallowed = why === 'not-allowed'
    return (
      <EmptyState
        title={t('common.unread.title')}
        text={t(unallowed ? 'common.unread.notAllowed' : 'common.unread.text')}
        action={unallowed || !leads ? undefined : <a href={to('link')}>{t('common.unread.link')}</a>}
      />
    )
  }
  if (filtered) return <EmptyState title={t('lists.noMatch')} text={t('lists.noMatchText')} />
  return <EmptyState {...(title === undefined ? {} : { title })} text={text} />
}
