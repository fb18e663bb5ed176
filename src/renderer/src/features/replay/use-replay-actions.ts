import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/core-context.tsx'
import { letGo } from '../../store/freeze.ts'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** What can be asked of the window's replay. A failure is said in words. */
export function useReplayActions() {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  return useMemo(() => {
    const told = (result: { readonly ok: true } | { readonly ok: false; readonly error: string }) => {
      if (!result.ok) say(failure(result.error), 'failed')
    }
    return {
      /** Looks at a recording; null: the one being written. `at`, ms; null: its end. */
      open: async (name: string | null, at: number | null = null) => {
        letGo()
        told(await call('replay.open', { name, at }))
      },
      play: async (speed: number) => told(await call('replay.play', { speed })),
      pause: async () => told(await call('replay.pause', null)),
      live: async () => {
        await call('replay.close', null)
        say(t('replay.isLive'))
      },
    }
  }, [call, failure, t])
}
