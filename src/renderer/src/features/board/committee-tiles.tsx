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
      {rows.map((row) => {
        const share = format.share(row.attended, row.electors)
        const label = `${format.digitsOf(row.code)} ${row.name}: ${words(row)}, ${share}`
        return (
          <li key={row.id}>
            <a
              className={classes.tile}
              href={to('attendance', { committee: row.code })}
              data-condition={row.condition}
              aria-label={label}
              title={label}
            >
              <span
                className={classes.level}
                style={{ blockSize: `${row.electors > 0 ? Math.min(100, (row.attended / row.electors) * 100) : 0}%` }}
              />
              <span className={classes.tileText}>
                <ConditionMark condition={row.condition} size={11} />
                <bdi>{format.digitsOf(row.code)}</bdi>
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}
