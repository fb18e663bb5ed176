import { useMemo } from 'react'
import { useCall } from '../store/core-context.tsx'
import { letGo } from '../store/freeze.ts'
import { say } from './say.ts'
import { useFailureWords } from './use-failure-words.ts'

/** Looks at a recording; `name` null: the one being written. `at`, ms; null: its end. A failure is said in words. */
export type OpenRecording = (name: string | null, at?: number | null) => Promise<void>

export function useOpenRecording(): OpenRecording {
  const call = useCall()
  const failure = useFailureWords()
  return useMemo(
    () =>
      async (name, at = null) => {
        letGo()
        const opened = await call('replay.open', { name, at })
        if (!opened.ok) say(failure(opened.error), 'failed')
      },
    [call, failure],
  )
}
