import { useTranslation } from 'react-i18next'
import type { Results } from '../../../../shared/model/records.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { openingRecord, recordName } from '../../store/opened-record.ts'
import { to, useRoute } from '../../store/route.ts'
import { ConflictBar } from '../../ui/conflict-bar.tsx'
import { CountSettings } from '../../ui/count-settings.tsx'
import { EvidenceButton } from '../../ui/evidence-button.tsx'
import { oneOf } from '../../ui/filters.tsx'
import { later } from '../../ui/later.tsx'
import { ListHead } from '../../ui/list-head.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { WhenReady } from '../../ui/when-ready.tsx'
import { ByCommittee } from './by-committee.tsx'
import { ChangedSince } from './changed-since.tsx'
import { CountRows } from './count-rows.tsx'
import { PartyTotals } from './party-totals.tsx'
import { Publishing } from './publishing.tsx'
import { RankingTable } from './ranking-table.tsx'
import { ResultActs } from './result-acts.tsx'
import classes from './results.module.css'
import { useStanding } from './use-standing.ts'

/** Charts follow after the first paint. */
const LeadPanel = later(
  async () => (await import('./lead-panel.tsx')).LeadPanel,
  <Skeleton width="100%" height={320} />,
)

const VIEWS = ['ranking', 'parties', 'committees', 'lead', 'counts'] as const
const MADE = recordName({ kind: 'results', key: 'results' })

/** The results as the server made them, how the count stands beside them, and what changed since they were published. */
export function ResultsPage() {
  const state = useStream('results')
  return (
    <div className={classes.page}>
      <Publishing />
      <ConflictBar screen="results" />
      <WhenReady state={state} loading={<Loading />}>
        {(results) => (
          <>
            <Head results={results} />
            <ChangedSince />
            <Views results={results} />
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
      <ListHead title={t('lists.results.title')} topic="results" facts={[]} />
      <Skeleton width="100%" height={320} />
    </>
  )
}

function Head({ results }: { readonly results: Results | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const headline = useValue('headline')
  const query = useRoute((route) => route.query)
  const signedBy = useValue('counting')?.signedBy ?? null
  const sheets = to('results', { view: 'committees' })
  const sheetsRead = useSum('counts')
  const facts = results
    ? [
        { label: t('lists.results.electors'), value: results.electors, href: to('board') },
        {
          label: t('lists.results.attendance'),
          value: results.attendance,
          href: to('attendance', { status: 'ATTENDED' }),
        },
        { label: t('lists.results.cast'), value: results.cast, href: sheets },
        { label: t('lists.results.valid'), value: results.valid, href: sheets },
        { label: t('lists.results.invalid'), value: results.invalid, href: sheets },
      ]
    : []
  const verified = {
    label: t('results.verifiedSheets'),
    // Of no committee no sheet can be verified.
    value: headline?.committees
      ? `${sheetsRead(headline.entries.verified)} / ${format.number(headline.committees)}`
      : '—',
    href: to('results', { view: 'committees', verified: 'yes' }),
  }
  return (
    <ListHead title={t('lists.results.title')} topic={results ? 'results' : 'counts'} facts={[...facts, verified]}>
      {results && (
        <span className={classes.status} data-status={results.status}>
          {t(`lists.results.status.${results.status}`)}
        </span>
      )}
      <span className="quiet">
        <Made results={results} />
        {results?.status === 'PUBLISHED' && signedBy !== null && (
          <>
            {' '}
            · {t('results.signedBy')} <bdi>{signedBy}</bdi>
          </>
        )}
        {results && (
          <>
            {' '}
            ·{' '}
            <a href={to('results', { ...query, record: MADE })} onClick={openingRecord}>
              {t('trail.open')}
            </a>
          </>
        )}
      </span>
      <ResultActs results={results} />
      <EvidenceButton />
    </ListHead>
  )
}

function Made({ results }: { readonly results: Results | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (results === null) return t('results.notMade')
  if (results.publishedAt !== null) return t('lists.results.published', { time: format.clock(results.publishedAt) })
  return results.generatedAt === null
    ? t('lists.results.notGenerated')
    : t('lists.results.generated', { time: format.clock(results.generatedAt) })
}

function Views({ results }: { readonly results: Results | null }) {
  const { t } = useTranslation()
  const view = useRoute((route) => oneOf(VIEWS, route.query.view)) ?? 'ranking'
  const standing = useStanding(results)
  const isEmpty = standing.rows.length === 0
  const tabs = VIEWS.map((each) => ({
    href: to('results', { view: each === 'ranking' ? null : each }),
    words: t(`results.view.${each}`),
    here: view === each,
  }))
  return (
    <>
      <Tabs label={t('results.views')} tabs={tabs} end={<CountSettings seats />} />
      {view === 'committees' && <ByCommittee />}
      {view === 'lead' && <LeadPanel />}
      {view === 'counts' && <CountRows />}
      {(view === 'ranking' || view === 'parties') && (
        <section className={`panel ${classes.box}`}>
          {isEmpty && <EmptyList topic="results" text={t('lists.results.empty')} />}
          {!isEmpty && !standing.made && <p className={classes.soFar}>{t('results.soFar')}</p>}
          {!isEmpty &&
            (view === 'ranking' ? <RankingTable standing={standing} /> : <PartyTotals standing={standing} />)}
        </section>
      )}
      {view === 'ranking' && !isEmpty && <p className="quiet small">{t('results.note')}</p>}
    </>
  )
}
