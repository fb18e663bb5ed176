import { useCallback } from 'react'
import { useFormat } from '../i18n/format.ts'
import { useCommitteeNames } from '../store/committee-names.ts'

/** Whom or what an action is about, as people call it: a committee's code instead of the id the server counts it under. */
export function useAboutWords(): (about: string, counted: boolean) => string {
  const format = useFormat()
  const rows = useCommitteeNames()
  return useCallback(
    (about, counted) => {
      const id = counted ? about.replace('#', '') : null
      const code = id === null ? undefined : rows?.find((row) => String(row.id) === id)?.code
      return format.digitsOf(code ?? about)
    },
    [format, rows],
  )
}
