import type { AppContract } from '../shared/contract.ts'
import { err, ok } from '../shared/result.ts'
import type { Handlers } from '../shared/rpc/define.ts'
import type { Console } from './console.ts'
import type { DutyActs } from './incidents/duty-acts.ts'

const MINUTE = 60_000

/** What people on duty ask; each is written before it is answered. */
export function dutyHandlers(console: Console) {
  const onDuty = async <T>(work: (duty: DutyActs) => T) => {
    const duty = console.core.now()?.duty.acts
    return duty ? work(duty) : err('not-open')
  }
  return {
    'incident.acknowledge': ({ id }) => onDuty((duty) => duty.acknowledge(id)),
    'incident.resolve': ({ id, note }) => onDuty((duty) => duty.resolve(id, note)),
    'incident.snooze': ({ id, minutes }) => onDuty((duty) => duty.snooze(id, minutes * MINUTE)),
    'incident.escalate': ({ id, to, note }) => onDuty((duty) => duty.escalate(id, to, note)),
    'incident.note': ({ id, note }) => onDuty((duty) => duty.note(id, note)),
    'shift.hand-over': ({ note }) => onDuty((duty) => duty.handOver(note)),
    'shift.accept': ({ id }) => onDuty((duty) => duty.accept(id)),
    'alerts.set': async (alerts) => (console.settings.set({ alerts }) ? ok(null) : err('not-saved')),
    'zone.set': async ({ zone }) => (console.settings.set({ zone }) ? ok(null) : err('not-saved')),
  } satisfies Partial<Handlers<AppContract>>
}
