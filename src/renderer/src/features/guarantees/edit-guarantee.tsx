import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuaranteeRow } from '../../../../shared/view/lists.ts'
import { toAscii } from '../../i18n/format.ts'
import { useGuaranteeActions } from './use-guarantee-actions.ts'

/** Mobile and note of one guarantee. Nothing is cleared until it is saved. */
export function EditGuarantee({ row, onClose }: { readonly row: GuaranteeRow; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const actions = useGuaranteeActions()
  const [mobile, setMobile] = useState(row.mobile || row.electorMobile)
  const [note, setNote] = useState(row.note)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (await actions.edit(row.id, { mobile: toAscii(mobile).trim(), note: note.trim() })) onClose()
  }
  return (
    <Modal opened onClose={onClose} title={`${t('lists.guarantees.editTitle')} · ${row.electorName}`}>
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          <TextInput
            label={t('lists.guarantees.mobile')}
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
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit">{t('common.save')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
