import { SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ElectorNumber } from '../../../../shared/model/ids.ts'
import { toAscii } from '../../i18n/format.ts'
import { useCall } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { GroupChoice, groupOf } from './group-choice.tsx'
import { STATUS } from './guarantee-filters.tsx'

/** An elector's promise to whoever is signed in. What was typed stays until it is saved at this desk. */
export function NewGuarantee({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const kept = useKept('new')
  const { number = '', mobile = '', note = '' } = kept.typed
  const status = STATUS.find((each) => each === kept.typed.status) ?? 'GUARANTEED'
  const group = groupOf(kept.typed.group ?? '')
  /** Saved or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const [fault, setFault] = useState<{ readonly at: 'number' | 'all'; readonly text: string } | null>(null)
  const save = async () => {
    const elector = ElectorNumber.safeParse(toAscii(number).trim())
    if (!elector.success) return setFault({ at: 'number', text: t('lists.attendance.needNumber') })
    const wish = { elector: elector.data, status, group, mobile: toAscii(mobile).trim(), note: note.trim() }
    const saved = await call('guarantee.create', wish)
    if (!saved.ok) return setFault({ at: 'all', text: failure(saved.error) })
    say(t('lists.guarantees.saved'))
    done()
  }
  return (
    <Dialog title={t('acts.pledge.createTitle')} onClose={onClose}>
      <DialogForm
        kept={kept}
        failed={fault?.at === 'all' ? fault.text : null}
        give={t('acts.pledge.give')}
        onGive={() => void save()}
        onCancel={done}
      >
        <p className="quiet">{t('acts.pledge.createText')}</p>
        <TextInput
          label={t('lists.attendance.markNumber')}
          value={number}
          maxLength={20}
          dir="ltr"
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          error={fault?.at === 'number' && fault.text}
          onChange={(event) => kept.type({ number: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label={t('common.status')}
          value={status}
          data={STATUS.map((value) => ({ value, label: t(`lists.guarantees.status.${value}`) }))}
          onChange={(value) => kept.type({ status: value })}
        />
        <GroupChoice value={group} onChange={(id) => kept.type({ group: id === null ? '' : String(id) })} />
        <TextInput
          label={t('lists.guarantees.mobile')}
          value={mobile}
          maxLength={15}
          dir="ltr"
          inputMode="tel"
          autoComplete="off"
          onChange={(event) => kept.type({ mobile: event.currentTarget.value })}
        />
        <Textarea
          label={t('lists.guarantees.note')}
          value={note}
          maxLength={200}
          rows={2}
          onChange={(event) => kept.type({ note: event.currentTarget.value })}
        />
      </DialogForm>
    </Dialog>
  )
}
