import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PledgeSums } from '../../../../shared/view/pledges.ts'
import { useFormat } from '../../i18n/format.ts'
import { to } from '../../store/route.ts'
import { useWorseTopic } from '../../store/worse-topic.ts'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Figure } from '../../ui/figure.tsx'
import classes from './pledge-sums.module.css'

type Query = Readonly<Record<string, string>>
/** Whose sums they are; `of`: the filter of the list behind them. */
export type Line = PledgeSums & { readonly key: string; readonly name: ReactNode; readonly of: Query | null }

/** What one looks at without scrolling far; the rest is one press away. */
const SHOWN = 30

type SumsTableProps = { readonly title: string; readonly lines: readonly Line[]; readonly none: string }

/** The promises behind one figure of a line; of a committee nobody here knows there is no list. */
const leads = (of: Query | null, part: Query) =>
  of === null ? {} : { href: to('guarantees', { ...of, status: 'GUARANTEED', ...part }) }

/** One line for each committee, collector or group. */
export function SumsTable({ title, lines, none }: SumsTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const came = useWorseTopic('guarantees', 'attendance')
  const [all, setAll] = useState(false)
  const heads = [
    t('pledges.funnel.pledged'),
    t('lists.guarantees.confirmed'),
    t('pledges.funnel.attended'),
    t('lists.guarantees.notSeen'),
    t('pledges.share'),
  ]
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
      </div>
      {lines.length === 0 ? (
        <EmptyList topic="guarantees" text={none} />
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{title}</span>
              </th>
              {heads.map((head) => (
                <th key={head} scope="col" className={classes.end}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(all ? lines : lines.slice(0, SHOWN)).map(({ key, name, of, pledged, confirmed, attended }) => (
              <tr key={key}>
                <th scope="row">
                  {of === null ? (
                    name
                  ) : (
                    <a className="calm" href={to('guarantees', of)}>
                      {name}
                    </a>
                  )}
                </th>
                <td className={classes.end}>
                  <Figure value={pledged} topic="guarantees" {...leads(of, {})} />
                </td>
                <td className={classes.end}>
                  <Figure value={confirmed} topic="guarantees" {...leads(of, { confirmation: 'CONFIRMED' })} />
                </td>
                <td className={classes.end}>
                  <Figure value={attended} topic={came} {...leads(of, { attendance: 'seen' })} />
                </td>
                <td className={classes.end}>
                  <Figure value={pledged - attended} topic={came} {...leads(of, { attendance: 'not-seen' })} />
                </td>
                <td className={classes.end}>
                  <Figure value={format.share(attended, pledged)} topic={came} {...leads(of, { attendance: 'seen' })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lines.length > SHOWN && (
        <Button variant="subtle" fullWidth onClick={() => setAll(!all)}>
          {all ? t('pledges.showFewer') : t('pledges.showAll', { n: format.number(lines.length) })}
        </Button>
      )}
    </section>
  )
}
