import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/core-context.tsx'
import { say } from '../../ui/say.ts'
import classes from './doctor.module.css'

/** How long the browser may take to take up a file before its address is given back, ms. */
const TAKEN_UP_MS = 10_000

/** Makes the bundle and hands it to the browser as a file. */
export function SaveDiagnostics() {
  const { t } = useTranslation()
  const call = useCall()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const made = await call('diagnostics.make', null)
    setBusy(false)
    if (!made.ok) return say(t('doctor.notSaved'), 'failed')
    saveAs(made.value.name, made.value.zip)
    say(t('doctor.saved', { name: made.value.name }))
  }
  return (
    <div className={classes.save}>
      <Button variant="default" loading={busy} onClick={() => void save()}>
        {t('doctor.save')}
      </Button>
      <span className="quiet">{t('doctor.saveText')}</span>
    </div>
  )
}

function saveAs(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_UP_MS)
}
