import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplayMarks } from '../../../../shared/view/replay.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { restDrawing } from '../../store/freeze.ts'
import type { Replay } from '../../store/replay.ts'
import { HourTicks } from './hour-ticks.tsx'
import { Lanes } from './lanes.tsx'
import classes from './scrub-bar.module.css'
import { steppedTo } from './steps.ts'

type ScrubBarProps = {
  readonly replay: Replay
  readonly seek: (at: number) => void
  readonly toggle: () => void
}

/** The day from left to right in every language, with its marks; the thumb is where the figures are, or will be. */
export function ScrubBar({ replay, seek, toggle }: ScrubBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const marks = useValue('marks')
  const rail = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<number | null>(null)
  const { day } = replay
  const at = drag ?? replay.wanted ?? replay.at
  useEffect(() => rail.current?.focus({ preventScroll: true }), [])

  const draw = useRestWhileMoving()

  const goTo = (to: number) => seek(Math.min(day.to, Math.max(day.from, to)))
  const under = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width)))
    return day.from + share * (day.to - day.from)
  }
  const dragTo = (to: number) => {
    draw.rest()
    setDrag(to)
    goTo(to)
  }
  const drop = () => {
    setDrag(null)
    draw.goOn()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === ' ') {
      event.preventDefault()
      return toggle()
    }
    const to = steppedTo(event, at, day)
    if (to === null) return
    event.preventDefault()
    goTo(to)
  }
  return (
    <div className={classes.scrub} dir="ltr">
      <LaneNames />
      <div
        ref={rail}
        className={classes.rail}
        role="slider"
        tabIndex={0}
        aria-label={t('replay.time')}
        aria-valuemin={day.from}
        aria-valuemax={day.to}
        aria-valuenow={Math.round(at)}
        aria-valuetext={`${format.date(at)} ${format.clockSeconds(at)}`}
        aria-busy={replay.wanted !== null}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          dragTo(under(event))
        }}
        onPointerMove={(event) => drag !== null && dragTo(under(event))}
        onPointerUp={drop}
        onPointerCancel={drop}
      >
        {marks && <Drawn marks={marks} />}
        <Thumb share={(at - day.from) / Math.max(1, day.to - day.from)} />
      </div>
    </div>
  )
}

/** The thumb moved within this time: only it is drawn, ms. Where it stays longer, the whole screen follows. */
const MOVING_MS = 120

/** A board drawn anew at each step would make the thumb stutter. */
function useRestWhileMoving() {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      restDrawing(false)
    },
    [],
  )
  const goOn = () => {
    clearTimeout(timer.current)
    restDrawing(false)
  }
  return {
    goOn,
    rest() {
      clearTimeout(timer.current)
      restDrawing(true)
      timer.current = setTimeout(goOn, MOVING_MS)
    },
  }
}

function LaneNames() {
  const { t } = useTranslation()
  return (
    <div className={classes.laneNames} aria-hidden>
      <span>{t('replay.lane.activity')}</span>
      <span>{t('replay.lane.link')}</span>
      <span>{t('replay.lane.doubts')}</span>
      <span>{t('replay.lane.commands')}</span>
      <span>{t('replay.lane.election')}</span>
    </div>
  )
}

function Drawn({ marks }: { readonly marks: ReplayMarks }) {
  return (
    <>
      <Lanes marks={marks} />
      <HourTicks from={marks.from} to={marks.to} />
    </>
  )
}

function Thumb({ share }: { readonly share: number }) {
  return <div className={classes.thumb} style={{ left: `${Math.min(1, Math.max(0, share)) * 100}%` }} aria-hidden />
}
