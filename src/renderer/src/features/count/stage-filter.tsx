import { useTranslation } from 'react-i18next'
import { attentionOf } from '../../../../shared/sheet/attention.ts'
import { type SheetRow, STAGES } from '../../../../shared/sheet/sheet-view.ts'
import { to, useRoute } from '../../store/route.ts'
import { useIsUnread } from '../../store/trust.ts'
import { useSum } from '../../ui/use-sum.ts'
import classes from './committee-grid.module.css'

/** What the committees can be narrowed to. `faults`: somebody has to look. */
export const WANTED = ['faults', ...STAGES] as const
export type Wanted = (typeof WANTED)[number]

export const isWanted = (row: SheetRow, wanted: Wanted | null): boolean =>
  wanted === null || (wanted === 'faults' ? attentionOf(row) !== null : row.stage === wanted)

/** How many committees are how far, each the way to those alone; what none is at is left out. */
export function StageFilter({ rows, chosen }: { readonly rows: readonly SheetRow[]; readonly chosen: Wanted | null }) {
  const { t } = useTranslation()
  const committees = useSum('committees')
  const sheets = useSum('counts')
  // Of sheets nobody read nothing says how far they are.
  const isUnread = useIsUnread('counts')
  const query = useRoute((route) => route.query)
  const counted = WANTED.map((wanted) => ({ wanted, n: rows.filter((row) => isWanted(row, wanted)).length }))
  const shown = counted.filter(({ wanted, n }) => (n > 0 && !isUnread) || wanted === 'faults' || wanted === chosen)
  return (
    <nav className={classes.stages} aria-label={t('sheet.progress')}>
      <a
        className={classes.stage}
        href={to('count', { ...query, stage: null })}
        aria-current={chosen === null || undefined}
      >
        {t('sheet.all')} <b>{committees(rows.length)}</b>
      </a>
      {shown.map(({ wanted, n }) => (
        <a
          key={wanted}
          className={classes.stage}
          data-wanted={n > 0 ? wanted : undefined}
          href={to('count', { ...query, stage: chosen === wanted ? null : wanted })}
          aria-current={chosen === wanted || undefined}
        >
          {t(wanted === 'faults' ? 'sheet.faults' : `sheet.stage.${wanted}`)} <b>{sheets(isUnread ? 0 : n)}</b>
        </a>
      ))}
    </nav>
  )
}
