import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeadView } from '../../../../shared/sheet/lead.ts'
import type { CandidateId } from '../../../../shared/model/ids.ts'
import { LEAD_LINES, LeadChart } from '../../charts/lead-chart.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { useTrust } from '../../store/trust.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Figure } from '../../ui/figure.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './results.module.css'

/** Who was ahead as the sheets came in, and where the first place went to somebody else. */
export function LeadPanel() {
  const { t } = useTranslation()
  const state = useStream('lead')
  return (
    <WhenReady state={state} loading={<Skeleton width="100%" height={320} />}>
      {(lead) =>
        lead.points.length === 0 ? (
          <section className="panel">
            <EmptyList topic="counts" text={t('results.leadEmpty')} />
          </section>
        ) : (
          <Lead lead={lead} />
        )
      }
    </WhenReady>
  )
}

function useNames(): (id: CandidateId | null) => string {
  const { t } = useTranslation()
  const candidates = useValue('candidates')
  return (id) =>
    id === null ? t('results.level') : (candidates?.find((row) => row.id === id)?.name ?? t('common.unknown'))
}

function Lead({ lead }: { readonly lead: LeadView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asTable, showTable] = useState(false)
  const trust = useTrust('counts')?.state ?? 'provisional'
  const nameOf = useNames()
  const names = lead.candidates.map(nameOf)
  const n = format.number(lead.changesInAll)
  const words = t('results.leadWords', { count: lead.changesInAll, n })
  return (
    <section className={`panel ${classes.lead}`} aria-label={t('results.view.lead')}>
      <div className="panel-head">
        <h2>{words}</h2>
        <DoubtMark topic="counts" short />
        <span className={classes.grow} />
        <Button size="compact-sm" variant="default" aria-pressed={asTable} onClick={() => showTable(!asTable)}>
          {t('results.asTable')}
        </Button>
      </div>
      <ul className={classes.keys}>
        {names.map((name, index) => (
          <li key={name}>
            <svg width="26" height="8" aria-hidden="true">
              <path
                d="M0 4h26"
                stroke={LEAD_LINES[index]?.color}
                strokeWidth="2"
                strokeDasharray={LEAD_LINES[index]?.dash}
              />
            </svg>
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
      {asTable ? (
        <Points lead={lead} names={names} />
      ) : (
        <div className={classes.chart}>
          <LeadChart
            lead={lead}
            names={names}
            words={words}
            trust={trust}
            hrefOf={({ committee }) => sheetOf(committee)}
          />
        </div>
      )}
      <Changes lead={lead} nameOf={nameOf} />
      <p className="quiet small">{t('results.leadMethod')}</p>
    </section>
  )
}

/** The vote counts of the sheet that made the difference: each leads to its rows in the journal. */
const sheetOf = (committee: string): string => to('results', { view: 'counts', committee })

function Points({ lead, names }: { readonly lead: LeadView; readonly names: readonly string[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.points}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('results.view.lead')}</caption>
        <thead>
          <tr>
            <th>{t('results.at')}</th>
            <th>{t('figures.lastSheet')}</th>
            <th className={classes.end}>{t('results.sheets')}</th>
            {names.map((name) => (
              <th key={name} className={classes.end}>
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lead.points.map((point) => (
            <tr key={point.sheets} className={classes.far}>
              <td>{format.clockSeconds(point.at)}</td>
              <td>
                <a href={sheetOf(point.committee)}>
                  <bdi>{format.digitsOf(point.committee)}</bdi>
                </a>
              </td>
              <td className={classes.end}>
                <Figure value={point.sheets} topic="counts" href={to('results', { view: 'committees' })} />
              </td>
              {lead.candidates.map((id, index) => (
                <td key={id} className={classes.end}>
                  <Figure value={point.votes[index] ?? 0} topic="counts" href={sheetOf(point.committee)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type ChangesProps = { readonly lead: LeadView; readonly nameOf: (id: CandidateId | null) => string }

function Changes({ lead, nameOf }: ChangesProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (lead.changes.length === 0) return null
  return (
    <ol className={classes.changes} aria-label={t('results.leadChanges')} reversed>
      {[...lead.changes].reverse().map((change) => (
        <li key={`${change.at} ${change.committee}`}>
          <span className="quiet">
            {format.clock(change.at)} ·{' '}
            <a href={to('committee', { code: change.committee })}>
              <bdi>{format.digitsOf(change.committee)}</bdi>
            </a>
          </span>{' '}
          <bdi className={classes.name}>{nameOf(change.to)}</bdi>{' '}
          {change.to !== null && (
            <span className="quiet">
              {t('results.before')} <bdi>{nameOf(change.from)}</bdi>,{' '}
              <Figure value={`+${format.number(change.ahead)}`} topic="counts" href={sheetOf(change.committee)} />
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
