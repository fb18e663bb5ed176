import { DOCTOR_STEPS, type DoctorFinding, type DoctorView, NO_DOCTOR } from '../../../shared/view/doctor.ts'
import { causeWords } from '../../../shared/words/cause-words.ts'
import { DOCTOR_WORDS } from '../../../shared/words/doctor-words.ts'
import type { Scenario } from './scenario.ts'

/** A visit as it is on a server whose port is dead; where the link is live nobody has asked yet. */
export function fakeDoctor(scenario: Scenario, startedAt: number): DoctorView {
  if (scenario.link !== 'offline') return NO_DOCTOR
  const left = DOCTOR_STEPS.slice(2).map((step, at): DoctorFinding => {
    const about = { number: at + 3, step, verdict: 'skipped', note: 'not-reached' } as const
    return { ...about, cause: null, proof: '', ms: 0, ...DOCTOR_WORDS['not-reached'] }
  })
  const name: DoctorFinding = {
    ...{ number: 1, step: 'name', verdict: 'good', note: 'name-known', cause: null, ms: 3 },
    ...{ proof: 'tally.example.org is 192.0.2.7', ...DOCTOR_WORDS['name-known'] },
  }
  const tcp: DoctorFinding = {
    ...{ number: 2, step: 'tcp', verdict: 'bad', note: null, cause: 'refused', ms: 12 },
    ...{ proof: 'refused: nothing listens at tally.example.org:443 (ECONNREFUSED)', ...causeWords('refused') },
  }
  return { state: 'done', startedAt, step: null, progress: null, findings: [name, tcp, ...left] }
}
