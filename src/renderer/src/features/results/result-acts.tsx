import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Results } from '../../../../shared/model/records.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useOpen } from '../../store/open.ts'
import { Refused, refusing } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { PublishDialog } from './publish-dialog.tsx'
import { useLatestPublishing } from './publishing.tsx'
import classes from './results.module.css'

/** Adding the verified sheets up, and publishing what is on screen; where that cannot be, why. */
export function ResultActs({ results }: { readonly results: Results | null }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const { isOpen, open, close } = useOpen('publish')
  const may = useValue('session')?.may
  const past = useReplayRefusal()
  const mayNot = past ?? (may && !may.results ? t('acts.results.mayNot') : null)
  const publishing = useLatestPublishing()
  const isUnderWay = publishing !== null && publishing.settledAt === null
  const generate = async () => {
    const saved = await call('results.generate', null)
    say(saved.ok ? t('acts.results.generated') : failure(saved.error), saved.ok ? 'done' : 'failed')
  }
  const whyNotPublish =
    mayNot ??
    (results === null
      ? t('acts.results.notYet')
      : results.status === 'PUBLISHED'
        ? t('acts.results.published')
        : isUnderWay
          ? t('acts.results.underWay')
          : null)
  return (
    <div className={classes.acts}>
      <Act words={t('acts.results.generate')} why={mayNot} onDo={() => void generate()} />
      <Act words={t('acts.results.publish')} why={whyNotPublish} onDo={() => open()} />
      {isOpen && results && whyNotPublish === null && <PublishDialog results={results} onClose={close} />}
    </div>
  )
}

type ActProps = { readonly words: string; readonly why: string | null; readonly onDo: () => void }

function Act({ words, why, onDo }: ActProps) {
  return (
    <Refused why={why}>
      <Button variant="default" {...(why === null ? { onClick: onDo } : refusing(why))}>
        {words}
      </Button>
    </Refused>
  )
}
