import { useTranslation } from 'react-i18next'
import type { Ranked } from '../../../../shared/sheet/ranking.ts'
import { useFormat } from '../../i18n/format.ts'
import { Bar } from '../../ui/bar.tsx'
import { Figure } from '../../ui/figure.tsx'
import { usePartyColor } from '../../ui/use-party-color.ts'
import { countsOf } from '../../store/counts-address.ts'
import classes from './results.module.css'
import type { Candidate, Standing } from './use-standing.ts'

/** The ranking with its ties, shares and the line below the last seat; beside it what is verified by now and what is not. */
export function RankingTable({ standing }: { readonly standing: Standing }) {
  const { t } = useTranslation()
  const { rows, seats } = standing
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">{t('results.view.ranking')}</caption>
      <thead>
        <tr>
          <th className={classes.narrow}>{t('lists.results.rank')}</th>
          <th className={classes.narrow}>{t('common.number')}</th>
          <th>{t('lists.count.candidate')}</th>
          <th>{t('common.party')}</th>
          <th className={classes.end}>{t('common.votes')}</th>
          <th className={classes.share}>{t('results.ofValid')}</th>
          {seats !== null && <th className={classes.end}>{t('results.toLine')}</th>}
          <th className={classes.end}>{t('results.verified')}</th>
          <th className={classes.end}>{t('results.unverified')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Row
            key={row.number}
            row={row}
            standing={standing}
            isLine={seats !== null && index === seats - 1 && index < rows.length - 1}
          />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = {
  readonly row: Ranked<Candidate>
  readonly standing: Standing
  /** The last seat: the line runs below it. */
  readonly isLine: boolean
}

function Row({ row, standing, isLine }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const colorOf = usePartyColor()
  const topic = standing.made ? 'results' : 'counts'
  const most = standing.rows[0]?.votes ?? 0
  const share = format.share(row.votes, standing.valid)
  return (
    <tr data-line={isLine || undefined} data-seat={row.seat ?? undefined}>
      <td>
        {format.plain(row.rank)}
        {row.tied && <span className={classes.tied}>{t('results.tied')}</span>}
      </td>
      <td className="quiet">{format.plain(row.number)}</td>
      <td>
        <bdi className={classes.name}>{row.name}</bdi>
      </td>
      <td>{row.party === null ? <span className="quiet">{t('common.independent')}</span> : <bdi>{row.party}</bdi>}</td>
      <td className={classes.end}>
        <Figure value={row.votes} topic={topic} href={countsOf(row.number)} />
      </td>
      <td className={classes.share}>
        <Figure value={share} topic={topic} barred href={countsOf(row.number)} />
        <Bar slim value={row.votes} of={most} topic={topic} label={share} color={colorOf(row.color)} />
      </td>
      {standing.seats !== null && (
        <td className={classes.end}>
          <Margin row={row} topic={topic} />
        </td>
      )}
      <td className={classes.end}>
        <Figure value={row.verified} topic="counts" href={countsOf(row.number, 'yes')} />
      </td>
      <td className={classes.end} data-some={row.unverified > 0 || undefined}>
        <Figure value={row.unverified} topic="counts" href={countsOf(row.number, 'no')} />
      </td>
    </tr>
  )
}

function Margin({ row, topic }: { readonly row: Ranked<Candidate>; readonly topic: 'results' | 'counts' }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (row.seat === 'line') return <b>{t('results.onLine')}</b>
  if (row.margin === null) return <span className="quiet">—</span>
  const sign = row.margin > 0 ? '+' : '−'
  return (
    <>
      <span className="visually-hidden">{t(row.seat === 'in' ? 'results.isIn' : 'results.isOut')} </span>
      <Figure value={`${sign}${format.number(Math.abs(row.margin))}`} topic={topic} href={countsOf(row.number)} />
    </>
  )
}
