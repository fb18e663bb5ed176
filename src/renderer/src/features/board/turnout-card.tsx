import { IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Headline } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { Bar } from '../../ui/bar.tsx'
import { Figure } from '../../ui/figure.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { Card, LONG } from './card.tsx'
import classes from './cards.module.css'

/** Where target and hours are set. */
const RULES = { open: 'rules' }

/** Who came, of how many, and how that stands to what was to be expected. */
export function TurnoutCard({ headline }: { readonly headline: Headline }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { attended, electors, attendedLast, pendingAttendance: pending, expected } = headline
  const register = useSum('committees')
  const came = useSum('attendance')
  return (
    <Card title={t('board.turnout')} topic="attendance" href={to('attendance')}>
      <div className={classes.main} data-long={electors >= LONG || undefined}>
        <Figure value={attended} topic="attendance" level={1} href={to('attendance', { status: 'ATTENDED' })} />
        <span className={classes.of}>{t('board.cameOf', { n: register(electors) })}</span>
        <Figure value={format.share(attended, electors)} topic="attendance" level={2} href={to('attendance')} />
      </div>
      <Bar
        value={attended}
        of={electors}
        topic="attendance"
        mark={expected?.now}
        label={`${t('board.turnout')}: ${format.share(attended, electors)}`}
      />
      <p className={classes.below}>
        <a className={classes.change} href={to('attendance', { status: 'ATTENDED' })}>
          <IconArrowUp size={14} aria-hidden />
          {[attendedLast.m15, attendedLast.m30, attendedLast.m60].map(came).join(' / ')}{' '}
          {t('charts.throughput', { a: format.number(15), b: format.number(30), c: format.number(60) })}
        </a>
        {pending > 0 && (
          <a href={to('attendance', { status: 'PENDING' })}>
            {t('board.pending', { count: pending, n: format.number(pending) })}
          </a>
        )}
      </p>
      <ExpectedNow headline={headline} />
    </Card>
  )
}

/** What was to be expected by now, and what that rests on. */
function ExpectedNow({ headline: { expected, electors } }: { readonly headline: Headline }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (expected === null) {
    return (
      <p className={classes.below}>
        <a href={to('incidents', RULES)}>{t('charts.noTarget')}</a>
      </p>
    )
  }
  const share = format.share(Math.round(expected.share * 1000), 1000)
  const words = t('charts.expectedFrom', {
    share,
    opens: format.clock(expected.opens),
    closes: format.clock(expected.closes),
  })
  return (
    <p className={classes.below} title={words}>
      <a href={to('incidents', RULES)} title={words}>
        {t('charts.expectedNow', { share: format.share(expected.now, electors) })}
      </a>
      <a href={to('incidents', RULES)} aria-description={words}>
        {t('charts.target', { share })}
      </a>
    </p>
  )
}
