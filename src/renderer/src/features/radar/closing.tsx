import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../../shared/model/change.ts'
import type { Projection } from '../../../../shared/view/pledges.ts'
import { useFormat } from '../../i18n/format.ts'
import { Figure } from '../../ui/figure.tsx'
import classes from './radar.module.css'

/** `href`: who is still missing; what is expected is made of them. */
type ClosingProps = {
  readonly closing: Projection
  readonly topic: Topic
  readonly level?: 2 | 4
  readonly href: string
}

/** What to expect at closing: the range, never one number alone; or why nothing is said. */
export function Closing({ closing, topic, level = 4, href }: ClosingProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (closing.is === 'nothing')
    return (
      <span className={classes.unsaid} title={t(`pledges.radar.nothingText.${closing.because}`)}>
        {t(`pledges.radar.nothing.${closing.because}`)}
      </span>
    )
  const { low, middle, high } = closing
  const range = t('pledges.radar.range', { low: format.number(low), high: format.number(high) })
  return (
    <span className={classes.closing}>
      <span>
        <Figure value={low} topic={topic} level={level} href={href} />
        {low !== high && (
          <>
            {' – '}
            <Figure value={high} topic={topic} level={level} href={href} />
          </>
        )}
      </span>
      {low !== high && (
        <span className="quiet small" title={range}>
          {t('pledges.radar.about', { n: format.number(middle) })}
        </span>
      )}
    </span>
  )
}
