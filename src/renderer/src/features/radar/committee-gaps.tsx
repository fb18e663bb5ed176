import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../../shared/model/change.ts'
import type { RadarView } from '../../../../shared/view/pledges.ts'
import { useFormat } from '../../i18n/format.ts'
import { directionOf } from '../../i18n/words.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { usePreferences } from '../../store/preferences.ts'
import { to } from '../../store/route.ts'
import { Bar } from '../../ui/bar.tsx'
import { CommitteeName } from '../../ui/committee-name.tsx'
import { during } from '../../ui/during-filter.tsx'
import { Figure } from '../../ui/figure.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Closing } from './closing.tsx'
import classes from './radar.module.css'

/** What one looks at without scrolling far; the rest is one press away. */
const SHOWN = 40
/** An hour, ms. */
const HOUR = 3_600_000

type GapsProps = { readonly radar: RadarView; readonly topic: Topic }

/** Each committee's gap, the largest first, and in which hour its pledged came. */
export function CommitteeGaps({ radar, topic }: GapsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [all, setAll] = useState(false)
  const { committees } = radar
  const hours = useTimeOrder(radar.hours)
  const known = useCommitteeNames()
  const names = useMemo(() => new Map((known ?? []).map(({ code, name }) => [code, name])), [known])
  if (committees.length === 0) return <EmptyList topic="guarantees" text={t('pledges.radar.empty')} />
  const rows = all ? committees : committees.slice(0, SHOWN)
  return (
    <section className={`panel ${classes.box}`} tabIndex={0} aria-label={t('pledges.radar.byCommittee')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('common.committee')}</th>
            <th scope="col" className={classes.end}>
              {t('pledges.radar.missing')}
            </th>
            <th scope="col">{t('pledges.radar.seen')}</th>
            <th scope="col">{t('pledges.radar.closing')}</th>
            {hours.map((hour) => (
              <th
                key={hour}
                scope="col"
                className={classes.hour}
                aria-label={t('pledges.radar.hour', { time: format.clock(hour) })}
              >
                <bdi dir="ltr">{format.clock(hour)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <GapRow key={row.code} row={row} name={names.get(row.code) ?? ''} topic={topic} hours={hours} />
          ))}
        </tbody>
      </table>
      {committees.length > SHOWN && (
        <Button variant="subtle" fullWidth onClick={() => setAll(!all)}>
          {all ? t('pledges.showFewer') : t('pledges.showAll', { n: format.number(committees.length) })}
        </Button>
      )}
    </section>
  )
}

/** Time runs from left to right in every language; where the page runs the other way the columns are turned. */
function useTimeOrder(values: readonly number[]): readonly number[] {
  const language = usePreferences((preferences) => preferences.language)
  return directionOf(language) === 'rtl' ? values.toReversed() : values
}

type GapRowProps = {
  readonly row: RadarView['committees'][number]
  readonly name: string
  readonly topic: Topic
  /** Starts of the hours in the order they are drawn, ms. */
  readonly hours: readonly number[]
}

function GapRow({ row, name, topic, hours }: GapRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const most = Math.max(1, ...row.byHour)
  const byHour = useTimeOrder(row.byHour)
  const calls = to('radar', { list: 'calls', committee: row.code })
  const came = { committee: row.code, status: 'GUARANTEED', attendance: 'seen' }
  const hourLead = (index: number) => {
    const from = hours[index]
    if (from === undefined || byHour[index] === 0) return {}
    return { href: to('guarantees', { ...came, during: during({ from, to: from + HOUR }) }) }
  }
  return (
    <tr>
      <th scope="row">
        <CommitteeName code={row.code} name={name} href={calls} hint={t('pledges.radar.callFor', { name })} />
      </th>
      <td className={classes.end}>
        <Figure value={row.pledged - row.seen} topic={topic} level={3} href={calls} />
      </td>
      <td className={classes.seen}>
        <span>
          <Figure value={row.seen} topic={topic} barred href={to('guarantees', came)} />{' '}
          <span className="quiet small">{t('pledges.funnel.of', { n: format.number(row.pledged) })}</span>
        </span>
        <Bar slim value={row.seen} of={row.pledged} topic={topic} label={format.share(row.seen, row.pledged)} />
      </td>
      <td>
        <Closing closing={row.closing} topic={topic} href={calls} />
      </td>
      {byHour.map((seen, index) => (
        <td key={index} className={classes.hour}>
          <span className={classes.cell}>
            {seen > 0 && <i style={{ blockSize: `${(seen / most) * 100}%` }} aria-hidden />}
            <Figure value={seen} topic={topic} {...hourLead(index)} />
          </span>
        </td>
      ))}
    </tr>
  )
}
