import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockIn, DEFAULT_ZONE, zoneOffset } from '../../../../shared/zone.ts'
import { useFormat } from '../../i18n/format.ts'
import { zoneName } from '../../i18n/zone-name.ts'
import { useNow } from '../../store/clock.ts'
import { useCall } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { usePreferences } from '../../store/preferences.ts'
import { closeNow, useOpen } from '../../store/open.ts'
import { useZone } from '../../store/zone.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { ownDirection } from '../../ui/own-direction.ts'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'

/** Asks where the election is held: the answer is the desk's, and every time of every window is told so. */
export function ZoneDialog() {
  const { t } = useTranslation()
  const { isOpen, close } = useOpen('zone')
  if (!isOpen) return null
  return (
    <Dialog title={t('zone.title')} onClose={close}>
      <Ask />
    </Dialog>
  )
}

function Ask() {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const now = useNow()
  const past = useReplayRefusal()
  const language = usePreferences((preferences) => preferences.language)
  const before = useZone((told) => told.zone)
  const kept = useKept('zone')
  const { zone = before } = kept.typed
  const [choices] = useState(() => choicesAt(now, before))
  /** Saved or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    closeNow('zone')
  }
  const name = zoneName(zone, language)
  const give = async () => {
    const set = await call('zone.set', { zone })
    if (!set.ok) return say(failure(set.error), 'failed')
    say(t('zone.saved', { name }))
    done()
  }
  return (
    <DialogForm kept={kept} give={t('zone.give')} why={past} onGive={() => void give()} onCancel={done}>
      <p>{t('zone.text')}</p>
      <NativeSelect
        label={t('zone.field')}
        description={t('zone.now', { name, time: format.digitsOf(clockIn(zone, now)) })}
        value={zone}
        data={choices}
        {...ownDirection(zone)}
        data-autofocus
        onChange={(event) => kept.type({ zone: event.currentTarget.value })}
      />
    </DialogForm>
  )
}

const HOUR = 3_600_000
const MINUTE = 60_000

/** Every zone this browser knows, by name, with how far it is from UTC now; the usual one and the chosen one first. */
function choicesAt(now: number, chosen: string): { value: string; label: string }[] {
  const known = Intl.supportedValuesOf('timeZone')
  const first = [...new Set([DEFAULT_ZONE, chosen])]
  return [...first, ...known.filter((zone) => !first.includes(zone))].map((zone) => ({
    value: zone,
    label: `${zone.replaceAll('_', ' ')} · UTC${signed(zoneOffset(zone, now))}`,
  }))
}

function signed(ms: number): string {
  const away = Math.abs(ms)
  const minutes = Math.round((away % HOUR) / MINUTE)
  const hours = Math.floor(away / HOUR)
  return `${ms < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`
}
