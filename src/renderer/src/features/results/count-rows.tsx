import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CommitteeCode } from '../../../../shared/model/ids.ts'
import type { CountQuery, CountRow } from '../../../../shared/view/lists.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { to, useRoute } from '../../store/route.ts'
import { Figure } from '../../ui/figure.tsx'
import { ChoiceFilter, CommitteeFilter, Filters, oneOf } from '../../ui/filters.tsx'
import listed from '../../ui/list-page.module.css'
import { Provenance } from '../../ui/provenance.tsx'
import { EmptyState } from '../../ui/state-notes.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import classes from './results.module.css'

const VERIFIED = ['yes', 'no'] as const
const KEPT = ['view'] as const

/** The vote counts that the figures are made of, one by one: each leads to the journal's rows about it. */
export function CountRows() {
  const { t } = useTranslation()
  const candidates = useValue('candidates') ?? []
  return (
    <div className={classes.counts}>
      <Filters keep={KEPT}>
        <CommitteeFilter />
        <ChoiceFilter
          name="candidate"
          label={t('lists.count.candidate')}
          any={t('results.anyCandidate')}
          widest={260}
          choices={candidates.map(({ number, name }) => ({ value: String(number), label: `${number} · ${name}` }))}
        />
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
        label={t('results.view.counts')}
        query={useCountQuery()}
        columns={useColumns()}
        keyOf={(row) => row.key}
        empty={<EmptyState text={t('lists.noMatch')} />}
      />
    </div>
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
      search: '',
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
        track: 'minmax(0, 1.4fr)',
        cell: (row) => (
          <>
            <a href={to('committee', { code: row.committeeCode })}>
              <bdi>{format.digitsOf(row.committeeCode)}</bdi>
            </a>{' '}
            <bdi className="quiet">{row.committeeName}</bdi>
          </>
        ),
      },
      {
        key: 'candidate',
        head: t('lists.count.candidate'),
        track: 'minmax(0, 1.6fr)',
        cell: (row) => (
          <>
            <span className="quiet">{format.plain(row.candidateNumber)}</span>{' '}
            <bdi className={listed.name}>{row.candidateName}</bdi>
          </>
        ),
      },
      {
        key: 'votes',
        head: t('common.votes'),
        track: '90px',
        cell: (row) => <Figure value={row.votes} topic="counts" />,
      },
      {
        key: 'verified',
        head: t('common.status'),
        track: '130px',
        cell: (row) => t(row.verified ? 'lists.count.verified' : 'lists.count.unverified'),
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
        track: '120px',
        cell: (row) => <Provenance from={row.provenance} of={{ kind: 'count', key: row.key }} />,
      },
    ],
    [t, format],
  )
}
