import { useTranslation } from 'react-i18next'
import type { GuaranteeRow } from '../../../../shared/view/lists.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCall } from '../../store/core-context.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

type RemoveGuaranteeProps = { readonly row: GuaranteeRow; readonly onClose: () => void }

/** Takes a guarantee away, with a reason: there is no way back at the server. */
export function RemoveGuarantee({ row, onClose }: RemoveGuaranteeProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const remove = async (reason: string) => {
    const removed = await call('guarantee.remove', { id: row.id, reason })
    if (!removed.ok) return failure(removed.error)
    say(t('lists.guarantees.saved'))
    return null
  }
  return (
    <ReasonDialog
      about={`remove ${row.id}`}
      title={t('acts.pledge.removeTitle', { name: `\u2068${row.electorName}\u2069` })}
      give={t('acts.pledge.removeGive')}
      grave
      onGive={remove}
      onClose={onClose}
    >
      <p>
        <bdi dir="ltr">{format.digitsOf(row.elector)}</bdi> · <bdi>{row.committeeName ?? t('common.unknown')}</bdi>
      </p>
      <p>{t('acts.pledge.removeText')}</p>
    </ReasonDialog>
  )
}
