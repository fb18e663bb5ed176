import { Doctor } from '../../core/doctor/doctor.ts'
import type { Patient } from '../../core/doctor/chart.ts'
import type { Log } from '../../core/ports.ts'
import { createSession } from '../../core/session/create-session.ts'
import type { Session } from '../../core/session/session.ts'
import { needsPlainAccepted, normalUrl } from '../../core/settings.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { DoctorFinding, DoctorView } from '../../shared/view/doctor.ts'
import { STEP_NAMES } from '../../shared/words/doctor-words.ts'
import { systemClock } from '../node/clock.ts'
import { createDial } from '../node/dial.ts'
import { createHostTools } from '../node/host-tools.ts'
import { createHttp } from '../node/http.ts'
import { systemRandom } from '../node/random.ts'
import { memoryOnlyVault } from '../node/vault.ts'
import { VERSION } from '../version.ts'
import { writeBundle } from './doctor-bundle.ts'
import { readOptions } from './options.ts'
import { defaultDataDir, EXIT, type Exit, emit, say } from './out.ts'
import { readAuthority } from './read-authority.ts'
import { SIGN_IN_WORDS } from './sign-in-words.ts'

const SPEC = {
  server: { type: 'string' },
  email: { type: 'string' },
  'password-env': { type: 'string' },
  origin: { type: 'string' },
  ca: { type: 'string' },
  data: { type: 'string' },
  bundle: { type: 'string' },
  plain: { type: 'boolean' },
  echo: { type: 'boolean' },
  quick: { type: 'boolean' },
  json: { type: 'boolean' },
} as const
const SIGN: Readonly<Record<DoctorFinding['verdict'], string>> = { good: '✓', doubtful: '!', bad: '✗', skipped: '–' }
/** What the doctor notices it says; a log of its own would only repeat it. */
const SILENT: Log = { info() {}, warn() {}, error() {} }

type Wanted = {
  readonly server: Patient['server']
  readonly account: { readonly email: string; readonly password: string } | null
  readonly echo: boolean
  readonly quick: boolean
  readonly json: boolean
  readonly bundle: string | null
  readonly dataDir: string
}

/** `tallydesk doctor`: what a connection meets on its way, each step with its proof. */
export async function doctorCommand(args: readonly string[]): Promise<Exit> {
  const read = wanted(args)
  if (!read.ok) {
    say(`doctor: ${read.error}`)
    return EXIT.usage
  }
  const want = read.value
  const { http, close } = createHttp()
  const tools = createHostTools(want.dataDir, VERSION)
  const parts = { clock: systemClock(), random: systemRandom(), http, log: SILENT }
  const session = createSession({ ...parts, vault: memoryOnlyVault(), server: want.server, vaultName: 'doctor' })
  const signedIn = await signIn(session, want.account)
  const doctor = new Doctor({ ...parts, dial: createDial(), network: tools.network })
  const view = await visit(doctor, { server: want.server, session: want.account ? session : null }, want)
  session.stop()
  close()
  const written = want.bundle === null ? ok(null) : writeBundle(want.bundle, want.dataDir, tools, view)
  if (!written.ok) say(`doctor: ${written.error}`)
  const bad = !signedIn || view.findings.some((finding) => finding.verdict === 'bad')
  if (want.json) emit({ server: want.server.url, healthy: !bad, findings: view.findings })
  if (!written.ok) return EXIT.io
  return bad ? EXIT.failed : EXIT.ok
}

/** False: an account was given and could not be signed in. What it means the steps then tell. */
async function signIn(session: Session, account: Wanted['account']): Promise<boolean> {
  if (account === null) return true
  const signedIn = await session.signIn(account.email, account.password)
  if (!signedIn.ok) say(`doctor: not signed in: ${SIGN_IN_WORDS[signedIn.error]}`)
  return signedIn.ok
}

async function visit(doctor: Doctor, patient: Patient, want: Wanted): Promise<DoctorView> {
  let told = 0
  const off = doctor.onChange(() => {
    const { findings } = doctor.view()
    for (const finding of findings.slice(told)) if (!want.json) tell(finding)
    told = findings.length
  })
  const stop = () => doctor.stop()
  process.once('SIGINT', stop)
  await doctor.run(patient, { echo: want.echo, listen: !want.quick })
  process.off('SIGINT', stop)
  off()
  return doctor.view()
}

function tell({ number, step, verdict, operator, technician, proof, ms }: DoctorFinding): void {
  say(`${SIGN[verdict]} ${String(number).padStart(2)} ${STEP_NAMES[step]}: ${operator}`)
  if (verdict !== 'skipped') say(`     ${proof === '' ? '' : `${proof}. `}${technician} (${ms} ms)`)
}

function wanted(args: readonly string[]): Result<Wanted, string> {
  const options = readOptions(args, SPEC)
  if (!options.ok) return options
  const { server, email, origin, ca, data, bundle, plain, ...rest } = options.value
  const url = server === undefined ? null : normalUrl(server)
  if (url === null) return err('--server URL is needed, such as https://tally.example')
  const authority = readAuthority(ca)
  if (!authority.ok) return authority
  const variable = rest['password-env'] ?? 'TALLYDESK_PASSWORD'
  const password = process.env[variable] ?? ''
  if (email !== undefined && password === '') return err(`the environment variable ${variable} holds no password`)
  if (email !== undefined && needsPlainAccepted(url) && plain !== true)
    return err(`${url} has no TLS; say --plain to send the password there all the same`)
  if (email === undefined && rest.echo === true)
    return err('--echo needs --email E: it writes a record of that account')
  return ok({
    server: { url, origin: origin ?? null, authority: authority.value },
    account: email === undefined ? null : { email, password },
    echo: rest.echo ?? false,
    quick: rest.quick ?? false,
    json: rest.json ?? false,
    bundle: bundle ?? null,
    dataDir: data ?? defaultDataDir(),
  })
}
