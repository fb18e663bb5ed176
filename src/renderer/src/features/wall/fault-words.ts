import { useTranslation } from 'react-i18next'
import type { AppContract } from '../../../../shared/contract.ts'
import type { TransportError } from '../../../../shared/rpc/define.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

const MISSING = {
  'need-address': 'wall.needAddress',
  'need-code': 'wall.needCode',
  'need-account': 'wall.needAccount',
} as const
type Missing = keyof typeof MISSING

/** Why a wall was not set up: what is missing on the screen, or what the core answered. */
export type SetUpFault =
  | Missing
  | AppContract['commands']['wall.pair' | 'wall.sign-in']['errors'][number]
  | TransportError

const isMissing = (fault: SetUpFault): fault is Missing => fault in MISSING

export function useFaultWords(): (fault: SetUpFault) => string {
  const { t } = useTranslation()
  const failure = useFailureWords()
  return (fault) => (isMissing(fault) ? t(MISSING[fault]) : failure(fault))
}
