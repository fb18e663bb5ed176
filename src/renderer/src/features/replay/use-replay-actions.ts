import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/core-context.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useOpenRecording } from '../../ui/use-open-recording.ts'

/** What can be asked of the window's replay. A failure is said in words. */
export function useReplayActions() {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const open = useOpenRecording()
  return useMemo(() => {
    const told = (result: { readonly ok: true } | { readonly ok: false; readonly error: string }) => {
      if (!result.ok) say(failure(result.error), 'failed')
    }
    return {
      open,
      play: async (speed: number) => told(await call('replay.play', { speed })),
      pause: async () => told(await call('replay.pause', null)),
      live: async () => {
        await call('replay.close', null)
        say(t('replay.isLive'))
      },
    }
  }, [call, failure, open, t])
}
