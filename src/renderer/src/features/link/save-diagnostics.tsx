import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/core-context.tsx'
import { saveZipAs } from '../../ui/save-as.ts'
import { say } from '../../ui/say.ts'
import classes from './doctor.module.css'

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
    saveZipAs(made.value.name, made.value.zip)
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
