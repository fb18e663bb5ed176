import { Button, Checkbox, Progress } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DoctorView } from '../../../../shared/view/doctor.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { refusing } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import classes from './doctor.module.css'
import { DoctorFindings } from './doctor-findings.tsx'
import { SaveDiagnostics } from './save-diagnostics.tsx'

/** Why is it not live: fifteen steps, each with its proof, and what a technician needs to look at from afar. */
export function DoctorPanel() {
  const { t } = useTranslation()
  const view = useValue('doctor')
  if (view === null) return null
  return (
    <section className="panel" aria-labelledby="link-doctor">
      <div className="panel-head">
        <h2 id="link-doctor">{t('doctor.head')}</h2>
      </div>
      <div className={classes.body}>
        <p className="quiet">{t('doctor.text')}</p>
        {view.state === 'running' ? <UnderWay view={view} /> : <Ask again={view.state !== 'idle'} />}
        {view.findings.length > 0 && <DoctorFindings findings={view.findings} />}
        <p role="status" className="quiet">
          {view.state === 'done' && t('doctor.done')}
          {view.state === 'stopped' && t('doctor.stopped')}
        </p>
        <SaveDiagnostics />
      </div>
    </section>
  )
}

/** Nothing is written to the server unless this box says so; it is empty each time. */
function Ask({ again }: { readonly again: boolean }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const signedIn = useValue('session')?.state === 'signed-in'
  const [echo, setEcho] = useState(false)
  const [listen, setListen] = useState(false)
  const run = async () => {
    const begun = await call('doctor.run', { echo: echo && signedIn, listen })
    if (!begun.ok) say(failure(begun.error), 'failed')
  }
  return (
    <div className={classes.ask}>
      <Button onClick={() => void run()}>{t(again ? 'doctor.again' : 'doctor.run')}</Button>
      <Checkbox
        label={t('doctor.listen')}
        checked={listen}
        onChange={(event) => setListen(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('doctor.agree')}
        checked={echo && signedIn}
        {...refusing(signedIn ? null : t('doctor.agreeNot'))}
        onChange={(event) => setEcho(event.currentTarget.checked)}
      />
    </div>
  )
}

function UnderWay({ view }: { readonly view: DoctorView }) {
  const { t } = useTranslation()
  const call = useCall()
  const { step, progress } = view
  return (
    <div className={classes.ask}>
      <p role="status">{step && t('doctor.under', { step: t(`doctor.step.${step}`) })}</p>
      {progress !== null && (
        <Progress value={progress * 100} className={classes.progress} aria-label={t('doctor.step.liveness')} />
      )}
      {step === 'liveness' && (
        <Button variant="default" onClick={() => void call('doctor.skip', null)}>
          {t('doctor.skip')}
        </Button>
      )}
      <Button variant="default" onClick={() => void call('doctor.stop', null)}>
        {t('doctor.stop')}
      </Button>
    </div>
  )
}
