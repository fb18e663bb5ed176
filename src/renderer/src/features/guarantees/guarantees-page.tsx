import { ActionIcon } from '@mantine/core'
import { IconCheck, IconPencil } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GroupId, UserId } from '../../../../shared/model/ids.ts'
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
import { usePartyColor } from '../../ui/use-party-color.ts'
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
      <OwnFilters />
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

/** Groups once there are some; collectors where the account sees guarantees of more than one. */
function OwnFilters() {
  const { t } = useTranslation()
  const format = useFormat()
  const choices = useValue('guarantee-choices')
  if (choices === null) return null
  const counted = (label: string, n: number) => `${label} (${format.number(n)})`
  const groups = choices.groups.map(({ id, name, guarantees }) => ({
    value: String(id),
    label: counted(name, guarantees),
  }))
  const others = choices.collectors.filter(({ mine }) => !mine)
  const own = choices.collectors.find(({ mine }) => mine)?.guarantees ?? 0
  const collectors = others.map(({ id, name, guarantees }) => ({
    value: String(id),
    label: counted(name ?? t('lists.guarantees.collectorNumber', { n: format.number(id) }), guarantees),
  }))
  return (
    <>
      {groups.length > 0 && (
        <ChoiceFilter
          name="group"
          label={t('lists.guarantees.group')}
          any={t('lists.guarantees.anyGroup')}
          choices={[...groups, { value: 'none', label: counted(t('lists.guarantees.noGroup'), choices.ungrouped) }]}
        />
      )}
      {others.length > 0 && (
        <ChoiceFilter
          name="collector"
          label={t('lists.guarantees.collector')}
          any={t('lists.guarantees.anyCollector')}
          choices={[{ value: 'mine', label: counted(t('lists.guarantees.mine'), own) }, ...collectors]}
        />
      )}
    </>
  )
}

/** The id in an address, which may hold anything. */
function idOf<Id>(schema: { safeParse: (value: unknown) => { data?: Id } }, text: string | undefined): Id | null {
  return text === undefined ? null : (schema.safeParse(Number(text)).data ?? null)
}

function useGuaranteeQuery(): Omit<GuaranteeQuery, 'offset' | 'limit'> {
  const query = useRoute((route) => route.query)
  return useMemo(
    () => ({
      committee: query.committee ?? null,
      group: query.group === 'none' ? 'none' : idOf(GroupId, query.group),
      collector: query.collector === 'mine' ? 'mine' : idOf(UserId, query.collector),
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
      key: 'group',
      wide: true,
      head: t('lists.guarantees.group'),
      track: 'minmax(0, 1fr)',
      cell: (row) => <GroupName row={row} />,
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

function GroupName({ row }: { readonly row: GuaranteeRow }) {
  const colorOf = usePartyColor()
  if (row.groupName === null) return null
  return (
    <bdi title={row.groupName}>
      <i className={classes.dot} style={{ background: colorOf(row.groupColor) }} aria-hidden />
      {row.groupName}
    </bdi>
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
