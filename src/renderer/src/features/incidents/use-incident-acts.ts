import { useTranslation } from 'react-i18next'
import type { Role } from '../../../../shared/view/session.ts'
import { type Call, useCall } from '../../store/core-context.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

export const ACTS = ['acknowledge', 'snooze', 'resolve', 'escalate', 'note'] as const
export type Act = (typeof ACTS)[number]
/** Those that ask something first. */
export const ASKING = ['snooze', 'resolve', 'escalate', 'note'] as const satisfies readonly Act[]
export type Asking = (typeof ASKING)[number]
export const ACT_KEY: Readonly<Record<Act, string>> = {
  acknowledge: 'a',
  snooze: 's',
  resolve: 'r',
  escalate: 'e',
  note: 'n',
}

export type Wish =
  | { readonly act: 'acknowledge' }
  | { readonly act: 'snooze'; readonly minutes: number }
  | { readonly act: 'resolve' | 'note'; readonly note: string }
  | { readonly act: 'escalate'; readonly to: Role; readonly note: string }

/** Does it and says what became of it; true when it is done. */
export function useIncidentActs(): (id: string, wish: Wish) => Promise<boolean> {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  return async (id, wish) => {
    const result = await send(call, id, wish)
    say(result.ok ? t(`incidents.done.${wish.act}`) : failure(result.error), result.ok ? 'done' : 'failed')
    return result.ok
  }
}

function send(call: Call, id: string, wish: Wish) {
  switch (wish.act) {
    case 'acknowledge':
      return call('incident.acknowledge', { id })
    case 'snooze':
      return call('incident.snooze', { id, minutes: wish.minutes })
    case 'resolve':
      return call('incident.resolve', { id, note: wish.note })
    case 'note':
      return call('incident.note', { id, note: wish.note })
    case 'escalate':
      return call('incident.escalate', { id, to: wish.to, note: wish.note })
  }
}
