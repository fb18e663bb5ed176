import { useTranslation } from 'react-i18next'
import type { CommitteeCode } from '../../../../shared/model/ids.ts'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import type { PledgesView } from '../../../../shared/view/pledges.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { useIsUnread } from '../../store/trust.ts'
import { useWorseTopic } from '../../store/worse-topic.ts'
import { Bar } from '../../ui/bar.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Figure } from '../../ui/figure.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './committee.module.css'

/** How many of its electors came, and when the last one. */
export function CamePanel({ row }: { readonly row: CommitteeRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { attended, electors, pending, lastMarkAt, code } = row
  const sum = useSum('attendance')
  const isUnread = useIsUnread('attendance')
  const lately = row.rhythm.reduce((sum, marks) => sum + marks, 0)
  const list = to('attendance', { committee: code })
  return (
    <section className={`panel ${classes.card}`} aria-label={t('board.turnout')}>
      <h2>
        <a href={list}>{t('board.turnout')}</a> <DoubtMark topic="attendance" short />
      </h2>
      <p className={classes.main}>
        <Figure
          value={attended}
          topic="attendance"
          level={2}
          href={to('attendance', { committee: code, status: 'ATTENDED' })}
        />{' '}
        <span className="quiet">{t('board.cameOf', { n: format.number(electors) })}</span>{' '}
        <Figure value={format.share(attended, electors)} topic="attendance" level={3} href={list} />
      </p>
      <Bar
        value={attended}
        of={electors}
        topic="attendance"
        label={`${t('board.turnout')}: ${format.share(attended, electors)}`}
      />
      <p className={classes.below}>
        <span>
          {lastMarkAt === null
            ? t(isUnread ? 'common.unread.title' : 'committee.came.none')
            : t('committee.came.last', { time: format.clock(lastMarkAt) })}
        </span>
        <a href={list}>{t('committee.came.lastHour', { n: sum(lately) })}</a>
        {pending > 0 && (
          <a href={to('attendance', { committee: code, status: 'PENDING' })}>
            {t('committee.came.pending', { n: format.number(pending) })}
          </a>
        )}
      </p>
    </section>
  )
}

/** Its part of the funnel: pledged, confirmed, came. */
export function PledgesPanel({ code }: { readonly code: CommitteeCode }) {
  const { t } = useTranslation()
  const state = useStream('pledges')
  const topic = useWorseTopic('guarantees', 'attendance')
  return (
    <section className={`panel ${classes.card}`} aria-label={t('committee.pledges.title')}>
      <h2>
        <a href={to('guarantees', { committee: code })}>{t('committee.pledges.title')}</a>{' '}
        <DoubtMark topic={topic} short />
      </h2>
      <WhenReady state={state} loading={<Skeleton width="100%" height={80} />}>
        {({ committees }) => {
          const sums = committees.find((each) => each.code === code)
          return sums && sums.pledged > 0 ? (
            <Funnel code={code} sums={sums} />
          ) : (
            <EmptyList topic="guarantees" text={t('committee.pledges.none')} />
          )
        }}
      </WhenReady>
    </section>
  )
}

type FunnelProps = {
  readonly code: CommitteeCode
  readonly sums: PledgesView['committees'][number]
}

function Funnel({ code, sums: { pledged, confirmed, attended: came, electors, electorsSeen } }: FunnelProps) {
  const { t } = useTranslation()
  const missing = Math.max(0, electors - electorsSeen)
  const format = useFormat()
  const topic = useWorseTopic('guarantees', 'attendance')
  const PLEDGED = { committee: code, status: 'GUARANTEED' }
  const steps = [
    { words: t('committee.pledges.pledged'), value: pledged, topic: 'guarantees', query: PLEDGED },
    {
      words: t('committee.pledges.confirmed'),
      value: confirmed,
      topic: 'guarantees',
      query: { ...PLEDGED, confirmation: 'CONFIRMED' },
    },
    { words: t('committee.pledges.came'), value: came, topic, query: { ...PLEDGED, attendance: 'seen' } },
  ] as const // the topics' own names
  return (
    <>
      <dl className={classes.funnel}>
        {steps.map((step) => (
          <div key={step.words}>
            <dt>{step.words}</dt>
            <dd>
              <Figure value={step.value} topic={step.topic} level={3} href={to('guarantees', step.query)} />
              <Bar slim value={step.value} of={pledged} topic={step.topic} label={step.words} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.below}>
        <a href={to('radar', { list: 'calls', committee: code })}>
          {t('figures.notSeen', { count: missing, n: format.number(missing) })}
        </a>
        {electors !== pledged && (
          <a href={to('guarantees', PLEDGED)} title={t('figures.onceText')}>
            {t('figures.promises', { n: format.number(pledged), electors: format.number(electors) })}
          </a>
        )}
      </p>
    </>
  )
}
