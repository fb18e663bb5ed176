import { Tooltip } from '@mantine/core'
import { IconSnowflake } from '@tabler/icons-react'
import { useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { freeze, isFrozen, letGo, useFreeze } from '../../store/freeze.ts'
import { useReplay } from '../../store/replay.ts'
import { Keys } from '../../ui/kbd.tsx'
import { say } from '../../ui/say.ts'
import shared from './replay.module.css'
import classes from './freeze.module.css'

/** Holds the screen still, or lets it go. A recording is held by pausing it. */
export function useToggleFreeze(): () => void {
  const { t } = useTranslation()
  const replay = useReplay() !== null
  return useCallback(() => {
    if (isFrozen()) letGo()
    else if (replay) say(t('replay.freezeNot'))
    else freeze()
  }, [t, replay])
}

export function FreezeButton() {
  const { t } = useTranslation()
  const frozen = useFreeze((state) => state.since !== null)
  const replay = useReplay() !== null
  const toggle = useToggleFreeze()
  const words = t(frozen ? 'replay.letGo' : 'replay.freeze')
  return (
    <Tooltip
      label={
        replay ? (
          t('replay.freezeNot')
        ) : (
          <>
            {words} <Keys keys="f" />
          </>
        )
      }
    >
      <button
        type="button"
        className={shared.icon}
        aria-pressed={frozen}
        aria-disabled={replay}
        aria-description={replay ? t('replay.freezeNot') : undefined}
        aria-label={t('replay.freeze')}
        onClick={toggle}
      >
        <IconSnowflake size={18} aria-hidden />
      </button>
    </Tooltip>
  )
}

/** Lies over the foot of the screen, so that nothing moves when it comes: since when, and how much has come meanwhile. */
export function FrozenBar() {
  const { t } = useTranslation()
  const format = useFormat()
  const { since, openedAt } = useFreeze()
  const held = useHeld(since)
  if (since === null) return null
  return (
    <section className={classes.frozen} aria-label={t('replay.frozen')}>
      <IconSnowflake size={18} aria-hidden />
      <span>
        <b>{t('replay.frozenSince', { time: format.clockSeconds(since) })}</b>{' '}
        {t('replay.held', { count: held, n: format.number(held) })}{' '}
        {openedAt !== null && t('replay.openedAt', { time: format.clockSeconds(openedAt) })}
      </span>
      <button type="button" className={shared.button} onClick={letGo}>
        {t('replay.letGo')} <Keys keys="f" />
      </button>
    </section>
  )
}

type Count = { readonly since: number; readonly before: number; readonly from: number; readonly last: number }

/** Events written since the screen froze, by the journal's own count; a journal begun anew meanwhile counts from its start. */
function useHeld(since: number | null): number {
  const cursor = useValue('pulse')?.cursor ?? null
  const count = useRef<Count | null>(null)
  if (since === null || cursor === null) {
    if (since === null) count.current = null
    return total(count.current)
  }
  const so = count.current?.since === since ? count.current : { since, before: 0, from: cursor, last: cursor }
  count.current = cursor < so.last ? { since, before: total(so), from: 0, last: cursor } : { ...so, last: cursor }
  return total(count.current)
}
const total = (count: Count | null): number => (count === null ? 0 : count.before + count.last - count.from)
