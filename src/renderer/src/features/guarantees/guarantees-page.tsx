import { ActionIcon } from '@mantine/core'
import { IconCheck, IconPencil } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuaranteeQuery, GuaranteeRow } from '../../../../shared/view/lists.ts'
import { type Format, useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { useRoute } from '../../store/route.ts'
import { ChoiceMenu } from '../../ui/choice-menu.tsx'
import { ChoiceFilter, CommitteeFilter, Filters, oneOf, SearchFilter } from '../../ui/filters.tsx'
import { ListHead } from '../../ui/list-head.tsx'
import classes from '../../ui/list-page.module.css'
import { Provenance } from '../../ui/provenance.tsx'
import { Refused } from '../../ui/refused.tsx'
import { EmptyState } from '../../ui/state-notes.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { EditGuarantee } from './edit-guarantee.tsx'
import { type GuaranteeActions, useGuaranteeActions } from './use-guarantee-actions.ts'

const STATUS = ['PENDING', 'GUARANTEED'] as const
const CONFIRMATION = ['PENDING', 'CONFIRMED', 'NOT_AVAILABLE'] as const
const SEEN = ['seen', 'not-seen'] as const

/** Who promised, who confirmed, who came; changed in place. */
export function GuaranteesPage() {
  const { t } = useTranslation()
  const headline = useValue('headline')
  const query = useGuaranteeQuery()
  const [editing, setEditing] = useState<GuaranteeRow | null>(null)
  const columns = useColumns(useGuaranteeActions(), setEditing)
  const filtered = useRoute((route) => Object.keys(route.query).length > 0)
  const facts = headline
    ? [
        { label: t('lists.guarantees.collected'), value: headline.guarantees },
        { label: t('lists.guarantees.pledged'), value: headline.pledged },
        { label: t('lists.guarantees.confirmed'), value: headline.confirmed },
        { label: t('lists.guarantees.attended'), value: headline.pledgedAttended },
      ]
    : []
  return (
    <div className={classes.page}>
      <ListHead title={t('lists.guarantees.title')} topic="guarantees" facts={facts} />
      <GuaranteeFilters />
      <VirtualTable
        name="guarantees"
        label={t('lists.guarantees.title')}
        query={query}
        columns={columns}
        keyOf={(row) => String(row.id)}
        empty={<EmptyState text={filtered ? t('lists.noMatch') : t('lists.guarantees.empty')} />}
      />
      {editing && <EditGuarantee row={editing} onClose={() => setEditing(null)} />}
    </div>
  )
}

function GuaranteeFilters() {
  const { t } = useTranslation()
  return (
    <Filters>
      <SearchFilter placeholder={t('lists.searchElector')} />
      <CommitteeFilter />
      <ChoiceFilter
        name="status"
        label={t('common.status')}
        any={t('lists.anyStatus')}
        choices={STATUS.map((value) => ({ value, label: t(`lists.guarantees.status.${value}`) }))}
      />
      <ChoiceFilter
        name="confirmation"
        label={t('lists.guarantees.confirmationLabel')}
        any={t('lists.anyConfirmation')}
        choices={CONFIRMATION.map((value) => ({ value, label: t(`lists.guarantees.confirmation.${value}`) }))}
      />
      <ChoiceFilter
        name="attendance"
        label={t('lists.anyAttendance')}
        any={t('lists.anyAttendance')}
        choices={SEEN.map((value) => ({ value, label: t(`lists.guarantees.attendanceOf.${value}`) }))}
      />
    </Filters>
  )
}

function useGuaranteeQuery(): Omit<GuaranteeQuery, 'offset' | 'limit'> {
  const query = useRoute((route) => route.query)
  return useMemo(
    () => ({
      committee: query.committee ?? null,
      status: oneOf(STATUS, query.status),
      confirmation: oneOf(CONFIRMATION, query.confirmation),
      attendance: oneOf(SEEN, query.attendance),
      search: query.q ?? '',
    }),
    [query],
  )
}

function useColumns(actions: GuaranteeActions, edit: (row: GuaranteeRow) => void): readonly Column<GuaranteeRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const refusal = (row: GuaranteeRow) => (row.mine ? null : t('lists.guarantees.notMine'))
  return [
    {
      key: 'number',
      head: t('common.number'),
      track: '84px',
      cell: (row) => <Digits text={row.elector} format={format} />,
    },
    {
      key: 'name',
      head: t('common.elector'),
      track: 'minmax(0, 2.2fr)',
      cell: (row) => (
        <bdi className={classes.name} title={row.electorName}>
          {row.electorName}
        </bdi>
      ),
    },
    {
      key: 'committee',
      head: t('common.committee'),
      track: 'minmax(0, 1.5fr)',
      cell: (row) => <bdi title={row.committeeName ?? undefined}>{row.committeeName ?? t('common.unknown')}</bdi>,
    },
    {
      key: 'status',
      head: t('common.status'),
      track: '124px',
      cell: (row) => (
        <ChoiceMenu
          value={row.status}
          choices={STATUS}
          words={(value) => t(`lists.guarantees.status.${value}`)}
          label={t('lists.guarantees.changeStatus', {
            name: row.electorName,
            value: t(`lists.guarantees.status.${row.status}`),
          })}
          onChoose={(value) => actions.setStatus(row.id, value)}
          refusal={refusal(row)}
        />
      ),
    },
    {
      key: 'confirmation',
      head: t('lists.guarantees.confirmationLabel'),
      track: '138px',
      cell: (row) => (
        <ChoiceMenu
          value={row.confirmation}
          choices={CONFIRMATION}
          words={(value) => t(`lists.guarantees.confirmation.${value}`)}
          label={t('lists.guarantees.changeConfirmation', {
            name: row.electorName,
            value: t(`lists.guarantees.confirmation.${row.confirmation}`),
          })}
          onChoose={(value) => actions.confirm(row.id, value)}
          refusal={refusal(row)}
        />
      ),
    },
    { key: 'came', head: t('lists.guarantees.attended'), track: '88px', cell: (row) => <Came seen={row.attended} /> },
    {
      key: 'note',
      wide: true,
      head: t('lists.guarantees.note'),
      track: 'minmax(0, 1.2fr)',
      cell: (row) => (
        <bdi className="quiet" title={row.note}>
          {row.note}
        </bdi>
      ),
    },
    {
      key: 'from',
      wide: true,
      head: t('lists.from'),
      track: '108px',
      cell: (row) => <Provenance from={row.provenance} />,
    },
    {
      key: 'edit',
      head: t('lists.guarantees.edit'),
      track: '60px',
      cell: (row) => <EditButton row={row} refusal={refusal(row)} onEdit={() => edit(row)} />,
    },
  ]
}

type EditButtonProps = { readonly row: GuaranteeRow; readonly refusal: string | null; readonly onEdit: () => void }

function EditButton({ row, refusal, onEdit }: EditButtonProps) {
  const { t } = useTranslation()
  return (
    <Refused why={refusal}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('lists.guarantees.moreFor', { name: row.electorName })}
        {...(refusal === null
          ? { onClick: onEdit, className: classes.edit }
          : { 'aria-disabled': true, 'aria-description': refusal, className: classes.refused })}
      >
        <IconPencil size={15} aria-hidden />
      </ActionIcon>
    </Refused>
  )
}

function Digits({ text, format }: { readonly text: string; readonly format: Format }) {
  return <bdi dir="ltr">{format.digitsOf(text)}</bdi>
}

function Came({ seen }: { readonly seen: boolean }) {
  const { t } = useTranslation()
  if (!seen) return <span className="quiet">{t('lists.guarantees.notSeen')}</span>
  return (
    <span>
      <IconCheck size={14} aria-hidden /> {t('lists.guarantees.seen')}
    </span>
  )
}
