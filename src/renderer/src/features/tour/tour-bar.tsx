import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { useReplay } from '../../store/replay.ts'
import { go } from '../../store/route.ts'
import { endTour, goToStop, useTour } from '../../store/tour.ts'
import classes from './tour.module.css'

/** What a newcomer has to know before the first phone call, each on the screen it is about: ten seconds a stop. */
export const STOPS = [
  { name: 'board', screen: 'board' },
  { name: 'doubt', screen: 'board' },
  { name: 'link', screen: 'link' },
  { name: 'mark', screen: 'attendance' },
  { name: 'faults', screen: 'incidents' },
  { name: 'keys', screen: 'board' },
] as const

/** Offered once, above the screens; then a stop at a time on the screens themselves. It takes no focus by itself and covers nothing. */
export function TourBar() {
  const { offered, stop } = useTour()
  const signedIn = useValue('session')?.state === 'signed-in'
  const replay = useReplay() !== null
  if (!signedIn || replay) return null
  if (stop !== null) return <Stop at={Math.min(stop, STOPS.length - 1)} />
  return offered ? null : <Offer />
}

function Offer() {
  const { t } = useTranslation()
  return (
    <section className={classes.bar} aria-label={t('tour.title')} data-tour="offer">
      <span className={classes.text}>{t('tour.offer')}</span>
      <Button size="compact-sm" onClick={() => show(0)}>
        {t('tour.start')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={endTour}>
        {t('tour.decline')}
      </Button>
    </section>
  )
}

function Stop({ at }: { readonly at: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const next = useRef<HTMLButtonElement>(null)
  const isLast = at === STOPS.length - 1
  const stop = STOPS[at] ?? STOPS[0]
  // Enter goes on, from the first stop to the last.
  useEffect(() => next.current?.focus(), [at])
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') endTour()
  }
  return (
    <section className={classes.bar} aria-label={t('tour.title')} data-tour={stop.name} onKeyDown={onKey}>
      <b className={classes.place}>{t('tour.place', { a: format.number(at + 1), b: format.number(STOPS.length) })}</b>
      <span className={classes.text} role="status">
        {t(`tour.stop.${stop.name}`)}
      </span>
      {at > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => show(at - 1)}>
          {t('tour.back')}
        </Button>
      )}
      <Button ref={next} size="compact-sm" onClick={() => (isLast ? endTour() : show(at + 1))}>
        {t(isLast ? 'tour.done' : 'tour.next')}
      </Button>
      {!isLast && (
        <Button size="compact-sm" variant="subtle" onClick={endTour}>
          {t('tour.skip')}
        </Button>
      )}
    </section>
  )
}

/** From the palette, whenever somebody asks for it again. */
export const startTour = (): void => show(0)

function show(at: number) {
  const stop = STOPS[at]
  if (!stop) return
  goToStop(at)
  go(stop.screen)
}
