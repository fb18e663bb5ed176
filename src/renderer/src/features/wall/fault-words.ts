import { useTranslation } from 'react-i18next'
import type { AppContract } from '../../../../shared/contract.ts'
import type { TransportError } from '../../../../shared/rpc/define.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

type Listed = AppContract['commands']['wall.pair' | 'wall.sign-in']['errors'][number]
/** Why a wall was not set up: what is missing on the screen, or what the core answered. */
export type SetUpFault = 'need-address' | 'need-code' | 'need-account' | Listed | TransportError

const MISSING = {
  'need-address': 'wall.needAddress',
  'need-code': 'wall.needCode',
  'need-account': 'wall.needAccount',
} as const

const LISTED: ReadonlySet<string> = new Set<Listed>([
  ...(['not-a-wall', 'bad-url', 'plain-not-accepted', 'not-saved', 'too-many-tries', 'no-answer'] as const),
  ...(['wrong-code', 'not-a-hub', 'wrong-credentials', 'not-a-tally-server'] as const),
])
const isListed = (fault: SetUpFault): fault is Listed => LISTED.has(fault)

export function useFaultWords(): (fault: SetUpFault) => string {
  const { t } = useTranslation()
  const failure = useFailureWords()
  return (fault) => {
    if (fault === 'need-address' || fault === 'need-code' || fault === 'need-account') return t(MISSING[fault])
    return isListed(fault) ? t(`wall.failed.${fault}`) : failure(fault)
  }
}
