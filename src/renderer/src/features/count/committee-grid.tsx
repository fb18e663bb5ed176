import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconArrowsDiff,
  IconCheck,
  IconChecks,
  IconHourglass,
  IconPencil,
} from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { attentionOf, attentionOrder } from '../../../../shared/sheet/attention.ts'
import type { SheetRow } from '../../../../shared/sheet/sheet-view.ts'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { to, useRoute } from '../../store/route.ts'
import { useIsUnread, useTrust } from '../../store/trust.ts'
import { EmptyList } from '../../ui/empty-list.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { EmptyState } from '../../ui/state-notes.tsx'
import { oneOf } from '../../ui/filters.tsx'
import classes from './committee-grid.module.css'
import { useHasDraft } from './sheet-drafts.ts'
import { isWanted, StageFilter, WANTED } from './stage-filter.tsx'

const ICON = {
  'not-started': null,
  entering: IconPencil,
  entered: IconCheck,
  'second-waits': IconHourglass,
  differs: IconArrowsDiff,
  verified: IconChecks,
} as const
/** More than this many become tiles with the code alone. */
const FULL_UP_TO = 40

type Place = { readonly row: CommitteeRow; readonly sheet: SheetRow }
const inOrder = new Intl.Collator('en', { numeric: true })

/** Every committee and how far its sheet is, those that want somebody first; one press shows its sheet. */
export function CommitteeGrid({
  rows,
  chosen,
}: {
  readonly rows: readonly CommitteeRow[]
  readonly chosen: string | null
}) {
  const { t } = useTranslation()
  const trust = useTrust('counts')?.state ?? 'provisional'
  const isUnread = useIsUnread('counts')
  const sheets = useValue('sheets')
  const wanted = useRoute((route) => oneOf(WANTED, route.query.stage))
  const places = useMemo(() => placesOf(rows, sheets ?? []), [rows, sheets])
  const shown = places.filter(({ sheet }) => isWanted(sheet, wanted))
  const small = shown.length > FULL_UP_TO
  return (
    <section className={classes.box}>
      <StageFilter rows={places.map(({ sheet }) => sheet)} chosen={wanted} />
      {/* Where neither was read the list below says so, once. */}
      {rows.length === 0 && !isUnread && <EmptyList topic="committees" text={t('results.sheetsEmpty')} />}
      {sheets !== null && shown.length === 0 && rows.length > 0 && <EmptyState text={t('sheet.noneSo')} />}
      {shown.length > 0 && (
        <ul
          className={classes.grid}
          data-small={small || undefined}
          data-trust={trust}
          aria-label={t('lists.count.perCommittee')}
        >
          {shown.map(({ row, sheet }) => (
            <li key={row.id}>
              <Tile row={row} sheet={sheet} chosen={row.code === chosen} small={small} unread={isUnread} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function placesOf(rows: readonly CommitteeRow[], sheets: readonly SheetRow[]): Place[] {
  const byId = new Map(sheets.map((sheet) => [sheet.id, sheet]))
  const places = rows.flatMap((row) => {
    const sheet = byId.get(row.id)
    return sheet ? [{ row, sheet }] : []
  })
  return places.sort((a, b) => attentionOrder(a.sheet, b.sheet) || inOrder.compare(a.row.code, b.row.code))
}

type TileProps = Place & {
  readonly chosen: boolean
  readonly small: boolean
  /** No sheet was ever read: how far this one is nobody here knows. */
  readonly unread: boolean
}

function Tile({ row, sheet, chosen, small, unread }: TileProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const query = useRoute((route) => route.query)
  const came = useSum('attendance')
  const attention = attentionOf(sheet)
  const Icon =
    attention === 'alarm' && sheet.stage !== 'differs'
      ? IconAlertOctagonFilled
      : attention === 'warning'
        ? IconAlertTriangle
        : ICON[sheet.stage]
  const drafted = useHasDraft(row.id)
  const stage = drafted ? t('sheet.draftHere') : unread ? t('common.unread.title') : t(`sheet.stage.${sheet.stage}`)
  const words =
    attention === null || sheet.stage === 'differs' ? stage : `${stage}, ${t(`sheet.attention.${attention}`)}`
  const code = format.digitsOf(row.code)
  return (
    <a
      className={classes.tile}
      href={to('count', { ...query, committee: chosen ? null : row.code })}
      data-stage={sheet.stage}
      data-attention={attention ?? undefined}
      data-draft={drafted || undefined}
      aria-current={chosen || undefined}
      title={small ? `${row.name}: ${words}` : attention ? words : undefined}
    >
      <span className={classes.code}>
        {Icon && <Icon size={14} aria-hidden />}
        <bdi>{code}</bdi>
        {small && <span className="visually-hidden">{words}</span>}
      </span>
      {!small && (
        <>
          <span className={classes.words}>{stage}</span>
          <span className={classes.cast}>
            {sheet.cast === 0
              ? t('lists.count.came', { n: came(row.attended) })
              : t('common.ofTotal', { a: format.number(sheet.cast), b: came(row.attended) })}
          </span>
        </>
      )}
    </a>
  )
}
