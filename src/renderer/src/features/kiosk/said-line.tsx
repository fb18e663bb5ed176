import { IconAlertOctagonFilled, IconCircleCheckFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useOutboxItem } from '../../store/outbox-item.ts'
import classes from './said-line.module.css'
import type { Said } from './use-marks.ts'

/** What became of the last mark, in words. Its place is held. */
export function SaidLine({ said }: { readonly said: Said }) {
  const words = useSaidWords(said)
  const bad = said.is === 'fault' || said.is === 'refused' || said.is === 'conflict'
  return (
    <div className={classes.said} role={bad ? 'alert' : 'status'} data-said={said.is}>
      {said.is === 'saved' && <IconCircleCheckFilled size={26} aria-hidden />}
      {bad && <IconAlertOctagonFilled size={26} aria-hidden />}
      <span>{words}</span>
    </div>
  )
}

function useSaidWords(said: Said): string {
  const { t } = useTranslation()
  const format = useFormat()
  const item = useOutboxItem(said.is === 'saved' ? said.key : null)
  if (said.is === 'nothing') return ''
  if (said.is === 'fault') return said.text
  if (said.is === 'conflict') return t('kiosk.conflictNow', { about: `\u2068${format.digitsOf(said.about)}\u2069` })
  if (said.is === 'refused') {
    const about = `\u2068${format.digitsOf(said.about)}\u2069`
    return t('kiosk.refused', { about, why: `\u2068${said.reason ?? t('common.unknown')}\u2069` })
  }
  const who = [said.name, format.digitsOf(said.number)].flatMap((part) => (part === null ? [] : `\u2068${part}\u2069`))
  const state = item === null || item.state === 'rejected' ? 'queued' : item.state
  const isArrival = said.isPending && (state === 'queued' || state === 'sent' || state === 'confirmed')
  return t(isArrival ? `kiosk.arrived.${state}` : `kiosk.marked.${state}`, { who: who.join(' · ') })
}
