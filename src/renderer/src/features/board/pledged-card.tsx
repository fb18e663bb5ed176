import { useTranslation } from 'react-i18next'
import type { Headline } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { useIsUnread } from '../../store/trust.ts'
import { Bar } from '../../ui/bar.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { Card, LONG } from './card.tsx'
import classes from './cards.module.css'

const PLEDGED = { status: 'GUARANTEED' }
const CAME = { ...PLEDGED, attendance: 'seen' }

/** Who promised and came, and who has not been seen. */
export function PledgedCard({ headline }: { readonly headline: Headline }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { pledged, confirmed, promised } = headline
  const { electors, seen, beyond } = promised
  const sum = useSum('guarantees')
  const isUnread = useIsUnread('guarantees')
  const missing = Math.max(0, electors - seen)
  const once = t('figures.onceText')
  return (
    <Card title={t('board.pledged')} topic="guarantees" href={to('guarantees', { status: 'GUARANTEED' })}>
      <div className={classes.main} data-long={electors >= LONG / 10 || undefined} title={once}>
        <Figure value={seen} topic="guarantees" level={1} href={to('guarantees', CAME)} />
        <span className={classes.of}>{t('board.cameOf', { n: sum(electors) })}</span>
        <Figure value={format.share(seen, electors)} topic="guarantees" level={2} href={to('guarantees', PLEDGED)} />
      </div>
      <Bar
        value={seen}
        of={electors}
        topic="guarantees"
        label={`${t('board.pledged')}: ${format.share(seen, electors)}`}
      />
      <p className={classes.below}>
        <a href={to('radar')}>
          {/* The words for none would say that all of them came. */}
          {isUnread
            ? `${t('pledges.radar.missing')} ${sum(missing)}`
            : t('board.notSeen', { count: missing, n: format.number(missing) })}
        </a>
        {beyond > 0 && <a href={to('radar')}>{t('figures.beyond', { count: beyond, n: format.number(beyond) })}</a>}
        {pledged !== electors + beyond && (
          <a href={to('guarantees', PLEDGED)} title={once}>
            {t('figures.promises', { n: format.number(pledged), electors: format.number(electors + beyond) })}
          </a>
        )}
        <a href={to('guarantees', { confirmation: 'CONFIRMED' })}>{t('board.confirmedCalls', { n: sum(confirmed) })}</a>
      </p>
    </Card>
  )
}
