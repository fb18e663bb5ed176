import { ActionIcon } from '@mantine/core'
import { IconCheck, IconNote, IconPencil } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuaranteeRow } from '../../../../shared/view/lists.ts'
import { type Format, useFormat } from '../../i18n/format.ts'
import { ChoiceMenu } from '../../ui/choice-menu.tsx'
import { CommitteeName } from '../../ui/committee-name.tsx'
import classes from '../../ui/list-page.module.css'
import { Provenance } from '../../ui/provenance.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { usePartyColor } from '../../ui/use-party-color.ts'
import type { Column } from '../../ui/virtual-table.tsx'
import bulk from './bulk.module.css'
import { CONFIRMATION, STATUS } from './guarantee-filters.tsx'
import type { GuaranteeActions } from './use-guarantee-actions.ts'

/** Rows chosen one by one for a change of many. */
export type Ticks = { readonly has: (row: GuaranteeRow) => boolean; readonly turn: (row: GuaranteeRow) => void }

const tickColumn = (ticks: Ticks, head: string): Column<GuaranteeRow> => ({
  key: 'tick',
  head,
  bare: true,
  track: '20px',
  paper: null,
  cell: (row) => <Tick row={row} ticks={ticks} />,
})

function Tick({ row, ticks }: { readonly row: GuaranteeRow; readonly ticks: Ticks }) {
  const { t } = useTranslation()
  return (
    <input
      type="checkbox"
      className={bulk.tick}
      aria-label={t('pledges.bulk.tick', { name: `\u2068${row.electorName}\u2069` })}
      checked={ticks.has(row)}
      onChange={() => ticks.turn(row)}
    />
  )
}

const editColumn = (
  head: string,
  refusal: (row: GuaranteeRow) => string | null,
  edit: (row: GuaranteeRow) => void,
): Column<GuaranteeRow> => ({
  key: 'edit',
  head,
  track: '44px',
  paper: null,
  cell: (row) => <EditButton row={row} refusal={refusal(row)} onEdit={() => edit(row)} />,
})

/** A guarantee in its row: changed in place by its own collector, readable by the others who may see it. */
export function useColumns(
  actions: GuaranteeActions,
  edit: (row: GuaranteeRow) => void,
  open: (row: GuaranteeRow) => void,
  ticks: Ticks,
): readonly Column<GuaranteeRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  const past = useReplayRefusal()
  return useMemo(() => {
    const refusal = (row: GuaranteeRow) => past ?? (row.mine ? null : t('lists.guarantees.notMine'))
    return [
      tickColumn(ticks, t('pledges.bulk.tickHead')),
      {
        key: 'number',
        head: t('common.number'),
        track: '80px',
        cell: (row) => <Digits text={row.elector} format={format} />,
      },
      {
        key: 'name',
        head: t('common.elector'),
        track: 'minmax(0, 2.9fr)',
        paper: (row) => <bdi>{row.electorName}</bdi>,
        cell: (row) => <OpenNotes row={row} onOpen={() => open(row)} />,
      },
      {
        key: 'committee',
        head: t('common.committee'),
        track: 'minmax(0, 1.5fr)',
        cell: (row) => <Committee row={row} />,
      },
      {
        key: 'group',
        wide: true,
        head: t('lists.guarantees.group'),
        track: 'minmax(0, 1.2fr)',
        cell: (row) => <GroupName row={row} />,
      },
      {
        key: 'status',
        head: t('common.status'),
        track: '104px',
        paper: (row) => t(`lists.guarantees.status.${row.status}`),
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
        track: '120px',
        paper: (row) => t(`lists.guarantees.confirmation.${row.confirmation}`),
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
      { key: 'came', head: t('lists.guarantees.attended'), track: '78px', cell: (row) => <Came seen={row.attended} /> },
      {
        key: 'note',
        wide: true,
        head: t('lists.guarantees.note'),
        track: 'minmax(0, 0.9fr)',
        cell: (row) => <QuickNote text={row.note} />,
      },
      {
        key: 'from',
        wide: true,
        head: t('lists.from'),
        track: '96px',
        cell: (row) => <Provenance from={row.provenance} of={{ kind: 'guarantee', key: String(row.id) }} />,
      },
      editColumn(t('lists.guarantees.edit'), refusal, edit),
    ]
  }, [t, format, past, actions, edit, open, ticks])
}

/** The name opens what is written about it: the row by keyboard. */
function OpenNotes({ row, onOpen }: { readonly row: GuaranteeRow; readonly onOpen: () => void }) {
  const { t } = useTranslation()
  const words = row.mine ? t('lists.notes.openFor', { name: row.electorName }) : t('lists.notes.notMine')
  const name = (
    <button
      type="button"
      className={classes.open}
      title={row.electorName}
      {...(row.mine
        ? { 'aria-label': words, 'aria-haspopup': 'dialog', onClick: onOpen }
        : { 'aria-disabled': true, 'aria-description': words })}
    >
      <bdi>{row.electorName}</bdi>
      {row.hasNotes && row.mine && <IconNote size={14} aria-hidden />}
    </button>
  )
  return row.mine ? name : <Refused why={words}>{name}</Refused>
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

/** By its code first: names begin alike. */
function Committee({ row }: { readonly row: GuaranteeRow }) {
  const { t } = useTranslation()
  if (row.committeeName === null) return t('common.unknown')
  if (row.committeeCode === null || row.committeeCode === undefined)
    return <bdi className="quiet">{row.committeeName}</bdi>
  return <CommitteeName code={row.committeeCode} name={row.committeeName} />
}

function GroupName({ row }: { readonly row: GuaranteeRow }) {
  const colorOf = usePartyColor()
  if (row.groupName === null) return null
  return (
    <span className={classes.group} title={row.groupName}>
      <i style={{ background: colorOf(row.groupColor) }} aria-hidden />
      <bdi>{row.groupName}</bdi>
    </span>
  )
}

function QuickNote({ text }: { readonly text: string }) {
  return (
    <bdi className="quiet" title={text}>
      {text}
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
