import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { en } from '../i18n/en.ts'

type Known = keyof typeof en.frame.does
const isKnown = (name: string): name is Known => name in en.frame.does

/** The name of a command in people's words; a command not known here keeps its own name. */
export function useDoesWords(): (name: string) => string {
  const { t } = useTranslation()
  return useCallback((name: string) => (isKnown(name) ? t(`frame.does.${name}`) : name), [t])
}
