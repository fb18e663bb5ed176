import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useOpen } from '../../store/open.ts'
import classes from '../../ui/acts.module.css'
import { Dialog } from '../../ui/dialog.tsx'
import { Refused } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'

/** Verifies the chosen committee's sheet as it stands on this screen, or says why it cannot be. */
export function VerifySheet({ committee }: { readonly committee: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { isOpen, open, close } = useOpen('verify')
  const row = useValue('committees')?.find((each) => each.code === committee)
  const why = useWhyNot(row)
  if (!row) return null
  return (
    <>
      <Refused why={why}>
        <Button
          variant="default"
          {...(why === null
            ? { onClick: () => open() }
            : { 'aria-disabled': true, 'data-disabled': true, 'aria-description': why })}
        >
          {t('acts.verify.button', { committee: `\u2068${format.digitsOf(committee)}\u2069` })}
        </Button>
      </Refused>
      {isOpen && why === null && <Question row={row} onClose={close} />}
    </>
  )
}

function useWhyNot(row: CommitteeRow | undefined): string | null {
  const { t } = useTranslation()
  const may = useValue('session')?.may
  const past = useReplayRefusal()
  if (past !== null) return past
  if (may && !may.verifyCounts) return t('acts.verify.mayNot')
  switch (row?.entry) {
    case 'NOT_STARTED':
      return t('acts.verify.notYet')
    case 'IN_PROGRESS':
      return t('acts.verify.counting')
    case 'VERIFIED':
      return t('acts.verify.done')
    default:
      return null
  }
}

function Question({ row, onClose }: { readonly row: CommitteeRow; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const [failed, setFailed] = useState<string | null>(null)
  const verify = async () => {
    const saved = await call('count.verify', { committee: row.id })
    if (!saved.ok) return setFailed(failure(saved.error))
    say(t('acts.verify.saved'))
    onClose()
  }
  const what = {
    committee: `\u2068${format.digitsOf(row.code)}\u2069`,
    cast: format.number(row.ballotsCast),
    votes: format.number(row.votes),
  }
  return (
    <Dialog title={t('acts.verify.title')} onClose={onClose}>
      <Stack gap="sm">
        <p>{t('acts.verify.text', what)}</p>
        {failed && (
          <p className={classes.fault} role="alert">
            {failed}
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button data-autofocus onClick={() => void verify()}>
            {t('acts.verify.give')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
