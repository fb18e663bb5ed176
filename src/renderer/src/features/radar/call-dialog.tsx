import { Radio, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CallOutcome, type CallRow } from '../../../../shared/view/calls.ts'
import { useFormat } from '../../i18n/format.ts'
import { useKept } from '../../store/drafts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import classes from './calls.module.css'
import type { CallActs } from './use-calls.ts'

type CallDialogProps = { readonly row: CallRow; readonly acts: CallActs; readonly onClose: () => void }

/** The number to ring and what came of it. Closed with Esc the call stays this window's. */
export function CallDialog({ row, acts, onClose }: CallDialogProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const kept = useKept(`call ${row.elector}`)
  const outcome = CallOutcome.safeParse(kept.typed.outcome).data ?? null
  const { note = '' } = kept.typed
  /** Saved or given up: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const [fault, setFault] = useState<string | null>(null)
  const save = async () => {
    if (outcome === null) return setFault(t('pledges.calls.needOutcome'))
    const why = await acts.outcome(row, outcome, note.trim())
    if (why === null) done()
    else setFault(why)
  }
  return (
    <Dialog title={t('pledges.calls.title', { name: `\u2068${row.name}\u2069` })} onClose={onClose}>
      <DialogForm
        kept={kept}
        failed={fault}
        give={t('common.save')}
        onGive={() => void save()}
        onCancel={() => void acts.release(row).then((released) => released && done())}
        cancelWords={t('pledges.calls.release')}
      >
        <p className={classes.number}>
          <Mobile row={row} />
        </p>
        <p className="quiet">
          <bdi dir="ltr">{format.digitsOf(row.elector)}</bdi> · <bdi>{row.committeeName}</bdi>
          {row.note !== '' && (
            <>
              {' · '}
              <bdi>{row.note}</bdi>
            </>
          )}
        </p>
        <Radio.Group
          label={t('pledges.calls.outcome')}
          value={outcome}
          onChange={(value) => kept.type({ outcome: value })}
        >
          <Stack gap={6} mt={6}>
            {CallOutcome.options.map((value, index) => (
              <Radio
                key={value}
                value={value}
                label={t(`pledges.calls.outcomes.${value}`)}
                data-autofocus={index === 0 || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('pledges.calls.note')}
          description={t(row.mine ? 'pledges.calls.noteMine' : 'pledges.calls.noteTheirs')}
          value={note}
          maxLength={1_000}
          rows={2}
          onChange={(event) => kept.type({ note: event.currentTarget.value })}
        />
        {row.claim && (
          <p className="quiet small">{t('pledges.calls.until', { time: format.clock(row.claim.until) })}</p>
        )}
      </DialogForm>
    </Dialog>
  )
}

/** A number as far as this account may see it. Never mirrored. */
export function Mobile({ row }: { readonly row: CallRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (row.mobile !== '') return <bdi dir="ltr">{format.digitsOf(row.mobile)}</bdi>
  return <span className="quiet">{t(row.mobileHidden ? 'pledges.calls.hidden' : 'pledges.calls.noMobile')}</span>
}
