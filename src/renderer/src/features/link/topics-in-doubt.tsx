import { IconCircleCheck, IconCircleDotted, IconClockExclamation, IconPointFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { TOPICS, type Topic } from '../../../../shared/model/change.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { type SeenTrust, useTrust } from '../../store/trust.ts'
import { useAsReadWords, useDoubtWords } from '../../ui/doubt-mark.tsx'
import classes from './link.module.css'

const ICON = {
  confirmed: IconCircleCheck,
  live: IconPointFilled,
  provisional: IconCircleDotted,
  doubtful: IconClockExclamation,
} as const

/** What may be trusted, topic by topic. */
export function TopicsInDoubt() {
  const { t } = useTranslation()
  return (
    <section className="panel" aria-labelledby="link-topics">
      <div className="panel-head">
        <h2 id="link-topics">{t('link.topics')}</h2>
      </div>
      <table className={classes.table}>
        <tbody>
          {TOPICS.map((topic) => (
            <TopicLine key={topic} topic={topic} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function TopicLine({ topic }: { readonly topic: Topic }) {
  const { t } = useTranslation()
  const trust = useTrust(topic)
  const doubt = useDoubtWords(trust)
  const asRead = useAsReadWords(trust)
  const calm = useCalmWords(trust)
  const state = trust?.state ?? 'provisional'
  const Icon = ICON[state]
  return (
    <tr data-trust={state}>
      <th scope="row">{t(`common.topic.${topic}`)}</th>
      <td className={classes.trust}>
        <Icon size={15} aria-hidden /> {t(`common.trust.short.${state}`)}
      </td>
      <td>{doubt ? `${doubt.why}. ${doubt.last}` : asRead ? `${asRead.why} ${asRead.last}` : calm}</td>
    </tr>
  )
}

function useCalmWords(trust: SeenTrust | null): string {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  switch (trust?.state) {
    case 'confirmed':
      return t('common.trust.confirmed', { age: format.age(now - trust.at) })
    case 'live':
      return t('common.trust.live')
    default:
      return t('common.loading')
  }
}
