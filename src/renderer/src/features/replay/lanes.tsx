import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplayMarks } from '../../../../shared/view/replay.ts'
import { useFormat } from '../../i18n/format.ts'
import classes from './lanes.module.css'
import { useMarkWords } from './use-mark-words.ts'

/** The drawing's own units; it is stretched to the width there is. */
const WIDE = 1_000
/** Where each lane lies, px: the names beside them use the same. */
const LANE = {
  activity: { y: 0, high: 20 },
  link: { y: 23, high: 9 },
  doubts: { y: 35, high: 9 },
  commands: { y: 47, high: 9 },
  election: { y: 59, high: 9 },
} as const
const HIGH = 68
/** A mark is never thinner than can be pointed at. */
const THINNEST = 2.5

/** What happened, as marks over the same axis. Drawn once a day shown: the thumb moves over it. */
export const Lanes = memo(function Lanes({ marks }: { readonly marks: ReplayMarks }) {
  const { t } = useTranslation()
  const x = (at: number) => ((at - marks.from) / Math.max(1, marks.to - marks.from)) * WIDE
  return (
    <svg className={classes.lanes} viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img">
      <title>{t('replay.lanes')}</title>
      <Activity parts={marks.activity} />
      <LinkLane marks={marks} x={x} />
      <Ticks marks={marks} x={x} />
    </svg>
  )
})

function Activity({ parts }: { readonly parts: readonly number[] }) {
  const most = Math.max(1, ...parts)
  const width = WIDE / Math.max(1, parts.length)
  const { high } = LANE.activity
  const line = parts
    .map((count, index) => {
      const y = high - (count / most) * high
      return `L${index * width} ${y}L${(index + 1) * width} ${y}`
    })
    .join('')
  return <path className={classes.activity} d={`M0 ${high}${line}L${WIDE} ${high}Z`} />
}

type LaneProps = { readonly marks: ReplayMarks; readonly x: (at: number) => number }

function LinkLane({ marks, x }: LaneProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return marks.link.map(({ from, to, state }) => (
    <rect
      key={from}
      className={classes.linkMark}
      data-state={state}
      x={x(from)}
      y={LANE.link.y}
      width={Math.max(THINNEST, x(to) - x(from))}
      height={LANE.link.high}
    >
      <title>
        {t('replay.markAt', { what: t(`link.state.${state}`), time: `${format.clock(from)}–${format.clock(to)}` })}
      </title>
    </rect>
  ))
}

function Ticks({ marks, x }: LaneProps) {
  const words = useMarkWords()
  const ticks = [
    ...marks.doubts.map((mark) => ({ lane: LANE.doubts, look: 'doubt', at: mark.at, says: words.doubt(mark) })),
    ...marks.quarantine.map((mark) => ({
      lane: LANE.doubts,
      look: 'fault',
      at: mark.at,
      says: words.quarantine(mark),
    })),
    ...marks.commands.map((mark) => ({
      lane: LANE.commands,
      look: mark.outcome,
      at: mark.at,
      says: words.command(mark),
    })),
    ...marks.election.map((mark) => ({
      lane: LANE.election,
      look: mark.what,
      at: mark.at,
      says: words.election(mark),
    })),
  ]
  return ticks.map(({ lane, look, at, says }) => (
    <rect
      key={`${lane.y} ${look} ${at}`}
      className={classes.tick}
      data-look={look}
      x={x(at)}
      y={lane.y}
      width={THINNEST}
      height={lane.high}
    >
      <title>{says}</title>
    </rect>
  ))
}
