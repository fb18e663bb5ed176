import { Button, Checkbox, PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WallView } from '../../../../shared/view/wall.ts'
import { toAscii } from '../../i18n/format.ts'
import { useCall } from '../../store/core-context.tsx'
import { type SetUpFault, useFaultWords } from './fault-words.ts'
import classes from './set-up.module.css'

type Typed = { readonly url: string; readonly code: string; readonly email: string; readonly password: string }
type How = 'code' | 'account'

const HOWS = ['code', 'account'] as const satisfies readonly How[]

type SetUpProps = { readonly view: WallView; readonly onDone: (() => void) | null }

/** How a wall gets its sign-in, once. It never knows whose it was before: every field but the address begins empty. */
export function SetUp({ view, onDone }: SetUpProps) {
  const { t } = useTranslation()
  const [how, setHow] = useState<How>(view.server?.kind === 'election' ? 'account' : 'code')
  const [typed, setTyped] = useState<Typed>({ url: view.server?.url ?? '', code: '', email: '', password: '' })
  const [plain, setPlain] = useState(false)
  const { fault, busy, send } = useSending(how, onDone)
  const faultWords = useFaultWords()
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onChange: (event: FormEvent<HTMLInputElement>) => setTyped({ ...typed, [name]: event.currentTarget.value }),
    size: 'lg',
    autoComplete: 'off',
    dir: 'ltr',
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send(typed, plain)
  }
  return (
    <section className={classes.setUp} aria-label={t('wall.setUpTitle')}>
      <h1>{t('wall.setUpTitle')}</h1>
      <p>{t('wall.setUpText')}</p>
      <form onSubmit={submit} noValidate>
        <TextInput {...field('url')} label={t('wall.address')} inputMode="url" data-autofocus={typed.url === ''} />
        <SegmentedControl
          size="lg"
          fullWidth
          aria-label={t('wall.how')}
          value={how}
          onChange={(value) => setHow(HOWS.find((known) => known === value) ?? 'code')}
          data={[
            { value: 'code', label: t('wall.byCode') },
            { value: 'account', label: t('wall.byAccount') },
          ]}
        />
        {how === 'code' ? (
          <TextInput {...field('code')} label={t('wall.code')} description={t('wall.codeHint')} />
        ) : (
          <>
            <TextInput {...field('email')} label={t('session.email')} description={t('wall.accountHint')} />
            <PasswordInput
              {...field('password')}
              label={t('session.password')}
              visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword') }}
            />
          </>
        )}
        {fault === 'plain-not-accepted' && (
          <Checkbox
            size="lg"
            label={t('wall.plain')}
            checked={plain}
            onChange={(event) => setPlain(event.currentTarget.checked)}
          />
        )}
        {fault && (
          <p className={classes.refused} role="alert">
            {faultWords(fault)}
          </p>
        )}
        <Button type="submit" size="lg" loading={busy} aria-label={t(busy ? 'wall.working' : BUTTON[how])}>
          {t(BUTTON[how])}
        </Button>
      </form>
    </section>
  )
}

const BUTTON = { code: 'wall.pairButton', account: 'wall.signInButton' } as const

function useSending(how: How, onDone: (() => void) | null) {
  const call = useCall()
  const [fault, setFault] = useState<SetUpFault | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async (typed: Typed, plainAccepted: boolean) => {
    const missing = missingIn(how, typed)
    if (missing) return setFault(missing)
    setBusy(true)
    const url = toAscii(typed.url).trim()
    const place = { url, plainAccepted }
    const result =
      how === 'code'
        ? await call('wall.pair', { ...place, code: toAscii(typed.code).trim() })
        : await call('wall.sign-in', { ...place, email: typed.email.trim(), password: typed.password })
    setBusy(false)
    setFault(result.ok ? null : result.error)
    if (result.ok) onDone?.()
  }
  return { fault, busy, send }
}

function missingIn(how: How, { url, code, email, password }: Typed): SetUpFault | null {
  if (url.trim() === '') return 'need-address'
  if (how === 'code') return code.trim() === '' ? 'need-code' : null
  return email.trim() === '' || password === '' ? 'need-account' : null
}
