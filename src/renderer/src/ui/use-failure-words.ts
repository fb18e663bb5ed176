import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { en } from '../i18n/en.ts'

type FailureCode = keyof typeof en.common.error
const isKnown = (code: string): code is FailureCode => code in en.common.error

/** Words for a command's failure: what happened and what to do. */
export function useFailureWords(): (code: string) => string {
  const { t } = useTranslation()
  return useCallback((code: string) => t(`common.error.${isKnown(code) ? code : 'internal'}`), [t])
}
