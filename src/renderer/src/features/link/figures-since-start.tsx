import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Meters, MetersView } from '../../../../shared/view/meters.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { CopyMeters } from './copy-meters.tsx'
import classes from './link.module.css'

const SHOWN = [
  'framesReceived',
  'framesSent',
  'reconnects',
  'errors',
  'quarantined',
  'duplicates',
  'gaps',
  'phantoms',
  'reads',
  'readFailures',
  'journalLength',
] as const satisfies readonly (keyof Meters)[]

/** A clock that differs by less is not worth a word, ms. */
const SKEW_SHOWN_MS = 2_000

/** The link in figures, with its verdict and why. */
export function FiguresSinceStart({ meters: view }: { readonly meters: MetersView }) {
  const { meters, health } = view
  const { t } = useTranslation()
  const format = useFormat()
  const skew = useSkewWords()
  return (
    <section className="panel" aria-labelledby="link-figures">
      <div className="panel-head">
        <h2 id="link-figures">{t('link.figures')}</h2>
        <span className="grow" />
        <span className={classes.verdict} data-verdict={health.verdict}>
          {health.verdict !== 'healthy' && <IconAlertTriangle size={14} aria-hidden />}
          {t(`link.health.${health.verdict}`)}
        </span>
        <CopyMeters meters={view} />
      </div>
      {health.reasons.length > 0 && (
        <p className={classes.reasons}>{health.reasons.map((reason) => t(`link.reason.${reason}`)).join(' · ')}</p>
      )}
      <dl className={classes.figures}>
        {SHOWN.map((name) => (
          <div key={name}>
            <dt>{t(`link.figure.${name}`)}</dt>
            <dd>
              <bdi>{format.number(meters[name])}</bdi>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('link.figure.bytesReceived')}</dt>
          <dd>{t('link.bytes', { n: format.number(meters.bytesReceived) })}</dd>
        </div>
        <div>
          <dt>{t('link.figure.ingestMs')}</dt>
          <dd>{format.ms(meters.ingestMs)}</dd>
        </div>
        <div>
          <dt>{t('link.clockSkew')}</dt>
          <dd>{skew}</dd>
        </div>
        <div>
          <dt>{t('link.journalHead')}</dt>
          <dd>
            <code className="ltr">{meters.journalHead.slice(0, 12)}</code>
          </dd>
        </div>
      </dl>
    </section>
  )
}

function useSkewWords(): string {
  const { t } = useTranslation()
  const format = useFormat()
  const skew = useValue('link')?.clockSkew ?? null
  if (skew === null) return t('common.unknown')
  if (Math.abs(skew) < SKEW_SHOWN_MS) return t('link.skewNone')
  return t(skew > 0 ? 'link.skewAhead' : 'link.skewBehind', { age: format.age(Math.abs(skew)) })
}
