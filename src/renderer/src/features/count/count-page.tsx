import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CommitteeCode } from '../../../../shared/model/ids.ts'
import type { CountQuery, CountRow } from '../../../../shared/view/lists.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { to, useRoute } from '../../store/route.ts'
import { ChoiceFilter, CommitteeFilter, Filters, oneOf, SearchFilter } from '../../ui/filters.tsx'
import { CountSettings } from '../../ui/count-settings.tsx'
import { ConflictBar } from '../../ui/conflict-bar.tsx'
import { ListHead } from '../../ui/list-head.tsx'
import classes from '../../ui/list-page.module.css'
import { Provenance } from '../../ui/provenance.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import { CommitteeGrid } from './committee-grid.tsx'
import { CountSheet } from './count-sheet.tsx'
import { SheetReview } from './sheet-review.tsx'
import { VerifySheet } from './verify-sheet.tsx'
import { Figure } from '../../ui/figure.tsx'

const VERIFIED = ['yes', 'no'] as const

/** The counts, or one committee's sheet being entered: `#/count?committee=m4&sheet=open`. */
export function CountPage() {
  const query = useRoute((route) => route.query)
  const rows = useValue('committees')
  const committee = query.sheet === 'open' ? rows?.find((row) => row.code === query.committee) : undefined
  return committee ? <CountSheet key={committee.id} committee={committee} /> : <Counts />
}

/** How far each committee's count is, and every candidate's votes from it. */
function Counts() {
  const { t } = useTranslation()
  const format = useFormat()
  const headline = useValue('headline')
  const committees = useStream('committees')
  const query = useCountQuery()
  const filtered = useRoute((route) => Object.keys(route.query).length > 0)
  const facts = headline
    ? [
        {
          label: t('lists.count.completed'),
          value: `${format.number(headline.entries.completed)} / ${format.number(headline.committees)}`,
        },
        { label: t('lists.count.ballots'), value: headline.ballotsCast },
        { label: t('lists.count.invalid'), value: headline.ballotsInvalid },
        { label: t('lists.count.votes'), value: headline.votes },
        { label: t('lists.count.votesVerified'), value: headline.votesVerified },
      ]
    : []
  return (
    <div className={classes.page}>
      <ListHead title={t('lists.count.title')} topic="counts" facts={facts}>
        <CountSettings />
      </ListHead>
      <ConflictBar screen="count" />
      <WhenReady state={committees} loading={<Skeleton width="100%" height={120} />}>
        {(rows) => <CommitteeGrid rows={rows} chosen={query.committee} />}
      </WhenReady>
      {query.committee && <ChosenReview code={query.committee} />}
      <Filters
        end={
          query.committee && (
            <>
              <VerifySheet committee={query.committee} />
              <EnterSheet committee={query.committee} />
            </>
          )
        }
      >
        <SearchFilter placeholder={t('lists.searchCount')} />
        <CommitteeFilter />
        <ChoiceFilter
          name="verified"
          label={t('lists.count.anyVerified')}
          any={t('lists.count.anyVerified')}
          choices={VERIFIED.map((value) => ({
            value,
            label: t(value === 'yes' ? 'lists.count.verified' : 'lists.count.unverified'),
          }))}
        />
      </Filters>
      <VirtualTable
        name="counts"
        label={t('lists.count.perCandidate')}
        query={query}
        columns={useColumns()}
        keyOf={(row) => row.key}
        empty={<EmptyState text={filtered ? t('lists.noMatch') : t('lists.count.empty')} />}
      />
    </div>
  )
}

function ChosenReview({ code }: { readonly code: string }) {
  const id = useValue('committees')?.find((row) => row.code === code)?.id
  const sheet = useValue('sheets')?.find((row) => row.id === id)
  return sheet ? <SheetReview sheet={sheet} code={code} /> : null
}

/** Opens the chosen committee's sheet, where this account may. */
function EnterSheet({ committee }: { readonly committee: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const may = useValue('session')?.may
  const words = t('sheet.enter', { committee: `\u2068${format.digitsOf(committee)}\u2069` })
  const past = useReplayRefusal()
  const refusal = past ?? (may && !may.enterCounts ? t('sheet.mayNot') : null)
  if (refusal !== null) {
    return (
      <Refused why={refusal}>
        <Button aria-disabled data-disabled aria-description={refusal}>
          {words}
        </Button>
      </Refused>
    )
  }
  return (
    <Button component="a" href={to('count', { committee, sheet: 'open' })}>
      {words}
    </Button>
  )
}

function useCountQuery(): Omit<CountQuery, 'offset' | 'limit'> {
  const query = useRoute((route) => route.query)
  return useMemo(() => {
    const verified = oneOf(VERIFIED, query.verified)
    return {
      committee: CommitteeCode.safeParse(query.committee).data ?? null,
      verified: verified === null ? null : verified === 'yes',
      search: query.q ?? '',
    }
  }, [query])
}

function useColumns(): readonly Column<CountRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(
    () => [
      {
        key: 'committee',
        head: t('common.committee'),
        track: 'minmax(0, 1.3fr)',
        cell: (row) => (
          <>
            <bdi className={classes.name}>{format.digitsOf(row.committeeCode)}</bdi>{' '}
            <bdi className="quiet">{row.committeeName}</bdi>
          </>
        ),
      },
      {
        key: 'number',
        head: t('common.number'),
        track: '64px',
        end: true,
        cell: (row) => <bdi>{format.plain(row.candidateNumber)}</bdi>,
      },
      {
        key: 'candidate',
        head: t('lists.count.candidate'),
        track: 'minmax(0, 1.8fr)',
        cell: (row) => (
          <bdi className={classes.name} title={row.candidateName}>
            {row.candidateName}
          </bdi>
        ),
      },
      {
        key: 'party',
        head: t('common.party'),
        track: 'minmax(0, 1fr)',
        cell: (row) => (row.party ? <bdi>{row.party}</bdi> : <span className="quiet">{t('common.independent')}</span>),
      },
      {
        key: 'votes',
        head: t('common.votes'),
        track: '84px',
        end: true,
        cell: (row) => <Figure value={row.votes} topic="counts" />,
      },
      {
        key: 'status',
        head: t('common.status'),
        track: '104px',
        cell: (row) => (
          <span className={row.status === 'REJECTED' ? classes.attention : undefined}>
            {t(`lists.count.status.${row.status}`)}
          </span>
        ),
      },
      {
        key: 'by',
        wide: true,
        head: t('lists.count.enteredBy'),
        track: 'minmax(0, 1.2fr)',
        cell: (row) => <bdi className="quiet">{row.enteredBy ?? ''}</bdi>,
      },
      {
        key: 'from',
        wide: true,
        head: t('lists.from'),
        track: '108px',
        cell: (row) => <Provenance from={row.provenance} of={{ kind: 'count', key: row.key }} />,
      },
    ],
    [t, format],
  )
}
