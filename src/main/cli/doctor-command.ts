import { diagnose, type Finding } from '../../core/doctor/diagnose.ts'
import { normalUrl } from '../../core/settings.ts'
import { systemClock } from '../node/clock.ts'
import { createDial } from '../node/dial.ts'
import { createHttp } from '../node/http.ts'
import { readAuthority } from './read-authority.ts'
import { readOptions } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

const SPEC = {
  server: { type: 'string' },
  json: { type: 'boolean' },
  origin: { type: 'string' },
  ca: { type: 'string' },
} as const
const SIGN: Readonly<Record<Finding['verdict'], string>> = { good: '✓', doubtful: '!', bad: '✗', skipped: '–' }

/** `tallydesk doctor`: what a connection meets on its way, each step with its proof. */
export async function doctorCommand(args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, SPEC)
  const url = options.ok && options.value.server !== undefined ? normalUrl(options.value.server) : null
  if (!options.ok || url === null) {
    say(`doctor: ${options.ok ? '--server URL is needed, such as https://tally.example' : options.error}`)
    return EXIT.usage
  }
  const authority = readAuthority(options.value.ca)
  if (!authority.ok) {
    say(`doctor: ${authority.error}`)
    return EXIT.usage
  }
  const { http, close } = createHttp()
  const findings: Finding[] = []
  const server = { url, origin: options.value.origin ?? null, authority: authority.value }
  for await (const finding of diagnose({ http, dial: createDial(), clock: systemClock() }, server)) {
    findings.push(finding)
    if (options.value.json) continue
    say(`${SIGN[finding.verdict]} ${finding.step}: ${finding.operator}`)
    say(`    ${finding.technician} (${Math.round(finding.ms)} ms)`)
  }
  close()
  const bad = findings.some((finding) => finding.verdict === 'bad')
  if (options.value.json) emit({ server: url, healthy: !bad, findings })
  return bad ? EXIT.failed : EXIT.ok
}
