import { useTranslation } from 'react-i18next'
import type { Headline } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { useIsUnread } from '../../store/trust.ts'
import { Bar } from '../../ui/bar.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { Card } from './card.tsx'
import classes from './cards.module.css'

/** How far the count is. */
export function CountedCard({ headline }: { readonly headline: Headline }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { entries, committees, votes } = headline
  const all = useSum('committees')
  const done = useSum('counts')
  const isUnread = useIsUnread('counts')
  const begun = entries.started > 0 || entries.completed > 0
  return (
    <Card title={t('board.counted')} topic="counts" href={to('count')}>
      <div className={classes.main}>
        <Figure value={entries.completed} topic="counts" level={1} href={to('count')} />
        <span className={classes.of}>{t('board.cameOf', { n: all(committees) })}</span>
        {begun && (
          <Figure value={format.share(entries.completed, committees)} topic="counts" level={2} href={to('count')} />
        )}
      </div>
      <Bar
        value={entries.completed}
        inner={entries.verified}
        of={committees}
        topic="counts"
        label={`${t('board.counted')}: ${t('common.ofTotal', { a: done(entries.completed), b: all(committees) })}`}
      />
      <p className={classes.below}>
        {begun ? (
          <>
            <a href={to('count')}>{t('board.startedEntries', { n: format.number(entries.started) })}</a>
            <a href={to('results', { view: 'committees', verified: 'yes' })}>
              {t('board.verifiedEntries', { n: format.number(entries.verified) })}
            </a>
            <a href={to('results', { view: 'counts' })}>
              {t('board.votesSoFar', { count: votes, n: format.number(votes) })}
            </a>
          </>
        ) : (
          <span>{t(isUnread ? 'common.unread.title' : 'board.notStarted')}</span>
        )}
      </p>
    </Card>
  )
}
