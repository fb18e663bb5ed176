import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CommitteeCode } from '../../../../shared/model/ids.ts'
import type { AttendanceQuery, AttendanceRow } from '../../../../shared/view/lists.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { filtersIn, to, useRoute } from '../../store/route.ts'
import { ChoiceFilter, CommitteeFilter, Filters, oneOf, SearchFilter } from '../../ui/filters.tsx'
import { DuringFilter } from '../../ui/during-filter.tsx'
import { parseSpan } from '../../store/brush.ts'
import { ConflictBar } from '../../ui/conflict-bar.tsx'
import { HoursPanel } from '../../ui/hours-panel.tsx'
import { ListHead } from '../../ui/list-head.tsx'
import classes from '../../ui/list-page.module.css'
import { Provenance } from '../../ui/provenance.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { CorrectButton } from './correct-mark.tsx'
import { OpenedCorrection, openCorrection } from './opened-correction.tsx'
import { ReconcilePanel } from './reconcile-panel.tsx'
import { MarkField } from './mark-field.tsx'

const STATUS = ['ATTENDED', 'PENDING'] as const
const VIEWS = ['list', 'hours', 'reconcile'] as const
/** Parts of the address that are no filters. */
const KEPT = ['view'] as const

/** The field to mark the next, and who came: one by one, by the hour, or held against the paper. */
export function AttendancePage() {
  const { t } = useTranslation()
  const query = useRoute((route) => route.query)
  const view = oneOf(VIEWS, query.view) ?? 'list'
  const committee = CommitteeCode.safeParse(query.committee).data ?? null
  return (
    <div className={classes.page}>
      <Head />
      <ConflictBar screen="attendance" />
      <MarkField />
      <Tabs
        label={t('attend.views')}
        tabs={VIEWS.map((each) => ({
          href: to('attendance', { ...query, view: each === 'list' ? null : each }),
          words: t(`attend.view.${each}`),
          here: view === each,
        }))}
      />
      <Filters keep={KEPT}>
        {view === 'list' && <SearchFilter placeholder={t('lists.searchElector')} />}
        <CommitteeFilter />
        {view === 'list' && <DuringFilter />}
        {view === 'list' && (
          <ChoiceFilter
            name="status"
            label={t('common.status')}
            any={t('lists.anyStatus')}
            choices={STATUS.map((value) => ({ value, label: t(`lists.attendance.status.${value}`) }))}
          />
        )}
      </Filters>
      {view === 'list' && <MarkList />}
      {view === 'hours' && <HoursPanel committee={committee} />}
      {view === 'reconcile' && <ReconcilePanel committee={committee} />}
    </div>
  )
}

/** The sums move with every mark; what stands below them is not drawn again for that. */
function Head() {
  const { t } = useTranslation()
  const format = useFormat()
  const headline = useValue('headline')
  const facts = headline
    ? [
        {
          label: t('lists.attendance.status.ATTENDED'),
          value: headline.attended,
          href: to('attendance', { status: 'ATTENDED' }),
        },
        {
          label: t('board.turnout'),
          value: format.share(headline.attended, headline.electors),
          href: to('attendance', { status: 'ATTENDED' }),
        },
        {
          label: t('lists.attendance.status.PENDING'),
          value: headline.pendingAttendance,
          href: to('attendance', { status: 'PENDING' }),
        },
      ]
    : []
  return <ListHead title={t('lists.attendance.title')} topic="attendance" facts={facts} />
}

/** Who came, newest first. */
function MarkList() {
  const { t } = useTranslation()
  const query = useAttendanceQuery()
  const filtered = useRoute((route) => filtersIn(route.query).length > 0)
  return (
    <>
      <VirtualTable
        name="attendance"
        label={t('lists.attendance.title')}
        query={query}
        columns={useColumns(openCorrection)}
        keyOf={(row) => String(row.id)}
        inPlace
        empty={<EmptyList topic="attendance" filtered={filtered} text={t('lists.attendance.empty')} />}
      />
      <OpenedCorrection />
    </>
  )
}

function useAttendanceQuery(): Omit<AttendanceQuery, 'offset' | 'limit'> {
  const query = useRoute((route) => route.query)
  return useMemo(
    () => ({
      committee: CommitteeCode.safeParse(query.committee).data ?? null,
      status: oneOf(STATUS, query.status),
      during: parseSpan(query.during),
      search: query.q ?? '',
    }),
    [query],
  )
}

function useColumns(correct: (row: AttendanceRow) => void): readonly Column<AttendanceRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(
    () => [
      {
        key: 'at',
        head: t('lists.attendance.at'),
        track: '128px',
        cell: (row) => (
          <>
            <bdi>{format.date(row.attendedAt)}</bdi> <bdi dir="ltr">{format.clockSeconds(row.attendedAt)}</bdi>
          </>
        ),
      },
      {
        key: 'number',
        head: t('common.number'),
        track: '80px',
        cell: (row) => <bdi dir="ltr">{format.digitsOf(row.elector)}</bdi>,
      },
      {
        key: 'name',
        head: t('common.elector'),
        track: 'minmax(0, 2.4fr)',
        cell: (row) => (
          <bdi className={classes.name} title={row.electorName}>
            {row.electorName}
          </bdi>
        ),
      },
      {
        key: 'committee',
        head: t('common.committee'),
        track: '76px',
        cell: (row) => <bdi>{format.digitsOf(row.committeeCode)}</bdi>,
      },
      {
        key: 'status',
        head: t('common.status'),
        track: '122px',
        cell: (row) => (
          <span className={row.status === 'PENDING' ? classes.attention : undefined}>
            {t(`lists.attendance.status.${row.status}`)}
          </span>
        ),
      },
      {
        key: 'by',
        wide: true,
        head: t('lists.attendance.by'),
        track: 'minmax(0, 1.3fr)',
        cell: (row) => <bdi className="quiet">{row.markedBy ?? ''}</bdi>,
      },
      {
        key: 'notes',
        wide: true,
        head: t('lists.attendance.notes'),
        track: 'minmax(0, 1.3fr)',
        cell: (row) => (
          <bdi className="quiet" title={row.notes}>
            {row.notes}
          </bdi>
        ),
      },
      {
        key: 'from',
        head: t('lists.from'),
        track: '120px',
        cell: (row) => <Provenance from={row.provenance} of={{ kind: 'attendance', key: String(row.id) }} />,
      },
      {
        key: 'correct',
        head: t('acts.correct.head'),
        track: '64px',
        paper: null,
        cell: (row) => <CorrectButton key={row.id} row={row} onCorrect={() => correct(row)} />,
      },
    ],
    [t, format, correct],
  )
}
