import { Button, Checkbox, Group, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TypedBefore } from '../../ui/typed-before.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { type ConnectFaults, type ConnectForm, checkConnect, formOf, isPlain, type Written } from './connect-form.ts'
import classes from './session.module.css'

/** Adds a server and switches to it. What was typed stays until it worked. */
export function ConnectDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const kept = useKept('connect')
  // That it goes without encryption is accepted anew.
  const [plainAccepted, acceptPlain] = useState(false)
  const form: ConnectForm = { ...formOf(kept.typed), plainAccepted }
  /** Connected or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const [faults, setFaults] = useState<ConnectFaults>({})
  const [refused, setRefused] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const set = kept.type

  const connect = async (event: FormEvent) => {
    event.preventDefault()
    const checked = checkConnect(form)
    setFaults(checked.ok ? {} : checked.error)
    if (!checked.ok) return
    setBusy(true)
    const result = await call('server.connect', checked.value)
    setBusy(false)
    if (result.ok) return done()
    setRefused(failure(result.error))
  }

  return (
    <Dialog title={t('session.connectTitle')} size="lg" onClose={onClose}>
      <form onSubmit={(event) => void connect(event)} noValidate>
        <Stack gap="md">
          <TypedBefore kept={kept} />
          {refused && (
            <p className={classes.fault} role="alert">
              {refused}
            </p>
          )}
          <TextInput
            label={t('session.serverName')}
            description={t('session.serverNameHint')}
            value={form.name}
            maxLength={80}
            data-autofocus
            error={faults.name && t('session.needName')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('session.serverUrl')}
            description={t('session.serverUrlHint')}
            value={form.url}
            maxLength={300}
            type="url"
            dir="ltr"
            error={faults.url && t('session.needUrl')}
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
          {isPlain(form.url) && (
            <div className={classes.plain}>
              <strong>
                <IconLockOpen size={16} aria-hidden /> {t('session.plainTitle')}
              </strong>
              <p>{t('session.plainText')}</p>
              <Checkbox
                label={t('session.plainAccept')}
                checked={form.plainAccepted}
                error={faults.plain && t('session.needPlain')}
                onChange={(event) => acceptPlain(event.currentTarget.checked)}
              />
            </div>
          )}
          <ModeChoice mode={form.mode} onChange={(mode) => set({ mode })} />
          <Advanced form={form} set={set} />
          <Group justify="flex-end">
            <Button variant="default" onClick={done}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('session.connectButton')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

type ModeProps = { readonly mode: ConnectForm['mode']; readonly onChange: (mode: ConnectForm['mode']) => void }

function ModeChoice({ mode, onChange }: ModeProps) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      label={t('session.mode')}
      description={t('session.modeHint')}
      value={mode}
      onChange={(value) => onChange(value === 'rehearsal' ? 'rehearsal' : 'official')}
    >
      <Stack gap={6} mt={6}>
        <Radio value="official" label={t('session.modeOf.official')} />
        <Radio value="rehearsal" label={t('session.modeOf.rehearsal')} />
      </Stack>
    </Radio.Group>
  )
}

type AdvancedProps = { readonly form: ConnectForm; readonly set: (change: Partial<Written>) => void }

function Advanced({ form, set }: AdvancedProps) {
  const { t } = useTranslation()
  return (
    <details className={classes.advanced}>
      <summary>{t('session.advanced')}</summary>
      <Stack gap="md" mt="sm">
        <TextInput
          label={t('session.origin')}
          description={t('session.originHint')}
          value={form.origin}
          maxLength={300}
          dir="ltr"
          onChange={(event) => set({ origin: event.currentTarget.value })}
        />
        <Textarea
          label={t('session.authority')}
          description={t('session.authorityHint')}
          value={form.authority}
          maxLength={20_000}
          rows={4}
          dir="ltr"
          onChange={(event) => set({ authority: event.currentTarget.value })}
        />
      </Stack>
    </details>
  )
}
