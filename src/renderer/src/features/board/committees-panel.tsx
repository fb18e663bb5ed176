import { Switch } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useStream } from '../../store/core-context.tsx'
import { refine, useRoute } from '../../store/route.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { oneOf } from '../../ui/filters.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import shared from './board.module.css'
import classes from './committees-panel.module.css'
import { CommitteeTiles } from './committee-tiles.tsx'
import { CommitteeRows } from './committee-rows.tsx'
import { faultsFirst } from '../../ui/faults-first.ts'

/** More than this many committees do not fit as rows: they become tiles. */
export const TILES_FROM = 30

/** All with a fault, or those with this one. */
const ONLY = ['faults', 'fine', 'over', 'silent', 'count', 'behind'] as const
type Only = (typeof ONLY)[number]
const isAsked = (condition: CommitteeRow['condition'], only: Only | null): boolean =>
  only === null || (only === 'faults' ? condition !== 'fine' : condition === only)

export function CommitteesPanel() {
  const { t } = useTranslation()
  const state = useStream('committees')
  const only = useRoute((route) => oneOf(ONLY, route.query.only))
  return (
    <section className={`panel ${classes.committees}`} aria-labelledby="committees-title">
      <div className="panel-head">
        <h2 id="committees-title">{t('board.committees')}</h2>
        <span className="quiet small">{t('board.faultsFirst')}</span>
        <DoubtMark topic="attendance" short />
        <span className="grow" />
        <Switch
          size="xs"
          label={only === null || only === 'faults' ? t('board.onlyFaults') : t(`board.only.${only}`)}
          checked={only !== null}
          onChange={(event) => refine({ only: event.currentTarget.checked ? 'faults' : null })}
        />
      </div>
      <WhenReady state={state} loading={<RowsLoading />}>
        {(rows) => <Committees rows={rows} only={only} />}
      </WhenReady>
    </section>
  )
}

function Committees({ rows, only }: { readonly rows: readonly CommitteeRow[]; readonly only: Only | null }) {
  const { t } = useTranslation()
  const shown = useMemo(() => faultsFirst(rows).filter(({ condition }) => isAsked(condition, only)), [rows, only])
  if (shown.length === 0)
    return <EmptyList topic="committees" text={rows.length === 0 ? t('board.committeesEmpty') : t('board.noFault')} />
  return rows.length > TILES_FROM ? <CommitteeTiles rows={shown} /> : <CommitteeRows rows={shown} />
}

function RowsLoading() {
  return (
    <div className={shared.loadingRows}>
      {Array.from({ length: 13 }, (_, row) => (
        <Skeleton key={row} width="100%" height={18} />
      ))}
    </div>
  )
}
