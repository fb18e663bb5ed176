import { CommitteeCode, ElectorNumber } from '../../../shared/model/ids.ts'
import type { OutboxItem } from '../../../shared/view/outbox.ts'

/** The arrival a refused mark should have been; null where the mark was refused for another reason. */
export function arrivalOf({ does, about, state, next }: OutboxItem) {
  const isArrival = state === 'rejected' && (next === 'record-arrival' || next === 'look-up-elector')
  if (!isArrival || (does !== 'attendance.mark' && does !== 'attendance.pending')) return null
  const [number, code] = about.split(' @ ')
  const [elector, committee] = [ElectorNumber.safeParse(number), CommitteeCode.safeParse(code)]
  if (!elector.success || !committee.success) return null
  return { elector: elector.data, committee: committee.data, isUnknown: next === 'look-up-elector' }
}
