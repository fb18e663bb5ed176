import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../shared/model/change.ts'
import { useIsUnread, useTrust } from '../store/trust.ts'
import classes from './bar.module.css'

type BarProps = {
  readonly value: number
  readonly of: number
  readonly label: string
  readonly topic: Topic
  /** A second part within the first, such as what is verified. */
  readonly inner?: number
  readonly color?: string
  readonly slim?: boolean
  /** Where it should be by now, in the units of `of`. */
  readonly mark?: number | undefined
}

const share = (part: number, total: number) => (total > 0 ? Math.min(100, (part / total) * 100) : 0)

/** A part of a whole. Fills in reading direction; dotted around while it is as read, hatched while its topic is in doubt. */
export function Bar({ value, of, label, topic, inner, color, slim = false, mark }: BarProps) {
  const { t } = useTranslation()
  const state = useTrust(topic)?.state ?? 'provisional'
  // Its words would tell a share of nothing.
  const isUnread = useIsUnread(topic) && value === 0
  const isSure = state !== 'doubtful' && state !== 'provisional'
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={
        isUnread ? t('common.unread.title') : isSure ? label : `${label} (${t(`common.trust.short.${state}`)})`
      }
      data-slim={slim || undefined}
      data-trust={state}
    >
      <div
        className={classes.fill}
        style={{ inlineSize: `${share(value, of)}%`, ...(color ? { backgroundColor: color } : {}) }}
      />
      {mark !== undefined && <i className={classes.mark} style={{ insetInlineStart: `${share(mark, of)}%` }} />}
      {inner !== undefined && <div className={classes.inner} style={{ inlineSize: `${share(inner, of)}%` }} />}
    </div>
  )
}
