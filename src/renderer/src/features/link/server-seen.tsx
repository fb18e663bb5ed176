import { useTranslation } from 'react-i18next'
import type { MetersView } from '../../../../shared/view/meters.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import classes from './link.module.css'

/** The server's health as far as it can be known from a desk: how it answers, not how it is. */
export function ServerSeen({ meters: { meters } }: { readonly meters: MetersView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const link = useValue('link')
  const { roundTrip, heardAt } = link ?? { roundTrip: null, heardAt: null }
  const kind = useValue('session')?.server?.kind ?? null
  const lines: readonly (readonly [string, string])[] = [
    [t('charts.events'), link ? t(`link.by.${link.by}`) : t('common.unknown')],
    [t('charts.answers'), roundTrip === null ? t('common.unknown') : format.ms(roundTrip)],
    [t('charts.heard'), heardAt === null ? t('common.unknown') : t('common.ago', { age: format.age(now - heardAt) })],
    [
      t('charts.failed'),
      t('charts.failedOf', { a: format.number(meters.readFailures), b: format.number(meters.reads) }),
    ],
    [
      t('charts.numbered'),
      kind === null ? t('common.unknown') : t(kind === 'hub' ? 'charts.numberedYes' : 'charts.numberedNo'),
    ],
  ]
  return (
    <section className="panel" aria-labelledby="link-server">
      <div className="panel-head">
        <h2 id="link-server">{t('charts.server')}</h2>
      </div>
      <p className={classes.reasons}>{t('charts.serverText')}</p>
      <dl className={classes.figures}>
        {lines.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
