import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../store/core-context.tsx'
import { say } from './say.ts'
import { useFailureWords } from './use-failure-words.ts'

/** Ends the wait for the next try, and says so when that fails. */
export function useTryNow(): () => Promise<void> {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  return useCallback(async () => {
    const result = await call('link.try-now', null)
    say(result.ok ? t('link.tryAsked') : failure(result.error), result.ok ? 'done' : 'failed')
  }, [call, failure, t])
}
