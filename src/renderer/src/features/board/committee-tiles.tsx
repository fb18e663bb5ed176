import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { useTrust } from '../../store/trust.ts'
import classes from './board.module.css'
import { useConditionWords } from './committee-rows.tsx'
import { ConditionMark } from './condition-mark.tsx'

/** Hundreds of committees at once: where there is colour, somebody is needed. Turnout is the height of the grey. */
export function CommitteeTiles({ rows }: { readonly rows: readonly CommitteeRow[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useConditionWords()
  const trust = useTrust('attendance')?.state ?? 'provisional'
  return (
    <ul className={classes.tiles} data-trust={trust} aria-label={t('board.committees')}>
      {rows.map((row) => (
        <Tile
          key={row.id}
          code={row.code}
          condition={row.condition}
          level={levelOf(row)}
          label={`${format.digitsOf(row.code)} ${row.name}: ${words(row)}, ${format.share(row.attended, row.electors)}`}
        />
      ))}
    </ul>
  )
}

/** To a tenth of a percent: less is not seen, and is not drawn. */
const levelOf = ({ attended, electors }: CommitteeRow): number =>
  electors > 0 ? Math.min(1_000, Math.floor((attended / electors) * 1_000)) / 10 : 0

type TileProps = Pick<CommitteeRow, 'code' | 'condition'> & { readonly level: number; readonly label: string }

/** Drawn again only when something of it is different. */
const Tile = memo(function Tile({ code, condition, level, label }: TileProps) {
  const format = useFormat()
  return (
    <li>
      <a
        className={classes.tile}
        href={to('attendance', { committee: code })}
        data-condition={condition}
        aria-label={label}
        title={label}
      >
        <span className={classes.level} style={{ blockSize: `${level}%` }} />
        <span className={classes.tileText}>
          <ConditionMark condition={condition} size={11} />
          <bdi>{format.digitsOf(code)}</bdi>
        </span>
      </a>
    </li>
  )
})
