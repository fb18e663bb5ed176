import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LinkView } from '../../../../shared/model/link.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { useCall, useStream, useValue } from '../../store/core-context.tsx'
import { EvidenceButton } from '../../ui/evidence-button.tsx'
import { LinkIcon } from '../../ui/link-look.tsx'
import { Refused, refusing } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { Skeleton } from '../../ui/state-notes.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useLinkWords } from '../../ui/use-link-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { useTryNow } from '../../ui/use-try-now.ts'
import { WhenReady } from '../../ui/when-ready.tsx'
import { Closes } from './closes.tsx'
import { ConnectionCharts } from './connection-charts.tsx'
import { DoctorPanel } from './doctor-panel.tsx'
import { FiguresSinceStart } from './figures-since-start.tsx'
import { KeepingPanel } from './keeping-panel.tsx'
import classes from './link.module.css'
import { Quarantine } from './quarantine.tsx'
import { ServerSeen } from './server-seen.tsx'
import { TopicsInDoubt } from './topics-in-doubt.tsx'

/** Why is it not live, what happened today, and can the figures be trusted. */
export function LinkPage() {
  const { t } = useTranslation()
  const link = useStream('link')
  const meters = useStream('meters')
  return (
    <div className={classes.page}>
      <h1>{t('link.page')}</h1>
      <WhenReady state={link} loading={<Skeleton width="100%" height={120} />}>
        {(view) => <Sentence view={view} />}
      </WhenReady>
      <WhenReady state={meters} loading={<Skeleton width="100%" height={480} />}>
        {(value) => (
          <>
            <ConnectionCharts meters={value} />
            <DoctorPanel />
            <div className={classes.columns}>
              <TopicsInDoubt />
              <Closes closes={value.closes} />
              <FiguresSinceStart meters={value} />
              <ServerSeen meters={value} />
              <Quarantine entries={value.quarantine} />
              <KeepingPanel />
            </div>
          </>
        )}
      </WhenReady>
    </div>
  )
}

/** "Live for 3 h 12 min. Two breaks today. Nothing missing." and, when not, the cause and what to do. */
function Sentence({ view }: { readonly view: LinkView }) {
  const { t } = useTranslation()
  const words = useLinkWords(view)
  const tryNow = useTryNow()
  const sentence = useSentence(view)
  const past = useReplayRefusal()
  const not = past ?? (view.state === 'catching-up' ? t('link.tryNot') : null)
  const live = view.state === 'live'
  return (
    <section className={`panel ${classes.sentence}`} aria-label={t('link.page')} data-state={view.state}>
      <div className={classes.said}>
        <p className={classes.big}>
          <LinkIcon state={view.state} size={22} /> {sentence}
        </p>
        {!live && words.cause && <p className={classes.cause}>{words.cause}</p>}
        <p>
          {words.means} {!live && words.step}
        </p>
        <p className="quiet">
          {words.age} · {t(`link.by.${view.by}`)}
          {view.cause && !live && (
            <>
              {' '}
              · {t('link.proof')}: <code className="ltr">{view.cause.proof}</code>
            </>
          )}
        </p>
      </div>
      <div className={classes.acts}>
        <EvidenceButton />
        {!live && <span className={classes.countdown}>{words.next ?? t('link.noTry')}</span>}
        {live ? (
          <Reread />
        ) : (
          <Refused why={not}>
            <Button onClick={() => not === null && void tryNow()} {...refusing(not)}>
              {t('common.tryNow')}
            </Button>
          </Refused>
        )}
      </div>
    </section>
  )
}

function useSentence(view: LinkView): string {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const breaks = useValue('meters')?.meters.reconnects ?? 0
  const trust = useValue('trust')
  const doubts = trust ? Object.values(trust).filter((topic) => topic.state === 'doubtful').length : 0
  const age = format.age(now - view.since)
  const first =
    view.state === 'live'
      ? t('link.sentenceLive', { age })
      : t('link.sentenceNot', { state: t(`link.state.${view.state}`), age })
  const second = breaks === 0 ? t('link.breaksNone') : t('link.breaks', { count: breaks, n: format.number(breaks) })
  const isAsRead = trust && Object.values(trust).some((topic) => topic.state === 'provisional')
  const whole = isAsRead ? t('link.missingUnseen') : t('link.missingNone')
  const third = doubts === 0 ? whole : t('link.missing', { count: doubts, n: format.number(doubts) })
  return `${first} ${second} ${third}`
}

function Reread() {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const reread = async () => {
    const result = await call('link.reread', null)
    say(result.ok ? t('link.rereading') : failure(result.error), result.ok ? 'done' : 'failed')
  }
  const past = useReplayRefusal()
  return (
    <Refused why={past}>
      <Button
        variant="default"
        onClick={() => past === null && void reread()}
        {...(past !== null && { 'aria-disabled': true, 'data-disabled': true, 'aria-description': past })}
      >
        {t('link.reread')}
      </Button>
    </Refused>
  )
}
