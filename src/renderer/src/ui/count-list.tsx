import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CommitteeCode } from '../../../shared/model/ids.ts'
import type { CountQuery, CountRow } from '../../../shared/view/lists.ts'
import { useFormat } from '../i18n/format.ts'
import { useValue } from '../store/core-context.tsx'
import { to, useRoute } from '../store/route.ts'
import { NO_PARTY } from '../store/counts-address.ts'
import { CommitteeName } from './committee-name.tsx'
import { Figure } from './figure.tsx'
import { ChoiceFilter, CommitteeFilter, Filters, oneOf, SearchFilter } from './filters.tsx'
import classes from './list-page.module.css'
import { Provenance } from './provenance.tsx'
import { type Column, VirtualTable } from './virtual-table.tsx'

const VERIFIED = ['yes', 'no'] as const

type CountListProps = {
  readonly label: string
  readonly empty: ReactNode
  /** Stands at the filters' end. */
  readonly end?: ReactNode
  /** Parts of the address that are no filters. */
  readonly keep?: readonly string[]
}

/** The vote counts, one by one: each leads to its committee and to the journal's rows about it. */
export function CountList({ label, empty, end, keep }: CountListProps) {
  const { t } = useTranslation()
  const candidates = useValue('candidates') ?? []
  const parties = [...new Set(candidates.flatMap(({ party }) => party ?? []))]
  return (
    <>
      <Filters end={end} {...(keep && { keep })}>
        <SearchFilter placeholder={t('lists.searchCount')} />
        <CommitteeFilter />
        <ChoiceFilter
          name="candidate"
          label={t('lists.count.candidate')}
          any={t('results.anyCandidate')}
          widest={260}
          choices={candidates.map(({ number, name }) => ({ value: String(number), label: `${number} · ${name}` }))}
        />
        {parties.length > 0 && (
          <ChoiceFilter
            name="party"
            label={t('common.party')}
            any={t('figures.anyParty')}
            widest={160}
            choices={[
              ...parties.map((name) => ({ value: name, label: name })),
              { value: NO_PARTY, label: t('common.independent') },
            ]}
          />
        )}
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
        label={label}
        query={useCountQuery()}
        columns={useColumns()}
        keyOf={(row) => row.key}
        empty={empty}
      />
    </>
  )
}

function useCountQuery(): Omit<CountQuery, 'offset' | 'limit'> {
  const query = useRoute((route) => route.query)
  return useMemo(() => {
    const verified = oneOf(VERIFIED, query.verified)
    return {
      committee: CommitteeCode.safeParse(query.committee).data ?? null,
      verified: verified === null ? null : verified === 'yes',
      candidate: /^\d{1,6}$/.test(query.candidate ?? '') ? Number(query.candidate) : null,
      party: query.party === NO_PARTY ? '' : (query.party ?? null),
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
          <CommitteeName
            code={row.committeeCode}
            name={row.committeeName}
            href={to('committee', { code: row.committeeCode })}
          />
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
        head: t('lists.from'),
        track: '108px',
        cell: (row) => <Provenance from={row.provenance} of={{ kind: 'count', key: row.key }} />,
      },
    ],
    [t, format],
  )
}
