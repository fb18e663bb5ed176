import { useTranslation } from 'react-i18next'
import type { Results } from '../../../../shared/model/records.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { Bar } from '../../ui/bar.tsx'
import { ConflictBar } from '../../ui/conflict-bar.tsx'
import { EvidenceButton } from '../../ui/evidence-button.tsx'
import { Figure } from '../../ui/figure.tsx'
import { ListHead } from '../../ui/list-head.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import { Publishing } from './publishing.tsx'
import { ResultActs } from './result-acts.tsx'
import classes from './results.module.css'

/** The ranking as the server made it: never computed here. */
export function ResultsPage() {
  const { t } = useTranslation()
  const state = useStream('results')
  return (
    <div className={classes.page}>
      <Publishing />
      <ConflictBar screen="results" />
      <WhenReady state={state} loading={<Skeleton width="100%" height={320} />}>
        {(results) =>
          results === null ? (
            <>
              <div className={classes.head}>
                <h1>{t('lists.results.title')}</h1>
                <ResultActs results={null} />
                <EvidenceButton />
              </div>
              <section className="panel">
                <EmptyState text={t('lists.results.empty')} />
              </section>
            </>
          ) : (
            <Ranking results={results} />
          )
        }
      </WhenReady>
    </div>
  )
}

function Ranking({ results }: { readonly results: Results }) {
  const { t } = useTranslation()
  const format = useFormat()
  const facts = [
    { label: t('lists.results.electors'), value: results.electors },
    { label: t('lists.results.attendance'), value: results.attendance },
    { label: t('lists.results.cast'), value: results.cast },
    { label: t('lists.results.valid'), value: results.valid },
    { label: t('lists.results.invalid'), value: results.invalid },
  ]
  const made =
    results.generatedAt === null
      ? t('lists.results.notGenerated')
      : t('lists.results.generated', { time: format.clock(results.generatedAt) })
  return (
    <>
      <ListHead title={t('lists.results.title')} topic="results" facts={facts}>
        <span className={classes.status} data-status={results.status}>
          {t(`lists.results.status.${results.status}`)}
        </span>
        <span className="quiet">
          {results.publishedAt === null
            ? made
            : t('lists.results.published', { time: format.clock(results.publishedAt) })}
        </span>
        <ResultActs results={results} />
        <EvidenceButton />
      </ListHead>
      <section className={`panel ${classes.box}`}>
        <RankingTable results={results} />
      </section>
    </>
  )
}

function RankingTable({ results }: { readonly results: Results }) {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = [...results.candidates].sort((a, b) => a.rank - b.rank)
  const most = rows[0]?.votes ?? 0
  const all = rows.reduce((sum, row) => sum + row.votes, 0)
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th className={classes.narrow}>{t('lists.results.rank')}</th>
          <th className={classes.narrow}>{t('common.number')}</th>
          <th>{t('lists.count.candidate')}</th>
          <th>{t('common.party')}</th>
          <th className={classes.end}>{t('common.votes')}</th>
          <th className={classes.share}>{t('lists.results.share')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.number}>
            <td>{format.plain(row.rank)}</td>
            <td className="quiet">{format.plain(row.number)}</td>
            <td>
              <bdi className={classes.name}>{row.name}</bdi>
            </td>
            <td>
              {row.party === '' ? <span className="quiet">{t('common.independent')}</span> : <bdi>{row.party}</bdi>}
            </td>
            <td className={classes.end}>
              <Figure value={row.votes} topic="results" />
            </td>
            <td className={classes.share}>
              <Figure value={format.share(row.votes, all)} topic="results" barred />
              <Bar slim value={row.votes} of={most} topic="results" label={format.share(row.votes, all)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
