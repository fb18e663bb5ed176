import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../../shared/model/change.ts'
import type { RadarView } from '../../../../shared/view/pledges.ts'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { Bar } from '../../ui/bar.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { Closing } from './closing.tsx'
import classes from './radar.module.css'

const CALLS = to('radar', { list: 'calls' })
const CAME = { status: 'GUARANTEED', attendance: 'seen' }

/** The whole election: the gap first, it is what calls are for. */
export function RadarHead({ radar, topic }: { readonly radar: RadarView; readonly topic: Topic }) {
  const { t } = useTranslation()
  const format = useFormat()
  const promised = useSum('guarantees')
  const { pledged, seen, closing } = radar.all
  const { closes, beyond } = radar
  return (
    <>
      <div className={classes.cards}>
        <section className={`panel ${classes.card}`}>
          <h2>{t('pledges.radar.missing')}</h2>
          <p className={classes.main}>
            <Figure value={pledged - seen} topic={topic} level={1} href={CALLS} />
            <span className="quiet" title={t('figures.onceText')}>
              {t('pledges.funnel.of', { n: promised(pledged) })} {t('figures.electors')}
            </span>
          </p>
        </section>
        <section className={`panel ${classes.card}`}>
          <h2>{t('pledges.radar.seen')}</h2>
          <p className={classes.main}>
            <Figure value={seen} topic={topic} level={1} href={to('guarantees', CAME)} />
            <Figure value={format.share(seen, pledged)} topic={topic} level={2} href={to('guarantees', CAME)} />
          </p>
          <Bar
            value={seen}
            of={pledged}
            topic={topic}
            label={`${t('pledges.radar.seen')}: ${format.share(seen, pledged)}`}
          />
        </section>
        <section className={`panel ${classes.card}`}>
          <h2>
            {closes === null
              ? t('pledges.radar.closing')
              : t('pledges.radar.closingAt', { time: format.clock(closes) })}
          </h2>
          <p className={classes.main}>
            <Closing closing={closing} topic={topic} level={2} href={CALLS} />
            {closing.is === 'range' && (
              <Figure value={format.share(closing.middle, pledged)} topic={topic} level={3} href={CALLS} />
            )}
          </p>
        </section>
      </div>
      {beyond > 0 && <p className="quiet">{t('pledges.radar.beyond', { count: beyond, n: format.number(beyond) })}</p>}
    </>
  )
}
