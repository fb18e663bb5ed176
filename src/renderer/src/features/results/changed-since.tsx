import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { movedSince } from '../../../../shared/sheet/ranking.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { recordName } from '../../store/opened-record.ts'
import { to, useRoute } from '../../store/route.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Figure } from '../../ui/figure.tsx'
import { countsOf } from '../../store/counts-address.ts'
import classes from './results.module.css'

/** Published results stay as they were; what the sheets say otherwise by now, whose and by how much. */
export function ChangedSince() {
  const { t } = useTranslation()
  const format = useFormat()
  const query = useRoute((route) => route.query)
  const made = to('results', { ...query, record: recordName({ kind: 'results', key: 'results' }) })
  const published = useValue('counting')?.published ?? null
  const candidates = useValue('candidates')
  if (published === null || candidates === null) return null
  const moved = movedSince(published.candidates, candidates)
  if (moved.length === 0) return null
  const time = published.publishedAt === null ? t('common.unknown') : format.clock(published.publishedAt)
  const unverified = candidates.reduce((sum, row) => sum + Math.max(0, row.votes - row.votesVerified), 0)
  return (
    <section className={`panel ${classes.changed}`} aria-label={t('results.changed')}>
      <h2>
        <IconAlertTriangle size={18} aria-hidden /> {t('results.changed')} <DoubtMark topic="counts" short />
      </h2>
      <p>
        {t('results.changedText', { count: moved.length, n: format.number(moved.length), time })}{' '}
        {unverified > 0 && t('results.changedUnverified', { n: format.number(unverified) })}
      </p>
      <div className={classes.box}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('lists.count.candidate')}</th>
              <th className={classes.end}>{t('results.asPublished')}</th>
              <th className={classes.end}>{t('results.now')}</th>
              <th className={classes.end}>{t('results.change')}</th>
              <th className={classes.end}>{t('lists.results.rank')}</th>
            </tr>
          </thead>
          <tbody>
            {moved.map((row) => (
              <tr key={row.number}>
                <td>
                  <bdi className={classes.name}>{row.name}</bdi>
                </td>
                <td className={classes.end}>
                  <Figure value={row.before} topic="results" href={made} />
                </td>
                <td className={classes.end}>
                  <Figure value={row.now} topic="counts" href={countsOf(row.number)} />
                </td>
                <td className={classes.end}>
                  <Figure
                    value={`${row.now > row.before ? '+' : '−'}${format.number(Math.abs(row.now - row.before))}`}
                    topic="counts"
                    href={countsOf(row.number)}
                  />
                </td>
                <td className={classes.end}>
                  {row.rankBefore === row.rankNow ? (
                    format.plain(row.rankNow)
                  ) : (
                    <bdi dir="ltr">
                      {format.plain(row.rankBefore)} → {format.plain(row.rankNow)}
                    </bdi>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
