import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/core-context.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** Forgets a server's profile and sign-in, after being asked twice. */
export function ForgetServer({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const [asked, setAsked] = useState(false)
  const forget = async () => {
    if (!asked) return setAsked(true)
    const forgotten = await call('server.forget', { id })
    if (forgotten.ok) say(t('session.forgotten', { name }))
    else say(failure(forgotten.error), 'failed')
  }
  return (
    <Button
      size="compact-sm"
      variant={asked ? 'filled' : 'subtle'}
      color={asked ? 'red' : 'gray'}
      aria-label={asked ? t('session.forgetSure', { name }) : `${t('session.forget')} ${name}`}
      onClick={() => void forget()}
      onBlur={() => setAsked(false)}
    >
      {asked ? t('session.forgetSure', { name }) : t('session.forget')}
    </Button>
  )
}
