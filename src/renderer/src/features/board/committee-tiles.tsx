import type { TFunction } from 'i18next'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { type Format, useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { useTrust } from '../../store/trust.ts'
import classes from './committee-tiles.module.css'
import { ConditionMark } from '../../ui/condition-mark.tsx'
import { hasIncident, useConditionWords } from '../../ui/condition-words.ts'

/** Hundreds of committees at once: where there is colour, somebody is needed. Turnout is the height of the grey. */
export function CommitteeTiles({ rows }: { readonly rows: readonly CommitteeRow[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useConditionWords()
  const trust = useTrust('attendance')?.state ?? 'provisional'
  return (
    <ul className={classes.tiles} data-trust={trust} aria-label={t('board.committees')}>
      {rows.map((row) => (
        <Tile key={row.id} row={row} condition={words(row)} t={t} format={format} />
      ))}
    </ul>
  )
}

/** To a tenth of a percent: less is not seen, and is not drawn. */
const levelOf = ({ attended, electors }: CommitteeRow): number =>
  electors > 0 ? Math.min(1_000, Math.floor((attended / electors) * 1_000)) / 10 : 0

type TileProps = {
  readonly row: CommitteeRow
  readonly condition: string
  /** Given, not asked for: four hundred that each listen for a change of language are most of what a drawing costs. */
  readonly t: TFunction
  readonly format: Format
}

/** Drawn again only when its committee is another, or has been silent for another minute. */
const Tile = memo(function Tile({ row, condition, t, format }: TileProps) {
  const incident = hasIncident(row)
  const code = format.digitsOf(row.code)
  const label = `${code} ${row.name}: ${condition}, ${format.share(row.attended, row.electors)}`
  return (
    <li className={classes.tileBox} data-incident={incident || undefined}>
      <a
        className={classes.tile}
        href={to('committee', { code: row.code })}
        data-condition={row.condition}
        aria-label={label}
        title={label}
      >
        <span className={classes.level} style={{ backgroundSize: `100% ${levelOf(row)}%` }} />
        <span className={classes.tileText}>
          {!incident && <ConditionMark condition={row.condition} size={11} />}
          <bdi>{code}</bdi>
        </span>
      </a>
      {incident && (
        <a
          className={classes.tileMark}
          href={to('incidents', { committee: row.code })}
          data-of={row.condition}
          aria-label={t('committee.toFault', { committee: code })}
          title={t('committee.toFault', { committee: code })}
        >
          <ConditionMark condition={row.condition} size={13} />
        </a>
      )}
    </li>
  )
})
