import { useTranslation } from 'react-i18next'
import { useStream } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { useWorseTopic } from '../../store/worse-topic.ts'
import { Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import { CommitteeGaps } from './committee-gaps.tsx'
import { RadarHead } from './radar-head.tsx'
import classes from './radar.module.css'

/** Who promised and has not come: where, how many, and what to expect at closing. */
export function RadarPage() {
  const { t } = useTranslation()
  const state = useStream('radar')
  const topic = useWorseTopic('guarantees', 'attendance')
  return (
    <div className={classes.page}>
      <WhenReady state={state} loading={<Loading />}>
        {(radar) => (
          <>
            <RadarHead radar={radar} topic={topic} />
            <CommitteeGaps radar={radar} topic={topic} />
            {radar.all.closing.is === 'nothing' && (
              <p className="quiet small">
                {t(`pledges.radar.nothingText.${radar.all.closing.because}`)}{' '}
                {radar.all.closing.because === 'no-closing' && (
                  <a href={to('incidents')}>{t('pledges.radar.setClosing')}</a>
                )}
              </p>
            )}
            <p className="quiet small">
              {t('pledges.radar.method')} {t('pledges.radar.nothingText.too-few')} {t('pledges.radar.limits')}
            </p>
          </>
        )}
      </WhenReady>
    </div>
  )
}

function Loading() {
  const { t } = useTranslation()
  return (
    <>
      <h1>{t('pledges.radar.title')}</h1>
      {Array.from({ length: 12 }, (_, row) => (
        <Skeleton key={row} width="100%" height={24} />
      ))}
    </>
  )
}
