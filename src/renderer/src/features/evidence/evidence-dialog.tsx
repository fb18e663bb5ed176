import { Alert, Button, Checkbox, Group, Progress, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvidenceView } from '../../../../shared/view/evidence.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useOpen } from '../../store/open.ts'
import { usePreferences } from '../../store/preferences.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { refusing } from '../../ui/refused.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import classes from './evidence.module.css'
import { QrSign } from './qr-sign.tsx'

/** Makes an evidence pack: what goes in, how far it is, and at the end the file, its head and how to verify it. */
export function EvidenceDialog() {
  const { t } = useTranslation()
  const { isOpen, close } = useOpen('evidence')
  return isOpen ? (
    <Dialog title={t('evidence.title')} size="lg" onClose={close}>
      <Contents />
    </Dialog>
  ) : null
}

function Contents() {
  const view = useValue('evidence')
  if (view?.is === 'making') return <Making view={view} />
  if (view?.is === 'made') return <Made view={view} />
  return <Ask failed={view?.is === 'failed' ? view.why : null} />
}

function Ask({ failed }: { readonly failed: Extract<EvidenceView, { is: 'failed' }>['why'] | null }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const mayMake = useValue('session')?.may.makeEvidence ?? false
  const past = useReplayRefusal()
  const not = past ?? (mayMake ? null : t('evidence.mayNot'))
  const language = usePreferences((preferences) => preferences.language)
  const [sealed, setSealed] = useState(true)
  const [withJournal, setWithJournal] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const make = async () => {
    setRefused(null)
    const wishes = { sealed, withJournal: withJournal && !sealed, language }
    const result = await call('evidence.make', wishes)
    if (!result.ok) setRefused(failure(result.error))
  }
  const bad = refused ?? (failed === null ? null : t(`evidence.failed.${failed}`))
  return (
    <Stack gap="md">
      <p>{t('evidence.what')}</p>
      {bad !== null && (
        <Alert color="red" role="alert">
          {bad}
        </Alert>
      )}
      <Radio.Group
        value={sealed ? 'sealed' : 'open'}
        onChange={(value) => setSealed(value === 'sealed')}
        label={t('evidence.people')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="sealed" label={t('evidence.sealed')} description={t('evidence.sealedText')} />
          <Radio value="open" label={t('evidence.openPack')} description={t('evidence.openText')} />
        </Stack>
      </Radio.Group>
      <Checkbox
        checked={withJournal && !sealed}
        {...refusing(sealed ? t('evidence.withJournalSealed') : null)}
        onChange={(event) => setWithJournal(event.currentTarget.checked && !sealed)}
        label={t('evidence.withJournal')}
        description={sealed ? t('evidence.withJournalSealed') : t('evidence.withJournalText')}
      />
      <Group justify="flex-end" gap="md">
        {not !== null && <span className="quiet">{not}</span>}
        <Button {...refusing(not)} onClick={() => not === null && void make()} data-autofocus>
          {t('evidence.make')}
        </Button>
      </Group>
    </Stack>
  )
}

function Making({ view }: { readonly view: Extract<EvidenceView, { is: 'making' }> }) {
  const { t } = useTranslation()
  const call = useCall()
  const format = useFormat()
  const { step, done, total } = view
  const words = t(`evidence.step.${step}`, { done: format.number(done), total: format.number(total) })
  return (
    <Stack gap="md">
      <p role="status">{words}</p>
      <Progress value={total === 0 ? 0 : (done / total) * 100} aria-label={words} />
      <p className="quiet">{t('evidence.goesOn')}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => void call('evidence.cancel', null)}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Of a journal whose first records were let go: from where on it is in the pack. */
function Begins({ cursor, at }: NonNullable<Extract<EvidenceView, { is: 'made' }>['begins']>) {
  const { t } = useTranslation()
  const format = useFormat()
  const time = `${format.date(at)} ${format.clock(at)}`
  return (
    <p role="note" className={classes.begins}>
      {t('evidence.begins', { n: format.number(cursor), time })}
    </p>
  )
}

/** 1 MB is a million bytes, as file managers count. */
const MEGABYTE = 1_000_000

function Made({ view }: { readonly view: Extract<EvidenceView, { is: 'made' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [again, setAgain] = useState(false)
  if (again) return <Ask failed={null} />
  const megabytes = format.number(Math.max(1, Math.round(view.bytes / MEGABYTE)))
  return (
    <Stack gap="md">
      <p role="status">
        {t(view.sealed ? 'evidence.madeSealed' : 'evidence.madeOpen', { n: format.number(view.cursor) })}
      </p>
      {view.begins && <Begins {...view.begins} />}
      <div className={classes.made}>
        <QrSign squares={view.squares} label={t('evidence.signLabel', { text: view.sign })} />
        <dl className={classes.facts}>
          <dt>{t('evidence.head')}</dt>
          <dd>
            <code className={classes.code}>{view.head}</code>
          </dd>
          <dt>{t('evidence.where')}</dt>
          <dd>
            <code className={classes.code}>{view.file}</code>
          </dd>
          <dt>{t('evidence.verifyWith')}</dt>
          <dd>
            <code className={classes.code}>tallydesk pack verify {view.name} --data DIR</code>
          </dd>
        </dl>
      </div>
      <p className="quiet">{t('evidence.writeDown')}</p>
      <Group justify="flex-end" gap="md">
        <Button variant="default" onClick={() => setAgain(true)}>
          {t('evidence.another')}
        </Button>
        <Button component="a" href={`/evidence/${view.name}`} download={view.name} data-autofocus>
          {t('evidence.save', { n: megabytes })}
        </Button>
      </Group>
    </Stack>
  )
}
