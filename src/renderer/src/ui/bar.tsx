import type { Topic } from '../../../shared/model/change.ts'
import { useTrust } from '../store/trust.ts'
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
}

const share = (part: number, total: number) => (total > 0 ? Math.min(100, (part / total) * 100) : 0)

/** A part of a whole. Fills in reading direction; hatched while its topic is in doubt. */
export function Bar({ value, of, label, topic, inner, color, slim = false }: BarProps) {
  const trust = useTrust(topic)
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={label}
      data-slim={slim || undefined}
      data-doubt={trust?.state === 'doubtful' || undefined}
    >
      <div
        className={classes.fill}
        style={{ inlineSize: `${share(value, of)}%`, ...(color ? { backgroundColor: color } : {}) }}
      />
      {inner !== undefined && <div className={classes.inner} style={{ inlineSize: `${share(inner, of)}%` }} />}
    </div>
  )
}
