import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PledgeSums, PledgesView } from '../../../../shared/view/pledges.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { useStream } from '../../store/core-context.tsx'
import { useIsUnread } from '../../store/trust.ts'
import { to } from '../../store/route.ts'
import { useWorseTopic } from '../../store/worse-topic.ts'
import { Bar } from '../../ui/bar.tsx'
import { CommitteeName } from '../../ui/committee-name.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Figure } from '../../ui/figure.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { usePartyColor } from '../../ui/use-party-color.ts'
import { WhenReady } from '../../ui/when-ready.tsx'
import listClasses from '../../ui/list-page.module.css'
import classes from './pledge-sums.module.css'

/** The funnel pledged → confirmed → attended, and whose, where and in which drawer. */
export function PledgeSumsPanel() {
  const state = useStream('pledges')
  return (
    <div className={classes.box}>
      <WhenReady state={state} loading={<Skeleton width="100%" height={320} />}>
        {(view) => (
          <>
            <Funnel view={view} />
            <Sums view={view} />
          </>
        )}
      </WhenReady>
    </div>
  )
}

function Funnel({ view }: { readonly view: PledgesView }) {
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

/** Where nothing was ever read that is said once, not by each table. */
function Sums({ view }: { readonly view: PledgesView }) {
  const { t } = useTranslation()
  if (!useIsUnread('guarantees')) return <Tables view={view} />
  return (
    <section className="panel">
      <EmptyList topic="guarantees" text={t('pledges.nobody')} />
    </section>
  )
}

type Query = Readonly<Record<string, string>>
type Line = PledgeSums & { readonly key: string; readonly name: ReactNode; readonly of: Query | null }

function Tables({ view }: { readonly view: PledgesView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const colorOf = usePartyColor()
  const known = useCommitteeNames() ?? []
  const missing = (sums: PledgeSums) => sums.pledged - sums.attended
  const names = new Map(known.map(({ code, name }) => [code, name]))
  const committees = view.committees
    .toSorted((a, b) => missing(b) - missing(a))
    .map(
      ({ code, ...sums }): Line => ({
        ...sums,
        key: code ?? '',
        name:
          code === null ? t('pledges.unknownCommittee') : <CommitteeName code={code} name={names.get(code) ?? ''} />,
        of: code === null ? null : { committee: code },
      }),
    )
  const collectors = view.collectors
    .toSorted((a, b) => Number(b.mine) - Number(a.mine) || b.pledged - a.pledged)
    .map(
      ({ id, name, mine, ...sums }): Line => ({
        ...sums,
        key: String(id),
        name: <bdi>{name ?? t('lists.guarantees.collectorNumber', { n: format.number(id) })}</bdi>,
        of: { collector: mine ? 'mine' : String(id) },
      }),
    )
  const groups = view.groups.map(
    ({ id, name, color, ...sums }): Line => ({
      ...sums,
      key: String(id),
      name:
        id === null ? (
          t('pledges.noGroup')
        ) : (
          <span className={listClasses.group}>
            <i style={{ background: colorOf(color) }} aria-hidden />
            <bdi>{name}</bdi>
          </span>
        ),
      of: { group: id === null ? 'none' : String(id) },
    }),
  )
  return (
    <div className={classes.tables}>
      <SumsTable title={t('pledges.by.committee')} lines={committees} none={t('pledges.nobody')} />
      <div className={classes.column}>
        <SumsTable title={t('pledges.by.collector')} lines={collectors} none={t('pledges.nobody')} />
        <SumsTable title={t('pledges.by.group')} lines={groups} none={t('pledges.noGroups')} />
      </div>
    </div>
  )
}

/** What one looks at without scrolling far; the rest is one press away. */
const SHOWN = 30

type SumsTableProps = { readonly title: string; readonly lines: readonly Line[]; readonly none: string }

/** The promises behind one figure of a line; of a committee nobody here knows there is no list. */
const leads = (of: Query | null, part: Query) =>
  of === null ? {} : { href: to('guarantees', { ...of, status: 'GUARANTEED', ...part }) }

function SumsTable({ title, lines, none }: SumsTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const came = useWorseTopic('guarantees', 'attendance')
  const [all, setAll] = useState(false)
  const heads = [
    t('pledges.funnel.pledged'),
    t('lists.guarantees.confirmed'),
    t('pledges.funnel.attended'),
    t('lists.guarantees.notSeen'),
    t('pledges.share'),
  ]
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
      </div>
      {lines.length === 0 ? (
        <EmptyList topic="guarantees" text={none} />
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{title}</span>
              </th>
              {heads.map((head) => (
                <th key={head} scope="col" className={classes.end}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(all ? lines : lines.slice(0, SHOWN)).map(({ key, name, of, pledged, confirmed, attended }) => (
              <tr key={key}>
                <th scope="row">
                  {of === null ? (
                    name
                  ) : (
                    <a className="calm" href={to('guarantees', of)}>
                      {name}
                    </a>
                  )}
                </th>
                <td className={classes.end}>
                  <Figure value={pledged} topic="guarantees" {...leads(of, {})} />
                </td>
                <td className={classes.end}>
                  <Figure value={confirmed} topic="guarantees" {...leads(of, { confirmation: 'CONFIRMED' })} />
                </td>
                <td className={classes.end}>
                  <Figure value={attended} topic={came} {...leads(of, { attendance: 'seen' })} />
                </td>
                <td className={classes.end}>
                  <Figure value={pledged - attended} topic={came} {...leads(of, { attendance: 'not-seen' })} />
                </td>
                <td className={classes.end}>
                  <Figure value={format.share(attended, pledged)} topic={came} {...leads(of, { attendance: 'seen' })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lines.length > SHOWN && (
        <Button variant="subtle" fullWidth onClick={() => setAll(!all)}>
          {all ? t('pledges.showFewer') : t('pledges.showAll', { n: format.number(lines.length) })}
        </Button>
      )}
    </section>
  )
}
