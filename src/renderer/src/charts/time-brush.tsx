import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import { brush, type Span } from '../store/brush.ts'
import { Refused, refusing } from '../ui/refused.tsx'
import classes from './time-brush.module.css'

/** One press of an arrow, as a part of the day shown. */
const STEPS = 120

type TimeBrushProps = {
  /** All there is to choose from, ms. */
  readonly day: Span
  readonly span: Span | null
}

/**
 * Chooses the part of the day that every chart shows, by two handles: arrows move the one that has the focus, Esc takes the
 * whole day again. Time runs from left to right in both scripts.
 */
export function TimeBrush({ day, span }: TimeBrushProps) {
  const { t } = useTranslation()
  const format = useFormat()
  useClearByEsc(span !== null)
  const not = span === null ? t('charts.wholeAlready') : null
  const step = Math.max(1, (day.to - day.from) / STEPS)
  const shown = { from: clamp(span?.from ?? day.from, day), to: clamp(span?.to ?? day.to, day) }
  const set = (next: Span) => {
    const isWhole = next.from <= day.from && next.to >= day.to
    brush(isWhole ? null : next)
  }
  const part = (at: number) => `${((at - day.from) / Math.max(1, day.to - day.from)) * 100}%`
  const handle = { type: 'range', min: day.from, max: day.to, step } as const // the literal a field's type is
  return (
    <div
      className={classes.brush}
      dir="ltr"
      role="group"
      aria-label={t('charts.brush')}
      title={t('charts.brushHint')}
      data-brushed={span !== null || undefined}
    >
      <bdi dir="ltr" className="small">
        {format.clock(shown.from)}
      </bdi>
      <div className={classes.track}>
        <i style={{ left: part(shown.from), right: `calc(100% - ${part(shown.to)})` }} />
        <input
          {...handle}
          aria-label={t('charts.from')}
          aria-valuetext={format.clock(shown.from)}
          value={shown.from}
          onChange={(event) => set({ ...shown, from: Math.min(Number(event.currentTarget.value), shown.to - step) })}
        />
        <input
          {...handle}
          aria-label={t('charts.to')}
          aria-valuetext={format.clock(shown.to)}
          value={shown.to}
          onChange={(event) => set({ ...shown, to: Math.max(Number(event.currentTarget.value), shown.from + step) })}
        />
      </div>
      <bdi dir="ltr" className="small">
        {format.clock(shown.to)}
      </bdi>
      <Refused why={not}>
        <Button size="compact-xs" variant="default" {...refusing(not)} onClick={() => brush(null)}>
          {t('charts.whole')}
        </Button>
      </Refused>
    </div>
  )
}

const clamp = (at: number, { from, to }: Span): number => Math.min(to, Math.max(from, at))

function useClearByEsc(isBrushed: boolean) {
  useEffect(() => {
    if (!isBrushed) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role="dialog"]')) brush(null)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [isBrushed])
}
