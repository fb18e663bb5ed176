import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Stretch } from '../../../../shared/view/meters.ts'
import { useFormat } from '../../i18n/format.ts'
import { PLOT_LEFT, PLOT_RIGHT } from '../../charts/day-chart.tsx'
import classes from './link.module.css'

type RibbonProps = { readonly ribbon: readonly Stretch[]; readonly from: number; readonly to: number }

/** Every state the link was in, oldest at the left. Each state has its own pattern as well as its colour. */
export function StateRibbon({ ribbon, from, to }: RibbonProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const span = Math.max(1, to - from)
  return (
    <div className={classes.ribbon} dir="ltr" style={{ marginLeft: PLOT_LEFT, marginRight: PLOT_RIGHT }}>
      <ul aria-label={t('link.ribbon')}>
        {ribbon.map((stretch) => {
          const end = Math.min(to, stretch.to ?? to)
          const begin = Math.max(from, stretch.from)
          if (end <= begin) return null
          const words = t('link.ribbonLabel', {
            state: t(`link.state.${stretch.state}`),
            from: format.clockSeconds(stretch.from),
            to: stretch.to === null ? t('common.now') : format.clockSeconds(stretch.to),
          })
          const why = stretch.cause ? t(`link.cause.${stretch.cause.code}`) : ''
          return (
            <li
              key={stretch.from}
              className={classes.stretch}
              data-state={stretch.state}
              style={{
                left: `${((begin - from) / span) * 100}%`,
                width: `max(2px, ${((end - begin) / span) * 100}%)`,
              }}
            >
              <Tooltip label={`${words}${why ? ` · ${why}` : ''}`}>
                <span className={classes.stretchHit}>
                  <span className="visually-hidden">
                    {words} {why}
                  </span>
                </span>
              </Tooltip>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
