import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { Sparkline } from '../../charts/sparkline.tsx'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { useTrust } from '../../store/trust.ts'
import { Bar } from '../../ui/bar.tsx'
import { ConditionMark } from '../../ui/condition-mark.tsx'
import { hasIncident, useConditionWords } from '../../ui/condition-words.ts'
import { Figure } from '../../ui/figure.tsx'
import { Hint } from '../../ui/hint.tsx'
import classes from './committee-rows.module.css'

/** One line a committee: who, how it does, how many came, the last two hours. */
export function CommitteeRows({ rows }: { readonly rows: readonly CommitteeRow[] }) {
  const { t } = useTranslation()
  const trust = useTrust('attendance')?.state ?? 'provisional'
  return (
    <div className={classes.rowsBox} tabIndex={0} role="group" aria-labelledby="committees-title">
      <table className={classes.rows} data-trust={trust}>
        <thead className="visually-hidden">
          <tr>
            <th>{t('common.committee')}</th>
            <th>{t('board.turnout')}</th>
            <th>{t('board.curve')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row }: { readonly row: CommitteeRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useConditionWords()
  const condition = (
    <>
      <ConditionMark condition={row.condition} />
      {words(row)}
    </>
  )
  return (
    <tr data-condition={row.condition}>
      <th scope="row">
        <a href={to('committee', { code: row.code })} title={row.name}>
          <span className={classes.code}>
            <bdi>{format.digitsOf(row.code)}</bdi>
          </span>
          <bdi className={classes.rowName}>{row.name}</bdi>
        </a>
        <Hint label={t(`board.conditionText.${row.condition}`)}>
          <span className={classes.condition}>
            {hasIncident(row) ? <a href={to('incidents', { committee: row.code })}>{condition}</a> : condition}
          </span>
        </Hint>
      </th>
      <td className={classes.rowShare}>
        <Figure
          value={format.share(row.attended, row.electors)}
          topic="attendance"
          barred
          href={to('attendance', { committee: row.code })}
        />
        <Bar
          slim
          value={row.attended}
          of={row.electors}
          topic="attendance"
          label={t('common.ofTotal', { a: format.number(row.attended), b: format.number(row.electors) })}
        />
      </td>
      <td className={classes.spark}>
        <Sparkline values={row.rhythm} label={t('board.curve')} />
      </td>
    </tr>
  )
}
