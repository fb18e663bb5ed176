import { useTranslation } from 'react-i18next'
import { useStream } from '../../store/core-context.tsx'
import { to, useRoute } from '../../store/route.ts'
import { useWorseTopic } from '../../store/worse-topic.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import { CallsPanel } from './calls-panel.tsx'
import { CommitteeGaps } from './committee-gaps.tsx'
import { RadarHead } from './radar-head.tsx'
import classes from './radar.module.css'

/** Who promised and has not come: where, how many, what to expect at closing, and whom to call. */
export function RadarPage() {
  const { t } = useTranslation()
  const topic = useWorseTopic('guarantees', 'attendance')
  const calls = useRoute((route) => route.query.list === 'calls')
  return (
    <div className={classes.page} data-list={calls || undefined}>
      <div className={classes.head}>
        <h1>{t('pledges.radar.title')}</h1>
        <DoubtMark topic={topic} />
      </div>
      <Tabs
        label={t('pledges.radar.views')}
        tabs={[
          { href: to('radar'), words: t('pledges.radar.byCommittee'), here: !calls },
          { href: to('radar', { list: 'calls' }), words: t('pledges.radar.calls'), here: calls },
        ]}
      />
      {calls ? <CallsPanel /> : <Gaps />}
    </div>
  )
}

function Gaps() {
  const { t } = useTranslation()
  const state = useStream('radar')
  const topic = useWorseTopic('guarantees', 'attendance')
  return (
    <WhenReady state={state} loading={<Loading />}>
      {(radar) => (
        <>
          <RadarHead radar={radar} topic={topic} />
          <p className="quiet small">{t('pledges.radar.method')}</p>
          <CommitteeGaps radar={radar} topic={topic} />
          {radar.all.closing.is === 'nothing' && radar.all.closing.because !== 'too-few' && (
            <p className="quiet small">
              {t(`pledges.radar.nothingText.${radar.all.closing.because}`)}{' '}
              {radar.all.closing.because === 'no-closing' && (
                <a href={to('incidents')}>{t('pledges.radar.setClosing')}</a>
              )}
            </p>
          )}
          <p className="quiet small">
            {t('pledges.radar.nothingText.too-few')} {t('pledges.radar.limits')}
          </p>
        </>
      )}
    </WhenReady>
  )
}

const Loading = () => Array.from({ length: 12 }, (_, row) => <Skeleton key={row} width="100%" height={24} />)
