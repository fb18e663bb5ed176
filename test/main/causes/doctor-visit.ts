import { Doctor } from '../../../src/core/doctor/doctor.ts'
import type { Patient } from '../../../src/core/doctor/chart.ts'
import { createSession } from '../../../src/core/session/create-session.ts'
import { systemClock } from '../../../src/main/node/clock.ts'
import { createDial } from '../../../src/main/node/dial.ts'
import { createHttp } from '../../../src/main/node/http.ts'
import { createNetwork } from '../../../src/main/node/network.ts'
import { systemRandom } from '../../../src/main/node/random.ts'
import { memoryOnlyVault } from '../../../src/main/node/vault.ts'
import type { DoctorFinding, DoctorStep, DoctorWishes } from '../../../src/shared/view/doctor.ts'
import { LogLines } from '../../doubles/log-lines.ts'

export type Consultation = {
  readonly doctor: Doctor
  readonly findings: readonly DoctorFinding[]
  of(step: DoctorStep): DoctorFinding
}
type Options = {
  readonly url: string
  readonly origin?: string | null
  readonly authority?: string | null
  readonly account?: { readonly email: string; readonly password: string }
  readonly wishes?: Partial<DoctorWishes>
  /** Called once signed in, before the visit: what then goes wrong. */
  readonly meanwhile?: () => unknown
  /** Listens as long as is usual where nobody asked for more; else not at all. */
  readonly listens?: boolean
}

/** One visit over real sockets, as the command line makes it. */
export async function consult(options: Options): Promise<Consultation> {
  const { url, origin = null, authority = null, account } = options
  const { http, close } = createHttp()
  const parts = { clock: systemClock(), random: systemRandom(), http, log: new LogLines() }
  const server = { url, origin, authority }
  const session = createSession({ ...parts, vault: memoryOnlyVault(), server, vaultName: 'doctor' })
  if (account) {
    const signedIn = await session.signIn(account.email, account.password)
    if (!signedIn.ok) throw new Error(`not signed in: ${signedIn.error}`)
  }
  await options.meanwhile?.()
  const doctor = new Doctor({ ...parts, dial: createDial(), network: createNetwork() })
  const patient: Patient = { server, session: account ? session : null }
  doctor.onChange(() => {
    if (!options.listens && doctor.view().step === 'liveness') doctor.skip()
  })
  await doctor.run(patient, { echo: false, listen: false, ...options.wishes })
  session.stop()
  close()
  const { findings } = doctor.view()
  return { doctor, findings, of: (step) => found(findings, step) }
}

function found(findings: readonly DoctorFinding[], step: DoctorStep): DoctorFinding {
  const finding = findings.find((each) => each.step === step)
  if (!finding) throw new Error(`no finding for ${step}`)
  return finding
}
