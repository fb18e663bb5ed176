import { useTranslation } from 'react-i18next'
import { useStream } from '../../store/core-context.tsx'
import { useTrust } from '../../store/trust.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { later } from '../../ui/later.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './board.module.css'

const PLACE = <Skeleton width="100%" height={236} />
const TurnoutChart = later(async () => (await import('../../charts/turnout-chart.tsx')).TurnoutChart, PLACE)

export function TurnoutPanel() {
  const { t } = useTranslation()
  const state = useStream('turnout', { committee: null })
  const trust = useTrust('attendance')
  return (
    <section className={`panel ${classes.turnout}`} aria-label={t('board.curve')}>
      <div className="panel-head">
        <h2>{t('board.curve')}</h2>
        <DoubtMark topic="attendance" />
        <span className="grow" />
        <span className={classes.legend}>
          <svg width="22" height="8" aria-hidden="true">
            <path d="M0 4h22" stroke="var(--n8)" strokeWidth="2.5" />
          </svg>
          {t('board.curveAttended')}
        </span>
        <span className={classes.legend}>
          <svg width="22" height="8" aria-hidden="true">
            <path d="M0 4h22" stroke="var(--c1)" strokeWidth="2.5" strokeDasharray="6 3" />
          </svg>
          {t('board.curvePledged')}
        </span>
      </div>
      <div className={classes.chartBox}>
        <WhenReady state={state} loading={PLACE}>
          {(points) =>
            points.length === 0 ? (
              <EmptyState text={t('board.curveEmpty')} />
            ) : (
              <TurnoutChart points={points} trust={trust?.state ?? 'provisional'} />
            )
          }
        </WhenReady>
      </div>
    </section>
  )
}
