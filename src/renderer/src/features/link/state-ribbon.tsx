import { Tooltip } from '@mantine/core'
import { type KeyboardEvent, type MouseEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stretch } from '../../../../shared/view/meters.ts'
import { PLOT_LEFT, PLOT_RIGHT } from '../../charts/day-chart.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useCall } from '../../store/core-context.tsx'
import { useReplay } from '../../store/replay.ts'
import { useOpenRecording } from '../../ui/use-open-recording.ts'
import classes from './link.module.css'

type RibbonProps = { readonly ribbon: readonly Stretch[]; readonly from: number; readonly to: number }
type Drawn = { readonly stretch: Stretch; readonly begin: number; readonly end: number }

/** Of the ribbon: hardly as wide as it is drawn. */
const NARROW = 0.005

/**
 * Every state the link was in, oldest at the left, each with its own pattern as well as its colour. One stop for Tab, arrows
 * move along it; pressed, it shows the whole console as it was then.
 */
export function StateRibbon({ ribbon, from, to }: RibbonProps) {
  const { t } = useTranslation()
  const lookAt = useLookAt()
  const drawn = ribbon.flatMap((stretch): Drawn[] => {
    const [begin, end] = [Math.max(from, stretch.from), Math.min(to, stretch.to ?? to)]
    return end > begin ? [{ stretch, begin, end }] : []
  })
  const [held, hold] = useState<number | null>(null)
  const stop = drawn.find(({ stretch }) => stretch.from === held) ?? drawn.at(-1)
  return (
    <div className={classes.ribbon} dir="ltr" style={{ marginLeft: PLOT_LEFT, marginRight: PLOT_RIGHT }}>
      <ul aria-label={t('link.ribbon')} onKeyDown={alongTheRibbon}>
        {drawn.map((part) => (
          <Part
            key={part.stretch.from}
            part={part}
            place={{ left: (part.begin - from) / (to - from), width: (part.end - part.begin) / (to - from) }}
            isStop={part === stop}
            onHold={() => hold(part.stretch.from)}
            onLook={lookAt}
          />
        ))}
      </ul>
    </div>
  )
}

/** Looks back at the day being written, or moves on within the one looked at. */
function useLookAt(): (at: number) => void {
  const call = useCall()
  const open = useOpenRecording()
  const replay = useReplay()
  return (at) => void (replay ? call('replay.seek', { at }) : open(null, at))
}

type PartProps = {
  readonly part: Drawn
  /** Shares of the ribbon. */
  readonly place: { readonly left: number; readonly width: number }
  readonly isStop: boolean
  readonly onHold: () => void
  readonly onLook: (at: number) => void
}

function Part({ part: { stretch, begin, end }, place, isStop, onHold, onLook }: PartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = t('link.ribbonLabel', {
    state: t(`link.state.${stretch.state}`),
    from: format.clockSeconds(stretch.from),
    to: stretch.to === null ? t('common.now') : format.clockSeconds(stretch.to),
  })
  const why = stretch.cause ? t(`link.cause.${stretch.cause.code}`) : ''
  const said = why ? `${words} · ${why}` : words
  const look = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    // By key: its beginning. By pointer: the moment under it.
    const share = event.detail === 0 || box.width === 0 ? 0 : (event.clientX - box.left) / box.width
    onLook(Math.round(begin + share * (end - begin)))
  }
  return (
    <li
      className={classes.stretch}
      data-state={stretch.state}
      style={{
        ...{ left: `${place.left * 100}%`, width: `max(2px, ${place.width * 100}%)` },
        // Drawn wider than it is, it lies over its neighbours: else it could not be pressed.
        zIndex: place.width < NARROW ? 1 : 0,
      }}
    >
      <Tooltip label={`${said} · ${t('link.lookThen')}`}>
        <button
          type="button"
          className={classes.stretchHit}
          aria-label={said}
          aria-description={t('link.lookThen')}
          tabIndex={isStop ? 0 : -1}
          onFocus={onHold}
          onClick={look}
        />
      </Tooltip>
    </li>
  )
}

/** Time runs from left to right in every language. */
function alongTheRibbon(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const parts = [...event.currentTarget.querySelectorAll('button')]
  parts[parts.findIndex((part) => part === document.activeElement) + step]?.focus()
}
