import { IconCheck, IconChecks, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import classes from './committee-grid.module.css'
import { useHasDraft } from './sheet-drafts.ts'

const ICON = { NOT_STARTED: null, IN_PROGRESS: IconPencil, COMPLETED: IconCheck, VERIFIED: IconChecks } as const
/** More than this many become tiles with the code alone. */
const FULL_UP_TO = 40

/** Every committee and how far its count is; one click shows its sheet. */
export function CommitteeGrid({
  rows,
  chosen,
}: {
  readonly rows: readonly CommitteeRow[]
  readonly chosen: string | null
}) {
  const { t } = useTranslation()
  return (
    <ul
      className={classes.grid}
      data-small={rows.length > FULL_UP_TO || undefined}
      aria-label={t('lists.count.perCommittee')}
    >
      {rows.map((row) => (
        <li key={row.id}>
          <Tile row={row} chosen={row.code === chosen} small={rows.length > FULL_UP_TO} />
        </li>
      ))}
    </ul>
  )
}

type TileProps = { readonly row: CommitteeRow; readonly chosen: boolean; readonly small: boolean }

function Tile({ row, chosen, small }: TileProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const Icon = ICON[row.entry]
  const drafted = useHasDraft(row.id)
  const words = drafted ? t('sheet.draftHere') : t(`lists.count.entry.${row.entry}`)
  const code = format.digitsOf(row.code)
  return (
    <a
      className={classes.tile}
      href={to('count', { committee: chosen ? null : row.code })}
      data-entry={row.entry}
      data-draft={drafted || undefined}
      aria-current={chosen || undefined}
      title={small ? `${row.name}: ${words}` : undefined}
    >
      <span className={classes.code}>
        {Icon && <Icon size={14} aria-hidden />}
        <bdi>{code}</bdi>
        {small && <span className="visually-hidden">{words}</span>}
      </span>
      {!small && (
        <>
          <span className={classes.words}>{words}</span>
          <span className={classes.cast}>
            {row.entry === 'NOT_STARTED'
              ? t('lists.count.came', { n: format.number(row.attended) })
              : t('common.ofTotal', { a: format.number(row.ballotsCast), b: format.number(row.attended) })}
          </span>
        </>
      )}
    </a>
  )
}
