import { useTranslation } from 'react-i18next'
import type { CallOutcome, CallRow } from '../../../../shared/view/calls.ts'
import { renameCaller, useCaller, windowKey } from '../../store/caller.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { say } from '../../ui/say.ts'
import { useSharing } from '../../store/sharing.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

export type CallActs = {
  /** This window's own key. */
  readonly window: string | null
  readonly caller: string
  readonly rename: (name: string) => void
  readonly claim: (row: CallRow) => Promise<boolean>
  readonly release: (row: CallRow) => Promise<boolean>
  readonly outcome: (row: CallRow, outcome: CallOutcome, note: string) => Promise<string | null>
}

/** What a person at this window does about a call; each says in words what became of it. */
export function useCalls(): CallActs {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const user = useValue('session')?.user
  const sharing = useSharing('calls')
  const { window, name } = useCaller()
  const caller = name ?? user?.name ?? ''
  return {
    window,
    caller,
    rename: renameCaller,
    async claim({ elector }) {
      if (caller.trim() === '') {
        say(t('pledges.calls.needCaller'), 'failed')
        document.getElementById('caller')?.focus()
        return false
      }
      const claimed = await call('call.claim', { elector, window: windowKey(), caller: caller.trim() })
      if (!claimed.ok) say(failure(claimed.error), 'failed')
      else if (claimed.value.from === 'desk' && sharing !== 'alone') say(t('pledges.calls.claimedHere'))
      return claimed.ok
    },
    async release({ elector }) {
      const released = await call('call.release', { elector, window: windowKey() })
      say(released.ok ? t('pledges.calls.released') : failure(released.error), released.ok ? 'done' : 'failed')
      return released.ok
    },
    async outcome({ elector }, outcome, note) {
      const kept = await call('call.outcome', { elector, window: windowKey(), caller: caller.trim(), outcome, note })
      if (!kept.ok) return failure(kept.error)
      const { toServer, shared } = kept.value
      if (sharing !== 'alone' && !shared) say(t('pledges.calls.savedHere'))
      else say(t(`pledges.calls.${toServer ? 'savedAndSent' : shared ? 'savedShared' : 'saved'}`))
      return null
    },
  }
}
