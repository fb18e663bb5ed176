import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupId, GuaranteeId } from '../../../../shared/model/ids.ts'
import type { Guarantee } from '../../../../shared/model/records.ts'
import { useCall } from '../../store/core-context.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** What an edit changes; what is absent stays as it is. */
export type GuaranteeChange = { readonly mobile?: string; readonly note?: string; readonly group?: GroupId | null }

export type GuaranteeActions = {
  readonly setStatus: (id: GuaranteeId, status: Guarantee['status']) => void
  readonly confirm: (id: GuaranteeId, confirmation: Guarantee['confirmation']) => void
  readonly edit: (id: GuaranteeId, change: GuaranteeChange) => Promise<boolean>
}

/** Each action says in words whether it is saved at this desk; the foot shows what became of it. */
export function useGuaranteeActions(): GuaranteeActions {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  return useMemo(() => {
    const tell = (result: { readonly ok: true } | { readonly ok: false; readonly error: string }): boolean => {
      say(result.ok ? t('lists.guarantees.saved') : failure(result.error), result.ok ? 'done' : 'failed')
      return result.ok
    }
    return {
      setStatus: (id, status) => void call('guarantee.set-status', { id, status }).then(tell),
      confirm: (id, confirmation) => void call('guarantee.confirm', { id, confirmation }).then(tell),
      edit: (id, { group, ...change }) =>
        (group === undefined
          ? call('guarantee.edit', { id, ...change })
          : call('guarantee.update', { id, group, ...change })
        ).then(tell),
    }
  }, [t, call, failure])
}
