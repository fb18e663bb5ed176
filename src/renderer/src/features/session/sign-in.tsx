import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../../shared/view/session.ts'
import { toAscii } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { Brand } from './brand.tsx'
import { KnownServers } from './known-servers.tsx'
import { RevokedNote } from './revoked-note.tsx'
import classes from './session.module.css'

type Faults = { readonly email?: string; readonly password?: string; readonly form?: string }

/** Email and password for one server. The password leaves this form once and is cleared after a refusal. */
export function SignIn({ session, onConnect }: { readonly session: SessionView; readonly onConnect: () => void }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const kiosk = useValue('host')?.kiosk ?? false
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [faults, setFaults] = useState<Faults>({})
  const [busy, setBusy] = useState(false)
  const waiting = busy || session.state === 'signing-in'

  const signIn = async (event: FormEvent) => {
    event.preventDefault()
    const found: Faults = {
      ...(email.trim() === '' ? { email: t('session.needEmail') } : {}),
      ...(password === '' ? { password: t('session.needPassword') } : {}),
    }
    setFaults(found)
    if (found.email || found.password) return
    setBusy(true)
    const result = await call('session.sign-in', { email: toAscii(email).trim(), password })
    setBusy(false)
    setPassword('')
    if (!result.ok) setFaults({ form: failure(result.error) })
  }

  return (
    <>
      <Brand />
      {session.revoked && <RevokedNote revoked={session.revoked} />}
      <h1>{t('session.signIn')}</h1>
      {session.server && <ServerLine server={session.server} />}
      <form className={classes.form} onSubmit={(event) => void signIn(event)} noValidate>
        {faults.form && (
          <p className={classes.fault} role="alert">
            {faults.form}
          </p>
        )}
        <TextInput
          label={t('session.email')}
          type="email"
          dir="ltr"
          autoComplete="username"
          maxLength={254}
          autoFocus
          value={email}
          error={faults.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('session.password')}
          description={t('session.passwordNote')}
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
          dir="ltr"
          autoComplete="current-password"
          maxLength={500}
          value={password}
          error={faults.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={waiting} fullWidth>
          {t(waiting ? 'session.signingIn' : 'session.signIn')}
        </Button>
      </form>
      {/* Which server a kiosk serves is not for whoever stands at it. */}
      {!kiosk && (
        <>
          <Button variant="subtle" onClick={onConnect}>
            {t('frame.connect')}
          </Button>
          <KnownServers session={session} />
        </>
      )}
    </>
  )
}

function ServerLine({ server }: { readonly server: NonNullable<SessionView['server']> }) {
  const { t } = useTranslation()
  return (
    <p className={classes.server}>
      <span>
        <bdi className={classes.name}>{server.name}</bdi> · {t(`session.mode_${server.mode}`)}
      </span>
      <bdi dir="ltr" className="quiet">
        {server.url}
      </bdi>
    </p>
  )
}
