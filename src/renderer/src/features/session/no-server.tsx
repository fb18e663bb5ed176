import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../../shared/view/session.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { refusing } from '../../ui/refused.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { Brand } from './brand.tsx'
import { KnownServers } from './known-servers.tsx'
import classes from './session.module.css'

/** The first screen of a new desk: your server, or a rehearsal to look around. */
export function NoServer({ session, onConnect }: { readonly session: SessionView; readonly onConnect: () => void }) {
  const { t } = useTranslation()
  const host = useValue('host')
  return (
    <>
      <Brand />
      <h1>{t('session.noServerTitle')}</h1>
      <p className="quiet">{t('session.noServerText')}</p>
      <div className={classes.choices}>
        <div className={classes.choice}>
          <Button size="md" fullWidth onClick={onConnect}>
            {t('frame.connect')}
          </Button>
          <p className="quiet small">{t('session.connectHint')}</p>
        </div>
        <Rehearse allowed={host?.can.rehearse ?? false} />
      </div>
      <KnownServers session={session} />
    </>
  )
}

function Rehearse({ allowed }: { readonly allowed: boolean }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const start = async () => {
    setBusy(true)
    const result = await call('server.rehearse', null)
    setBusy(false)
    setFault(result.ok ? null : failure(result.error))
  }
  return (
    <div className={classes.choice}>
      <Button
        size="md"
        variant="default"
        fullWidth
        loading={busy}
        {...refusing(allowed ? null : t('common.error.not-here'))}
        onClick={() => allowed && void start()}
      >
        {t(busy ? 'session.startingRehearsal' : 'session.startRehearsal')}
      </Button>
      <p className="quiet small">{allowed ? t('session.rehearsalHint') : t('common.error.not-here')}</p>
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
