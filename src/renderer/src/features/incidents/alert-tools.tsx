import { Button, Tooltip } from '@mantine/core'
import { IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AlertSettings } from '../../../../shared/view/incident.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useOpen } from '../../store/open.ts'
import { Refused, refusing } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { AlertsDialog } from './alerts-dialog.tsx'
import classes from './alert-tools.module.css'
import { ShiftDialog } from './shift-dialog.tsx'

/** Keeps them on this desk; true when it did. */
export function useSetAlerts(): (alerts: AlertSettings) => Promise<boolean> {
  const call = useCall()
  const failure = useFailureWords()
  return async (alerts) => {
    const result = await call('alerts.set', alerts)
    if (!result.ok) say(failure(result.error), 'failed')
    return result.ok
  }
}

/** Sound on or off in one press, the rules, and the hand-over. */
export function AlertTools() {
  const { t } = useTranslation()
  const rules = useOpen('rules')
  const shift = useOpen('shift')
  const past = useReplayRefusal()
  return (
    <>
      <SoundButton />
      <Refused why={past}>
        <Button
          size="compact-sm"
          variant="default"
          {...(past === null ? { onClick: () => rules.open() } : refusing(past))}
        >
          {t('incidents.rules')}
        </Button>
      </Refused>
      <Button size="compact-sm" variant="default" onClick={() => shift.open()}>
        {t('incidents.shift.open')}
      </Button>
      {rules.isOpen && past === null && <AlertsDialog onClose={rules.close} />}
      {shift.isOpen && shift.of === null && <ShiftDialog onClose={shift.close} />}
    </>
  )
}

function SoundButton() {
  const { t } = useTranslation()
  const alerts = useValue('alerts')
  const set = useSetAlerts()
  const past = useReplayRefusal()
  if (!alerts) return null
  const isOn = alerts.sound.alarm
  const Icon = isOn ? IconVolume : IconVolumeOff
  return (
    <Tooltip label={past ?? (isOn ? t('incidents.soundOn') : t('incidents.soundOffLong'))}>
      <Button
        size="compact-sm"
        variant="default"
        aria-pressed={isOn}
        leftSection={<Icon size={15} aria-hidden />}
        className={isOn ? undefined : classes.off}
        {...refusing(past)}
        onClick={() =>
          past === null &&
          void set({ ...alerts, sound: isOn ? { alarm: false, warning: false } : { ...alerts.sound, alarm: true } })
        }
      >
        {isOn ? t('incidents.soundOn') : t('incidents.soundOff')}
      </Button>
    </Tooltip>
  )
}
