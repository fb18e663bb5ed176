import { useTranslation } from 'react-i18next'
import type { PledgeSums, PledgesView } from '../../../../shared/view/pledges.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { useStream } from '../../store/core-context.tsx'
import { useIsUnread } from '../../store/trust.ts'
import { CommitteeName } from '../../ui/committee-name.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { usePartyColor } from '../../ui/use-party-color.ts'
import { WhenReady } from '../../ui/when-ready.tsx'
import listClasses from '../../ui/list-page.module.css'
import { PledgeFunnel } from './pledge-funnel.tsx'
import classes from './pledge-sums.module.css'
import { type Line, SumsTable } from './sums-table.tsx'

/** The funnel pledged → confirmed → attended, and whose, where and in which drawer. */
export function PledgeSumsPanel() {
  const state = useStream('pledges')
  return (
    <div className={classes.box}>
      <WhenReady state={state} loading={<Skeleton width="100%" height={320} />}>
        {(view) => (
          <>
            <PledgeFunnel view={view} />
            <Sums view={view} />
          </>
        )}
      </WhenReady>
    </div>
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
