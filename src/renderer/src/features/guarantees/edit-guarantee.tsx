import { Button, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GuaranteeRow } from '../../../../shared/view/lists.ts'
import { toAscii } from '../../i18n/format.ts'
import { useKept } from '../../store/drafts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import classes from './edit-guarantee.module.css'
import { GroupChoice, groupOf } from './group-choice.tsx'
import { type GuaranteeChange, useGuaranteeActions } from './use-guarantee-actions.ts'

type EditGuaranteeProps = {
  readonly row: GuaranteeRow
  /** The guarantee is to be taken away instead. */
  readonly onRemove: () => void
  readonly onClose: () => void
}

/** Mobile, note and group of one guarantee. Nothing is cleared until it is saved. */
export function EditGuarantee({ row, onRemove, onClose }: EditGuaranteeProps) {
  const { t } = useTranslation()
  const actions = useGuaranteeActions()
  const known = row.mobile || row.electorMobile
  const kept = useKept(`edit ${row.id}`)
  // What was not touched is as the record has it now.
  const { mobile = known, note = row.note } = kept.typed
  const group = kept.typed.group === undefined ? row.group : groupOf(kept.typed.group)
  /** Saved or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const save = async () => {
    // Only what was changed is sent: a number this user may not see must not be emptied by a note.
    const change: GuaranteeChange = {
      ...(mobile === known ? {} : { mobile: toAscii(mobile).trim() }),
      ...(note === row.note ? {} : { note: note.trim() }),
      ...(group === row.group ? {} : { group }),
    }
    if (Object.keys(change).length === 0 || (await actions.edit(row.id, change))) done()
  }
  return (
    <Dialog title={`${t('lists.guarantees.editTitle')} · \u2068${row.electorName}\u2069`} onClose={onClose}>
      <DialogForm
        kept={kept}
        give={t('common.save')}
        onGive={() => void save()}
        onCancel={done}
        other={
          <Button variant="subtle" color="gray" onClick={onRemove} className={classes.away ?? ''}>
            {t('acts.pledge.remove')}
          </Button>
        }
      >
        <TextInput
          label={t('lists.guarantees.mobile')}
          description={row.mobileHidden ? t('lists.guarantees.mobileHidden') : undefined}
          value={mobile}
          maxLength={15}
          dir="ltr"
          inputMode="tel"
          onChange={(event) => kept.type({ mobile: event.currentTarget.value })}
        />
        <Textarea
          label={t('lists.guarantees.note')}
          value={note}
          maxLength={200}
          rows={3}
          data-autofocus
          onChange={(event) => kept.type({ note: event.currentTarget.value })}
        />
        <GroupChoice value={group} onChange={(id) => kept.type({ group: id === null ? '' : String(id) })} />
      </DialogForm>
    </Dialog>
  )
}
