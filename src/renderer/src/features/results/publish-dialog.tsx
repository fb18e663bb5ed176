import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Results } from '../../../../shared/model/records.ts'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { Figure } from '../../ui/figure.tsx'

/** Results are published now or not at all: this long they are tried, ms. */
const PUBLISH_WITHIN_MS = 120_000

/** Signed off by whoever types their own name; not sent after the time the dialog names. */
export function PublishDialog({ results, onClose }: { readonly results: Results; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const now = useDeskNow()
  const name = useValue('session')?.user?.name ?? ''
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const isSigned = name !== '' && folded(typed) === folded(name)
  const publish = async () => {
    setAsked(true)
    if (!isSigned) return
    const saved = await call('results.publish', { deadline: Math.round(now + PUBLISH_WITHIN_MS) })
    if (!saved.ok) return setFailed(failure(saved.error))
    onClose()
  }
  const first = [...results.candidates].sort((a, b) => a.rank - b.rank)[0]
  return (
    <Dialog title={t('acts.results.title')} onClose={onClose}>
      <DialogForm failed={failed} give={t('acts.results.give')} onGive={() => void publish()} onCancel={onClose}>
        <p>
          {t(`lists.results.status.${results.status}`)}
          {results.generatedAt !== null && (
            <> · {t('lists.results.generated', { time: format.clock(results.generatedAt) })}</>
          )}
          {first && (
            <>
              {' · '}
              <bdi>{first.name}</bdi> <Figure value={first.votes} topic="results" />
            </>
          )}
        </p>
        <p>{t('acts.results.text')}</p>
        <p>{t('acts.results.deadline', { time: format.clockSeconds(now + PUBLISH_WITHIN_MS) })}</p>
        <TextInput
          label={t('acts.results.sign', { name: `\u2068${name}\u2069` })}
          value={typed}
          autoComplete="off"
          data-autofocus
          error={asked && !isSigned ? t('acts.results.needSign') : undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  )
}

const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase()
