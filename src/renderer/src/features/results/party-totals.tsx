import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { countsOfParty } from '../../store/counts-address.ts'
import { to } from '../../store/route.ts'
import { Bar } from '../../ui/bar.tsx'
import { Figure } from '../../ui/figure.tsx'
import { usePartyColor } from '../../ui/use-party-color.ts'
import classes from './results.module.css'
import type { Standing } from './use-standing.ts'

type Total = {
  readonly party: string | null
  readonly color: string | null
  readonly votes: number
  readonly verified: number
  readonly unverified: number
  readonly candidates: number
  readonly seats: number
}

/** Each party's votes and seats; those without one are one line. */
export function PartyTotals({ standing }: { readonly standing: Standing }) {
  const { t } = useTranslation()
  const format = useFormat()
  const colorOf = usePartyColor()
  const totals = totalsOf(standing)
  const all = totals.reduce((sum, row) => sum + row.votes, 0)
  const most = totals[0]?.votes ?? 0
  const topic = standing.made ? 'results' : 'counts'
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">{t('results.view.parties')}</caption>
      <thead>
        <tr>
          <th>{t('common.party')}</th>
          <th className={classes.end}>{t('results.candidates')}</th>
          <th className={classes.end}>{t('common.votes')}</th>
          <th className={classes.share}>{t('lists.results.share')}</th>
          {standing.seats !== null && <th className={classes.end}>{t('results.seats')}</th>}
          <th className={classes.end}>{t('results.verified')}</th>
          <th className={classes.end}>{t('results.unverified')}</th>
        </tr>
      </thead>
      <tbody>
        {totals.map((row) => {
          const share = format.share(row.votes, all)
          return (
            <tr key={row.party ?? ''}>
              <td>{row.party === null ? t('common.independent') : <bdi className={classes.name}>{row.party}</bdi>}</td>
              <td className={classes.end}>{format.number(row.candidates)}</td>
              <td className={classes.end}>
                <Figure value={row.votes} topic={topic} href={countsOfParty(row.party)} />
              </td>
              <td className={classes.share}>
                <Figure value={share} topic={topic} barred href={countsOfParty(row.party)} />
                <Bar slim value={row.votes} of={most} topic={topic} label={share} color={colorOf(row.color)} />
              </td>
              {standing.seats !== null && (
                <td className={classes.end}>
                  <Figure value={row.seats} topic={topic} href={to('results')} />
                </td>
              )}
              <td className={classes.end}>
                <Figure value={row.verified} topic="counts" href={countsOfParty(row.party, 'yes')} />
              </td>
              <td className={classes.end} data-some={row.unverified > 0 || undefined}>
                <Figure value={row.unverified} topic="counts" href={countsOfParty(row.party, 'no')} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function totalsOf({ rows }: Standing): Total[] {
  const totals = new Map<string | null, Total>()
  for (const { party, color, votes, verified, unverified, seat } of rows) {
    const so = totals.get(party) ?? { party, color, votes: 0, verified: 0, unverified: 0, candidates: 0, seats: 0 }
    totals.set(party, {
      ...so,
      votes: so.votes + votes,
      verified: so.verified + verified,
      unverified: so.unverified + unverified,
      candidates: so.candidates + 1,
      seats: so.seats + (seat === 'in' ? 1 : 0),
    })
  }
  return [...totals.values()].sort((a, b) => b.votes - a.votes)
}
