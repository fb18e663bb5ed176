import { Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCommand, IconKeyboard, IconVolumeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import icon from '../../../../../resources/icon.svg'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { Keys } from '../../ui/kbd.tsx'
import { useFaultCount } from './fault-count.ts'
import shared from './frame.module.css'
import classes from './header.module.css'
import { LinkChip } from './link-chip.tsx'
import { ViewMenu } from './view-menu.tsx'

type HeaderProps = {
  readonly onPalette: () => void
  readonly onKeys: () => void
  readonly onConnect: () => void
  readonly tools: ReactNode
}

export function Header({ onPalette, onKeys, onConnect, tools }: HeaderProps) {
  const { t } = useTranslation()
  return (
    <header className={classes.header}>
      <ViewMenu onConnect={onConnect} />
      <div className={classes.product}>
        <img src={icon} alt="" />
        <span className={classes.wide}>{t('frame.product')}</span>
      </div>
      <Where />
      <div className={classes.tools}>
        <LinkChip />
        <Faults />
        {tools}
        <Tooltip label={<Tip text={t('frame.keys')} keys="?" />}>
          <button type="button" className={shared.icon} onClick={onKeys} aria-label={t('frame.keys')}>
            <IconKeyboard size={18} aria-hidden />
          </button>
        </Tooltip>
        <Tooltip label={<Tip text={t('frame.palette')} keys="Ctrl K" />}>
          <button type="button" className={shared.icon} onClick={onPalette} aria-label={t('frame.palette')}>
            <IconCommand size={18} aria-hidden />
          </button>
        </Tooltip>
      </div>
    </header>
  )
}

function Tip({ text, keys }: { readonly text: string; readonly keys: string }) {
  return (
    <>
      {text} <Keys keys={keys} />
    </>
  )
}

/** Election, phase, clock. */
function Where() {
  const { t } = useTranslation()
  const headline = useValue('headline')
  const election = headline?.election ?? null
  return (
    <div className={classes.where}>
      {election ? (
        <>
          <bdi className={classes.election}>{election.name}</bdi>
          <span className={classes.dot} aria-hidden>
            ·
          </span>
          <span className={classes.phase}>{t(`frame.phase.${election.phase}`)}</span>
        </>
      ) : (
        <span className="quiet">{t(headline ? 'frame.noElection' : 'common.loading')}</span>
      )}
      <span className={classes.dot} aria-hidden>
        ·
      </span>
      <Clock />
    </div>
  )
}

/** Clocks closer than this are told as one, ms: the latest mark is always a little old. */
const SAME_MS = 5 * 60_000

/** This desk's clock with its place; the election's own day clock too where it differs, as in a rehearsal that runs faster. */
function Clock() {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const mode = useValue('session')?.mode
  const latest = useValue('headline')?.latestAttendanceAt ?? null
  return (
    <span className={classes.clock}>
      <Tooltip label={t('frame.clockHere')}>
        <span>
          <bdi dir="ltr">{format.clock(now)}</bdi> <bdi>{format.zone}</bdi>
        </span>
      </Tooltip>
      {mode === 'rehearsal' && latest !== null && Math.abs(latest - now) >= SAME_MS && (
        <Tooltip label={t('frame.clockDay')}>
          <span> · {t('frame.dayClock', { time: format.clock(latest) })}</span>
        </Tooltip>
      )}
    </span>
  )
}

/** How many faults call; leads to them. */
function Faults() {
  const { t } = useTranslation()
  const format = useFormat()
  const faults = useFaultCount()
  const silent = useValue('alerts')?.sound.alarm === false
  if (faults === null) return null
  const { all: count, alarms } = faults
  const called = count === 0 ? t('frame.faultsNone') : t('frame.faults', { count, n: format.number(count) })
  const words = silent ? `${called} ${t('incidents.soundOffLong')}` : called
  return (
    <Tooltip label={words}>
      <a
        className={classes.faults}
        href={to('incidents')}
        aria-label={`${format.number(count)} · ${words}`}
        data-some={count > 0 || undefined}
        data-alarm={alarms > 0 || undefined}
      >
        <IconAlertTriangle size={16} aria-hidden />
        <bdi>{format.number(count)}</bdi>
        {silent && <IconVolumeOff size={15} aria-hidden data-sound="off" />}
      </a>
    </Tooltip>
  )
}
