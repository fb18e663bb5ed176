import { useDirection } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFormat } from '../i18n/format.ts'
import classes from './chart.module.css'

type ChartTipProps = {
  /** Of which moment it tells, UTC ms. */
  readonly at: number
  /** A `<dd>` for each thing told. */
  readonly children: ReactNode
}

/** What is told at a point of a chart. The chart keeps its direction in both scripts; words keep theirs. */
export function ChartTip({ at, children }: ChartTipProps) {
  const format = useFormat()
  const { dir } = useDirection()
  return (
    <dl className={classes.tip} dir={dir}>
      <dt className={classes.tipHead}>
        <bdi dir="ltr">{format.clock(at)}</bdi>
      </dt>
      {children}
    </dl>
  )
}
