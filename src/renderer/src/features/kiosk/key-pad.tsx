import { IconBackspace } from '@tabler/icons-react'
import type { PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import classes from './key-pad.module.css'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

type PadProps = { readonly onKey: (digit: string) => void; readonly onBack: () => void }

/** Digits to touch, drawn only where the screen can be touched. The focus stays in the field. */
export function KeyPad({ onKey, onBack }: PadProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const stay = (event: PointerEvent) => event.preventDefault()
  return (
    <div className={classes.pad} role="group" aria-label={t('kiosk.pad')} dir="ltr" onPointerDown={stay}>
      {DIGITS.map((digit) => (
        <button key={digit} type="button" className={classes.key} tabIndex={-1} onClick={() => onKey(digit)}>
          {format.digitsOf(digit)}
        </button>
      ))}
      <button type="button" className={classes.key} tabIndex={-1} aria-label={t('kiosk.back')} onClick={onBack}>
        <IconBackspace size={28} aria-hidden />
      </button>
    </div>
  )
}
