import { IconHistory, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplayFault, ReplayView } from '../../../../shared/view/replay.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import type { Replay } from '../../store/replay.ts'
import { Keys } from '../../ui/kbd.tsx'
import { DayChoice } from './day-choice.tsx'
import shared from './replay.module.css'
import classes from './replay-bar.module.css'
import { ScrubBar } from './scrub-bar.tsx'
import { steppedTo } from './steps.ts'
import { useReplayActions } from './use-replay-actions.ts'
import { useSeek } from './use-seek.ts'

const SPEEDS = [1, 10, 60, 300, 1_000] as const

/** While a window looks at a recording: stripes on every screen that cannot be mistaken, and the day to move in. */
export function ReplayBar() {
  const view = useValue('replay')
  if (!view) return null
  if (view.is === 'reading') return <Reading view={view} />
  if (view.is === 'replay') return <Playing replay={view} />
  return view.fault ? <Failed fault={view.fault} /> : null
}

function Reading({ view }: { readonly view: Extract<ReplayView, { is: 'reading' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { live } = useReplayActions()
  return (
    <section className={classes.bar} aria-label={t('replay.title')}>
      <div className={classes.line}>
        <span className={classes.plate} role="status">
          <IconHistory size={16} aria-hidden /> <b>{t('replay.title')}</b>{' '}
          {t('replay.reading', { share: format.share(view.share, 1) })}
        </span>
        <span className={classes.grow} />
        <button type="button" className={shared.button} onClick={() => void live()}>
          {t('common.cancel')}
        </button>
      </div>
    </section>
  )
}

function Failed({ fault }: { readonly fault: ReplayFault }) {
  const { t } = useTranslation()
  const { live } = useReplayActions()
  return (
    <section className={classes.failed} role="alert">
      <span className={classes.grow}>
        <FaultWords fault={fault} /> <code className="ltr small">{fault.detail}</code>
      </span>
      <button type="button" className={classes.close} onClick={() => void live()}>
        {t('common.close')}
      </button>
    </section>
  )
}

function FaultWords({ fault }: { readonly fault: ReplayFault }) {
  const { t } = useTranslation()
  const format = useFormat()
  return <>{t(`replay.fault.${fault.is}`, { n: format.number(fault.cursor ?? 0) })}</>
}

function Playing({ replay }: { readonly replay: Replay }) {
  const { t } = useTranslation()
  const seek = useSeek()
  const actions = useReplayActions()
  const toggle = () => void (replay.playing ? actions.pause() : actions.play(replay.speed))
  useKeysOfThePage(replay, seek, toggle)
  const end = replay.fault
  return (
    <section className={classes.bar} aria-label={t('replay.title')}>
      <div className={classes.line}>
        <button
          type="button"
          className={shared.play}
          onClick={toggle}
          aria-label={t(replay.playing ? 'replay.pause' : 'replay.play')}
        >
          {replay.playing ? (
            <IconPlayerPauseFilled size={18} aria-hidden />
          ) : (
            <IconPlayerPlayFilled size={18} aria-hidden />
          )}
        </button>
        <Where replay={replay} />
        <Speeds replay={replay} choose={(speed) => void actions.play(speed)} />
        <span className={classes.grow} />
        {replay.days.length > 1 && <DayChoice replay={replay} seek={seek} />}
        <button type="button" className={shared.button} onClick={() => void actions.live()}>
          {t('replay.backToLive')} <Keys keys="l" />
        </button>
      </div>
      {end && (
        <div className={classes.end} role="alert">
          <FaultWords fault={end} /> <code className="ltr small">{end.detail}</code>
        </div>
      )}
      <ScrubBar replay={replay} seek={seek} toggle={toggle} />
    </section>
  )
}

/** What is looked at, and the moment of the figures. */
function Where({ replay }: { readonly replay: Replay }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { of, at, wanted } = replay
  return (
    <span className={classes.plate}>
      <b>{t('replay.title')}</b> <bdi className={classes.source}>{of.server ?? of.name}</bdi>
      {of.mode === 'rehearsal' && <> · {t('frame.rehearsal')}</>} ·{' '}
      <bdi className={classes.time}>
        {format.date(at)} {format.clockSeconds(at)}
      </bdi>
      {wanted !== null && (
        <span className={classes.wanted}> {t('replay.goingTo', { time: format.clockSeconds(wanted) })}</span>
      )}
    </span>
  )
}

function Speeds({ replay, choose }: { readonly replay: Replay; readonly choose: (speed: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { speed: can } = replay.can
  if (!can) return null
  return (
    <fieldset className={shared.speeds} aria-label={t('replay.speed')}>
      {SPEEDS.filter((speed) => speed >= can.least && speed <= can.most).map((speed) => (
        <button
          key={speed}
          type="button"
          aria-pressed={replay.playing && replay.speed === speed}
          onClick={() => choose(speed)}
        >
          {format.number(speed)}×
        </button>
      ))}
    </fieldset>
  )
}

/** Arrows and Space move the day from anywhere on the page where they mean nothing else. */
function useKeysOfThePage(replay: Replay, seek: (at: number) => void, toggle: () => void) {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { target } = event
      const isNobodys = target === document.body || (target instanceof HTMLElement && target.id === 'content')
      if (!isNobodys || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('[role="dialog"]'))
        return
      if (event.key === ' ') {
        event.preventDefault()
        return toggle()
      }
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
      const to = steppedTo(event, replay.wanted ?? replay.at, replay.day)
      if (to !== null) seek(to)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}
