import { useTranslation } from 'react-i18next'
import type { CauseCode, LinkView } from '../../../shared/model/link.ts'
import { useFormat } from '../i18n/format.ts'
import { useValue } from '../store/core-context.tsx'
import { useNow } from '../store/clock.ts'
import { useIsBlank } from '../store/trust.ts'

type Step =
  | 'wait'
  | 'network'
  | 'address'
  | 'admin'
  | 'signIn'
  | 'rights'
  | 'portal'
  | 'certificate'
  | 'origin'
  | 'disk'
  | 'mode'

/** What the operator can do about each cause; `wait` where the console helps itself. */
export const NEXT_STEP: Readonly<Record<CauseCode, Step>> = {
  starting: 'wait',
  'name-not-found': 'address',
  refused: 'admin',
  'timed-out': 'network',
  unreachable: 'network',
  reset: 'network',
  tls: 'certificate',
  redirected: 'portal',
  proxy: 'admin',
  'no-socket-there': 'admin',
  'wrong-path': 'address',
  'token-expired': 'wait',
  'token-refused': 'signIn',
  'sign-in-refused': 'signIn',
  'signed-out': 'signIn',
  forbidden: 'rights',
  'origin-refused': 'origin',
  'layer-down': 'admin',
  'server-fault': 'admin',
  'server-restarting': 'wait',
  'too-slow': 'wait',
  'too-many': 'wait',
  silent: 'wait',
  cut: 'wait',
  'day-limit': 'wait',
  recycled: 'wait',
  'frame-too-big': 'admin',
  'network-off': 'network',
  asleep: 'wait',
  'journal-failed': 'disk',
  'wrong-mode': 'mode',
  unknown: 'wait',
}

/** Words for the link as it is this second, and for what its figures are worth. */
export function useLinkWords(view: LinkView) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const isAsRead = Object.values(useValue('trust') ?? {}).some((trust) => trust.state === 'provisional')
  const isBlank = useIsBlank()
  const state = t(`link.state.${view.state}`)
  const wait = view.nextTryAt === null ? null : view.nextTryAt - now
  return {
    state,
    since: t('link.since', { state, age: format.age(now - view.since) }),
    age: view.heardAt === null ? t('link.ageNone') : t('link.age', { age: format.age(now - view.heardAt) }),
    means:
      view.state === 'live' && isAsRead
        ? t('link.meansAsRead')
        : t(`link.${isBlank ? 'meansBlank' : 'means'}.${view.state}`),
    cause: view.cause ? t(`link.cause.${view.cause.code}`) : null,
    step: view.cause ? t(`link.next.${NEXT_STEP[view.cause.code]}`) : null,
    /** The countdown; null while no try is scheduled. */
    next: wait === null ? null : wait <= 0 ? t('link.nextTryNow') : t('link.nextTry', { age: format.age(wait + 999) }),
  }
}
