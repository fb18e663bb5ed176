import type { ReactNode } from 'react'
import type { Topic } from '../../../../shared/model/change.ts'
import { Figure } from '../../ui/figure.tsx'
import classes from './wall.module.css'

type FactProps = {
  readonly value: number | string
  readonly topic: Topic
  readonly label: ReactNode
  /** The one a scene is about. */
  readonly main?: boolean
  readonly condition?: string
}

/** One fact of a scene: a figure that says by its look how far it stands, and what it is of. */
export function Fact({ value, topic, label, main = false, condition }: FactProps) {
  return (
    <div className={classes.fact} data-main={main || undefined} data-condition={condition}>
      <Figure value={value} topic={topic} level={1} />
      <span className={classes.label}>{label}</span>
    </div>
  )
}
