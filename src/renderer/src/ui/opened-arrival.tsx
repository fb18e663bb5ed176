import { namedArrival } from '../store/arrival.ts'
import { useValue } from '../store/core-context.tsx'
import { mayMarkAt } from '../store/may.ts'
import { useOpen } from '../store/open.ts'
import { RecordArrival } from './record-arrival.tsx'
import { useReplayRefusal } from './use-replay-refusal.ts'

/** The arrival the address names, where this account may record it. */
export function OpenedArrival() {
  const { of, close } = useOpen('pending')
  const may = useValue('session')?.may
  const past = useReplayRefusal()
  const arrival = namedArrival(of)
  if (arrival === null || past !== null || !mayMarkAt(may, arrival.committee)) return null
  return <RecordArrival key={of} arrival={arrival} onClose={close} />
}
