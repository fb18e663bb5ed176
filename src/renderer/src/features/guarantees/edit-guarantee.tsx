import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuaranteeRow } from '../../../../shared/view/lists.ts'
import { toAscii } from '../../i18n/format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import classes from './edit-guarantee.module.css'
import { GroupChoice } from './group-choice.tsx'
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
  const [mobile, setMobile] = useState(known)
  const [note, setNote] = useState(row.note)
  const [group, setGroup] = useState(row.group)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    // Only what was changed is sent: a number this user may not see must not be emptied by a note.
    const change: GuaranteeChange = {
      ...(mobile === known ? {} : { mobile: toAscii(mobile).trim() }),
      ...(note === row.note ? {} : { note: note.trim() }),
      ...(group === row.group ? {} : { group }),
    }
    if (Object.keys(change).length === 0 || (await actions.edit(row.id, change))) onClose()
  }
  return (
    <Dialog title={`${t('lists.guarantees.editTitle')} · \u2068${row.electorName}\u2069`} onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          <TextInput
            label={t('lists.guarantees.mobile')}
            description={row.mobileHidden ? t('lists.guarantees.mobileHidden') : undefined}
            value={mobile}
            maxLength={15}
            dir="ltr"
            inputMode="tel"
            onChange={(event) => setMobile(event.currentTarget.value)}
          />
          <Textarea
            label={t('lists.guarantees.note')}
            value={note}
            maxLength={200}
            rows={3}
            data-autofocus
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <GroupChoice value={group} onChange={setGroup} />
          <Group justify="flex-end">
            <Button variant="subtle" color="gray" onClick={onRemove} className={classes.away ?? ''}>
              {t('acts.pledge.remove')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit">{t('common.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
