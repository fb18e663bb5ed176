import { create } from 'zustand'
import { CommitteeCode, ElectorNumber } from '../../../shared/model/ids.ts'
import { openNow } from './open.ts'

/** Somebody who came where they do not belong, or whom the register does not have: then a name is needed. */
export type Arrival = {
  readonly elector: ElectorNumber
  readonly committee: CommitteeCode
  readonly isUnknown: boolean
}

const BETWEEN = ' @ '
const UNKNOWN = 'unknown'

/** Asks about an arrival, over whatever screen: `open=pending&of=1059 @ m4`. */
export const openArrival = ({ elector, committee, isUnknown }: Arrival): void =>
  openNow('pending', [elector, committee, ...(isUnknown ? [UNKNOWN] : [])].join(BETWEEN))

/** The arrival an address names; null: it names none. */
export function namedArrival(of: string | null): Arrival | null {
  const [number, code, unknown] = (of ?? '').split(BETWEEN)
  const [elector, committee] = [ElectorNumber.safeParse(number), CommitteeCode.safeParse(code)]
  if (!elector.success || !committee.success) return null
  return { elector: elector.data, committee: committee.data, isUnknown: unknown === UNKNOWN }
}

/** The arrival that was saved last: the field its number was typed in is ready for the next. */
export const useSavedArrival = create<{ readonly saved: Arrival | null }>()(() => ({ saved: null }))
