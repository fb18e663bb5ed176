import { useTranslation } from 'react-i18next'
import type { PledgesView } from '../../../../shared/view/pledges.ts'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { useWorseTopic } from '../../store/worse-topic.ts'
import { Bar } from '../../ui/bar.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Figure } from '../../ui/figure.tsx'
import classes from './pledge-sums.module.css'

/** How many promised, confirmed and came, each a part of the one before. */
export function PledgeFunnel({ view }: { readonly view: PledgesView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const came = useWorseTopic('guarantees', 'attendance')
  const { pledged, confirmed, attended, confirmedAttended } = view.all
  const missing = Math.max(0, view.electors - view.electorsSeen)
  const steps = [
    {
      words: t('pledges.funnel.pledged'),
      value: pledged,
      of: pledged,
      topic: 'guarantees' as const,
      href: { status: 'GUARANTEED' },
    }, // the literal of a topic
    {
      words: t('pledges.funnel.confirmed'),
      value: confirmed,
      of: pledged,
      topic: 'guarantees' as const,
      href: { status: 'GUARANTEED', confirmation: 'CONFIRMED' },
    }, // the literal of a topic
    {
      words: t('pledges.funnel.attended'),
      value: attended,
      of: pledged,
      topic: came,
      href: { status: 'GUARANTEED', attendance: 'seen' },
    },
    {
      words: t('pledges.funnel.confirmedCame'),
      value: confirmedAttended,
      of: confirmed,
      topic: came,
      href: { status: 'GUARANTEED', confirmation: 'CONFIRMED', attendance: 'seen' },
    },
  ]
  return (
    <section className={`panel ${classes.funnel}`} aria-labelledby="funnel-title">
      <div className={classes.funnelHead}>
        <h2 id="funnel-title">{t('pledges.funnel.title')}</h2>
        {view.electors > 0 && (
          <span title={t('pledges.funnel.electorsText')}>
            <Figure
              value={t('pledges.funnel.electors', { n: format.number(view.electors) })}
              topic="guarantees"
              href={to('radar')}
            />
          </span>
        )}
        <span>
          {/* The words are outside: a figure runs from left to right in every language. */}
          {t('pledges.radar.missing')} <Figure value={missing} topic={came} href={to('radar', { list: 'calls' })} />
        </span>
        <DoubtMark topic={came} />
      </div>
      {view.electors !== pledged && <p className="quiet small">{t('figures.countsPromises')}</p>}
      {steps.map(({ words, value, of, topic, href }) => (
        <div key={words} className={classes.step}>
          <a className="calm" href={to('guarantees', href)}>
            {words}
          </a>
          <Figure value={value} topic={topic} level={3} href={to('guarantees', href)} />
          <Bar value={value} of={of} topic={topic} label={`${words}: ${format.share(value, of)}`} />
          <Figure value={format.share(value, of)} topic={topic} href={to('guarantees', href)} />
        </div>
      ))}
    </section>
  )
}
