import { ActionIcon, Radio, Stack } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AttendanceRow } from '../../../../shared/view/lists.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { mayMarkAt } from '../../store/may.ts'
import classes from '../../ui/list-page.module.css'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { Refused } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'

const CHOICES = ['ATTENDED', 'PENDING', 'removed'] as const

/** What a mark should have been, with a reason. */
export function CorrectMark({ row, onClose }: { readonly row: AttendanceRow; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const others = CHOICES.filter((each) => each !== row.status)
  const about = `correct ${row.id}`
  const kept = useKept(about)
  const to = others.find((each) => each === kept.typed.to) ?? 'removed'
  const correct = async (reason: string) => {
    const saved = await call('attendance.correct', { id: row.id, to, reason })
    if (!saved.ok) return failure(saved.error)
    say(t('acts.correct.saved'))
    return null
  }
  const what = {
    name: `\u2068${row.electorName}\u2069`,
    number: `\u2068${format.digitsOf(row.elector)}\u2069`,
    committee: `\u2068${format.digitsOf(row.committeeCode)}\u2069`,
  }
  return (
    <ReasonDialog
      about={about}
      title={t('acts.correct.title')}
      give={t('acts.correct.give')}
      grave={to === 'removed'}
      onGive={correct}
      onClose={onClose}
    >
      <p>{t('acts.correct.about', what)}</p>
      <Radio.Group label={t('acts.correct.to')} value={to} onChange={(value) => kept.type({ to: value })}>
        <Stack gap={6} mt={6}>
          {others.map((choice) => (
            <Radio key={choice} value={choice} label={t(`acts.correct.toOf.${choice}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </ReasonDialog>
  )
}

/** Opens the correction of one row, or says why this account may not. */
export function CorrectButton({ row, onCorrect }: { readonly row: AttendanceRow; readonly onCorrect: () => void }) {
  const { t } = useTranslation()
  const may = useValue('session')?.may
  const past = useReplayRefusal()
  const refusal =
    past ?? (may === undefined || mayMarkAt(may, row.committeeCode) ? null : t('common.error.not-your-committee'))
  return (
    <Refused why={refusal}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('acts.correct.open', { name: row.electorName })}
        {...(refusal === null
          ? { onClick: onCorrect, className: classes.edit ?? '' }
          : { 'aria-disabled': true, 'aria-description': refusal, className: classes.refused ?? '' })}
      >
        <IconPencil size={15} aria-hidden />
      </ActionIcon>
    </Refused>
  )
}
