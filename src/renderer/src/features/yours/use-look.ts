import type { CommandKey } from '../../../../shared/model/ids.ts'
import { useCall } from '../../store/core-context.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** Says that these were read: they are no longer counted as new. */
export function useLook(): (keys: readonly CommandKey[]) => Promise<void> {
  const call = useCall()
  const failure = useFailureWords()
  return async (keys) => {
    const looked = await call('outbox.look', { keys: [...keys] })
    if (!looked.ok) say(failure(looked.error), 'failed')
  }
}
