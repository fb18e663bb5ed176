import { IconArrowUp, IconAlertTriangle } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../../shared/model/change.ts'
import type { CommitteeRow, Headline } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { useIsUnread } from '../../store/trust.ts'
import { Bar } from '../../ui/bar.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Figure } from '../../ui/figure.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { useSum } from '../../ui/use-sum.ts'
import shared from './board.module.css'
import classes from './cards.module.css'
import { CONDITIONS, faultsFirst } from '../../ui/faults-first.ts'

/** From here on a figure and its whole take a smaller step, so that both stay on one line. */
const LONG = 100_000

/** Where target and hours are set. */
const RULES = { open: 'rules' }
const PLEDGED = { status: 'GUARANTEED' }
const CAME = { ...PLEDGED, attendance: 'seen' }

export function BoardCards({ headline }: { readonly headline: Headline }) {
  return (
    <div className={classes.cards}>
      <TurnoutCard headline={headline} />
      <PledgedCard headline={headline} />
      <CountedCard headline={headline} />
      <CommitteesCard />
    </div>
  )
}

export function CardsLoading() {
  return (
    <div className={classes.cards}>
      {[0, 1, 2, 3].map((card) => (
        <section key={card} className={`panel ${classes.card}`}>
          <Skeleton width={90} />
          <Skeleton width={220} height={40} />
          <Skeleton width="100%" height={8} />
          <Skeleton width={180} />
        </section>
      ))}
    </div>
  )
}

type CardProps = { readonly title: string; readonly href: string; readonly topic: Topic; readonly children: ReactNode }

/** The title leads to the records behind the figures. */
function Card({ title, href, topic, children }: CardProps) {
  return (
    <div className={`panel ${classes.card}`} role="group" aria-label={title}>
      <div className={classes.cardHead}>
        <h2>
          <a className={shared.cardTitle} href={href}>
            {title}
          </a>
        </h2>
        <DoubtMark topic={topic} />
      </div>
      {children}
    </div>
  )
}

function TurnoutCard({ headline }: { readonly headline: Headline }) {
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

function PledgedCard({ headline }: { readonly headline: Headline }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { pledged, confirmed, promised } = headline
  const { electors, seen, beyond } = promised
  const sum = useSum('guarantees')
  const isUnread = useIsUnread('guarantees')
  const missing = Math.max(0, electors - seen)
  const once = t('figures.onceText')
  return (
    <Card title={t('board.pledged')} topic="guarantees" href={to('guarantees', { status: 'GUARANTEED' })}>
      <div className={classes.main} data-long={electors >= LONG / 10 || undefined} title={once}>
        <Figure value={seen} topic="guarantees" level={1} href={to('guarantees', CAME)} />
        <span className={classes.of}>{t('board.cameOf', { n: sum(electors) })}</span>
        <Figure value={format.share(seen, electors)} topic="guarantees" level={2} href={to('guarantees', PLEDGED)} />
      </div>
      <Bar
        value={seen}
        of={electors}
        topic="guarantees"
        label={`${t('board.pledged')}: ${format.share(seen, electors)}`}
      />
      <p className={classes.below}>
        <a href={to('radar')}>
          {/* The words for none would say that all of them came. */}
          {isUnread
            ? `${t('pledges.radar.missing')} ${sum(missing)}`
            : t('board.notSeen', { count: missing, n: format.number(missing) })}
        </a>
        {beyond > 0 && <a href={to('radar')}>{t('figures.beyond', { count: beyond, n: format.number(beyond) })}</a>}
        {pledged !== electors + beyond && (
          <a href={to('guarantees', PLEDGED)} title={once}>
            {t('figures.promises', { n: format.number(pledged), electors: format.number(electors + beyond) })}
          </a>
        )}
        <a href={to('guarantees', { confirmation: 'CONFIRMED' })}>{t('board.confirmedCalls', { n: sum(confirmed) })}</a>
      </p>
    </Card>
  )
}

function CountedCard({ headline }: { readonly headline: Headline }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { entries, committees, votes } = headline
  const all = useSum('committees')
  const done = useSum('counts')
  const isUnread = useIsUnread('counts')
  const begun = entries.started > 0 || entries.completed > 0
  return (
    <Card title={t('board.counted')} topic="counts" href={to('count')}>
      <div className={classes.main}>
        <Figure value={entries.completed} topic="counts" level={1} href={to('count')} />
        <span className={classes.of}>{t('board.cameOf', { n: all(committees) })}</span>
        {begun && (
          <Figure value={format.share(entries.completed, committees)} topic="counts" level={2} href={to('count')} />
        )}
      </div>
      <Bar
        value={entries.completed}
        inner={entries.verified}
        of={committees}
        topic="counts"
        label={`${t('board.counted')}: ${t('common.ofTotal', { a: done(entries.completed), b: all(committees) })}`}
      />
      <p className={classes.below}>
        {begun ? (
          <>
            <a href={to('count')}>{t('board.startedEntries', { n: format.number(entries.started) })}</a>
            <a href={to('results', { view: 'committees', verified: 'yes' })}>
              {t('board.verifiedEntries', { n: format.number(entries.verified) })}
            </a>
            <a href={to('results', { view: 'counts' })}>
              {t('board.votesSoFar', { count: votes, n: format.number(votes) })}
            </a>
          </>
        ) : (
          <span>{t(isUnread ? 'common.unread.title' : 'board.notStarted')}</span>
        )}
      </p>
    </Card>
  )
}

/** Other figures change far more often than the committees' conditions. */
const CommitteesCard = memo(function CommitteesCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = useValue('committees') ?? []
  const count = (condition: CommitteeRow['condition']) => rows.filter((row) => row.condition === condition).length
  const [worst] = faultsFirst(rows)
  const fault = worst && worst.condition !== 'fine' ? worst : null
  return (
    <Card title={t('board.committees')} topic="committees" href={to('board', { only: 'faults' })}>
      <div className={classes.main}>
        <Figure value={count('fine')} topic="committees" level={1} href={to('board', { only: 'fine' })} />
        <span className={classes.of}>{t('board.fine', { count: count('fine'), n: '' }).trim()}</span>
      </div>
      <p className={classes.conditions}>
        {CONDITIONS.filter((condition) => condition !== 'fine' && count(condition) > 0).map((condition) => (
          <a key={condition} data-of={condition} href={to('board', { only: condition })}>
            <IconAlertTriangle size={14} aria-hidden />{' '}
            {t(`board.conditionCount.${condition}`, { n: format.number(count(condition)) })}
          </a>
        ))}
      </p>
      <p className={classes.below}>
        {fault ? (
          <a href={to('committee', { code: fault.code })}>
            {t('board.nextFault', { name: '' })}
            <bdi title={fault.name}>{fault.name}</bdi>
          </a>
        ) : (
          <span>{rows.length === 0 ? t('board.committeesEmpty') : t('board.noFault')}</span>
        )}
      </p>
    </Card>
  )
})
