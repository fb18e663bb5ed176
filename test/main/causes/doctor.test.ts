import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startHub } from '../../../src/hub/hub.ts'
import { DOCTOR_STEPS, type DoctorFinding } from '../../../src/shared/view/doctor.ts'
import { type Certificates, makeCertificates } from '../../contract/ports/certificates.ts'
import { closedPort, serveRaw } from '../../contract/ports/rude-server.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { type ElectionServer, startElectionServer } from '../../doubles/election-server/start.ts'
import { smallSeed } from '../../hub/fixture.ts'
import { consult } from './doctor-visit.ts'
import { declining, SIGN_IN_PAGE } from './servers.ts'

const run = promisify(execFile)
/** A step may last this long, ms, and a moment for a busy machine. */
const STEP_LASTS = 5_250

const ends: (() => unknown)[] = []
let certificates: Certificates | null = null
beforeAll(() => {
  certificates = makeCertificates()
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
async function stood<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const stand = await starting
  ends.push(() => stand.stop())
  return stand
}
const account = { email: ACCOUNTS.user, password: PASSWORD }
const imitation = (options: Parameters<typeof startElectionServer>[0] = {}): Promise<ElectionServer> =>
  stood(startElectionServer(options))
const short = (findings: readonly DoctorFinding[]) =>
  findings.map(({ step, verdict, note, cause }) => `${step} ${verdict} ${note ?? cause}`)

describe('a server that is well', () => {
  test('[X10][X15][X18] the election server, signed in, with the test change agreed to', async () => {
    const server = await imitation()
    const { findings, doctor } = await consult({ url: server.url, account, wishes: { echo: true }, listens: true })
    expect(short(findings)).toEqual([
      'name good name-is-address',
      'tcp good tcp-open',
      'tls skipped tls-none-here',
      'http good http-straight',
      'sign-in good signed-in',
      'clock good clocks-agree',
      'rest good rest-good',
      'upgrade-header good socket-there',
      'upgrade-query skipped query-not-needed',
      'upgrade-origin good origin-any',
      'hello good hello-plain',
      'ping good ping-quick',
      'liveness good alive-so-far',
      'snapshot good read-whole',
      'echo good echo-came',
    ])
    expect(findings.map((finding) => finding.number)).toEqual(DOCTOR_STEPS.map((_, at) => at + 1))
    for (const { operator, technician, ms, proof } of findings) {
      expect(operator).not.toBe('')
      expect(technician).not.toBe('')
      expect(ms).toBeLessThanOrEqual(STEP_LASTS)
      expect(proof).not.toMatch(/eyJ|password/)
    }
    expect(doctor.view().state).toBe('done')
    await vi.waitFor(() => expect(server.openSockets()).toBe(0))
  })

  test('[X15] a hub tells what it can do', async () => {
    const hub = await startHub({ host: '127.0.0.1', port: 0, dataDir: null, mode: 'rehearsal', seed: smallSeed() })
    if (!hub.ok) throw new Error(hub.error.sentence)
    ends.push(() => hub.value.stop())
    const [user] = smallSeed().users
    const known = { email: user?.email ?? '', password: user?.password ?? '' }
    const { of, findings } = await consult({ url: hub.value.url, account: known, wishes: { echo: true } })
    expect(of('hello')).toMatchObject({ verdict: 'good', note: 'hello-hub' })
    expect(of('hello').proof).toMatch(/resume.*rehearsal/)
    expect(findings.filter((finding) => finding.verdict === 'bad')).toEqual([])
  })

  test('[X14] signed out: what can be seen from outside, and one request for each', async () => {
    const server = await imitation()
    const before = server.meters.rest.requests
    const { of, findings } = await consult({ url: server.url })
    expect(of('sign-in')).toMatchObject({ verdict: 'skipped', note: 'not-signed-in' })
    expect(of('rest')).toMatchObject({ verdict: 'good', note: 'rest-guarded' })
    expect(of('upgrade-header')).toMatchObject({ verdict: 'good', note: 'socket-guarded' })
    expect(of('snapshot').verdict).toBe('skipped')
    expect(findings.some((finding) => finding.verdict === 'bad')).toBe(false)
    expect(server.meters.rest.requests - before).toBe(1)
  })

  test('[X17] nothing is written unless agreed to; then the record stays as it is', async () => {
    const server = await imitation()
    const rows = () => JSON.stringify(server.db.all('guarantees').map(({ updated: _, ...row }) => row))
    const told = server.meters.channel.told
    const before = rows()
    const quiet = await consult({ url: server.url, account })
    expect(quiet.of('echo')).toMatchObject({ verdict: 'skipped', note: 'echo-not-agreed' })
    expect(server.meters.channel.told).toBe(told)
    const asked = await consult({ url: server.url, account, wishes: { echo: true } })
    expect(asked.of('echo')).toMatchObject({ verdict: 'good', note: 'echo-came' })
    expect(server.meters.channel.told).toBe(told + 1)
    expect(rows()).toBe(before)
  })
})

describe('a server that is not', () => {
  test('[X11][X16] a dead port', async () => {
    const { of, findings } = await consult({ url: `http://127.0.0.1:${await closedPort()}` })
    expect(of('tcp')).toMatchObject({ verdict: 'bad', cause: 'refused' })
    expect(findings.slice(2).every(({ verdict, note }) => verdict === 'skipped' && note === 'not-reached')).toBe(true)
    expect(findings).toHaveLength(DOCTOR_STEPS.length)
  })
  test('[X16] a name nobody has', async () => {
    const { of } = await consult({ url: 'http://tally.invalid' })
    expect(of('name')).toMatchObject({ verdict: 'bad', cause: 'name-not-found' })
  })
  test('[X12][X16] a black hole takes a step’s time and no more', async () => {
    const { port } = await stood(serveRaw(() => {}))
    const { of } = await consult({ url: `http://127.0.0.1:${port}` })
    expect(of('tcp').verdict).toBe('good')
    expect(of('http')).toMatchObject({ verdict: 'bad', cause: 'timed-out' })
    expect(of('http').ms).toBeLessThanOrEqual(STEP_LASTS)
  })
  test.for([
    ['selfSigned', /self-signed/],
    ['expired', /expired on 2026-01-02/],
    ['otherName', /results\.example/],
  ] as const)('[X16] a certificate: %s', async ([which, words], context) => {
    if (certificates === null) return context.skip('openssl is not installed')
    const { port } = await stood(declining({ status: 404 }, undefined, certificates[which]))
    const authority = which === 'selfSigned' ? null : certificates.authority
    const { of } = await consult({ url: `https://127.0.0.1:${port}`, authority })
    expect(of('tls')).toMatchObject({ verdict: 'bad', cause: 'tls' })
    expect(of('tls').proof).toMatch(words)
  })
  test('[X15] a certificate of one’s own authority is shown with its end', async (context) => {
    if (certificates === null) return context.skip('openssl is not installed')
    const { port } = await stood(declining({ status: 403 }, undefined, certificates.good))
    const { of } = await consult({ url: `https://127.0.0.1:${port}`, authority: certificates.authority })
    expect(of('tls')).toMatchObject({ verdict: 'good', note: 'tls-good' })
    expect(of('tls').proof).toMatch(/signed by "Desk Test Authority", ends in \d+ days; an extra authority/)
  })
  test.each([
    ['a redirect', { status: 302, headers: { location: 'https://portal.example/login' } }, 'redirected'],
    ['a sign-in page', { status: 200, body: SIGN_IN_PAGE }, 'redirected'],
    ['a failing proxy', { status: 502 }, 'proxy'],
  ] as const)('[X16] %s between', async (_, answer, cause) => {
    const { port } = await stood(declining(answer, answer))
    const { of } = await consult({ url: `http://127.0.0.1:${port}` })
    expect(of('http')).toMatchObject({ verdict: 'bad', cause })
  })
  test('[X16] another web site', async () => {
    const { port } = await stood(declining({ status: 404 }, { status: 404, body: '<html>Not here</html>' }))
    const { of } = await consult({ url: `http://127.0.0.1:${port}` })
    expect(of('rest')).toMatchObject({ verdict: 'bad', note: 'rest-strange' })
  })
  test('[X16] WSGI only: live updates are not there, and reading works', async () => {
    const { of } = await consult({ url: (await imitation({ socket: false })).url, account })
    expect(of('upgrade-header')).toMatchObject({ verdict: 'doubtful', cause: 'no-socket-there' })
    expect(of('snapshot')).toMatchObject({ verdict: 'good', note: 'read-whole' })
  })
  test('[X16] a foreign origin: the server’s own would be taken', async () => {
    const server = await imitation({ allowedHosts: ['127.0.0.1'] })
    const { of } = await consult({ url: server.url, account, origin: 'http://evil.example' })
    expect(of('upgrade-header')).toMatchObject({ verdict: 'bad', cause: 'origin-refused' })
    expect(of('upgrade-origin')).toMatchObject({ verdict: 'bad', note: 'origin-own-works', cause: 'origin-refused' })
    expect(of('ping').verdict).toBe('good')
  })
  test('[X16] a server that wants an origin, and takes ours', async () => {
    const server = await imitation({ allowedHosts: ['127.0.0.1'] })
    const { of } = await consult({ url: server.url, account })
    expect(of('upgrade-origin')).toMatchObject({ verdict: 'good', note: 'origin-checked' })
  })
  test('[X16] Redis dead: token good, origin good, refused', async () => {
    const server = await imitation()
    server.faults.killRedis()
    const { of } = await consult({ url: server.url, account })
    expect(of('upgrade-header')).toMatchObject({ verdict: 'bad', cause: 'layer-down' })
  })
  test('[X17] Redis frozen: pings are answered, a change does not come back', async () => {
    const server = await imitation()
    server.faults.freezeRedis()
    const { of } = await consult({ url: server.url, account, wishes: { echo: true } })
    expect(of('ping').verdict).toBe('good')
    expect(of('echo')).toMatchObject({ verdict: 'bad', cause: 'layer-down', note: 'echo-missing' })
    expect(of('echo').ms).toBeLessThanOrEqual(STEP_LASTS)
  })
  test('[X16] a user who was switched off', async () => {
    const server = await imitation()
    const meanwhile = () => {
      const user = server.db.all('users').find((row) => row.email === ACCOUNTS.user)
      if (user) server.db.store('users', { ...user, active: false })
    }
    const { of } = await consult({ url: server.url, account, meanwhile })
    expect(of('sign-in')).toMatchObject({ verdict: 'bad', cause: 'forbidden' })
  })
  test('[X16] a token that ended, and a new one that is refused too', async () => {
    const server = await imitation()
    const { of } = await consult({ url: server.url, account, meanwhile: () => server.faults.expireAccessTokens() })
    expect(of('sign-in')).toMatchObject({ verdict: 'bad', cause: 'token-refused' })
  })
  test('[X16] clocks apart', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString()
    const { port } = await stood(
      declining({ status: 403 }, { status: 401, headers: { date }, body: '{"status":"error"}' }),
    )
    const { of } = await consult({ url: `http://127.0.0.1:${port}` })
    expect(of('clock')).toMatchObject({ verdict: 'doubtful', note: 'clocks-differ' })
    expect(of('clock').proof).toMatch(/3[56]\d\d s/)
  })
})

const CLI = join(import.meta.dirname, '../../../src/main/cli.ts')
const command = (args: readonly string[], env: Record<string, string> = {}) =>
  run(process.execPath, [CLI, 'doctor', ...args], { env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (fault: { code: number; stdout: string; stderr: string }) => fault,
  )

describe('the command', () => {
  test('[X20] one JSON line, no secret, and the answer as exit code', async () => {
    const server = await imitation()
    const args = ['--server', server.url, '--email', account.email, '--password-env', 'WORD', '--quick', '--json']
    const well = await command(args, { WORD: PASSWORD })
    expect(well.code).toBe(0)
    const said = JSON.parse(well.stdout) as { healthy: boolean; findings: DoctorFinding[] }
    expect(said.healthy).toBe(true)
    expect(said.findings).toHaveLength(DOCTOR_STEPS.length)
    server.faults.killRedis()
    const ill = await command(args, { WORD: PASSWORD })
    expect(ill.code).toBe(1)
    expect(ill.stdout).toContain('layer-down')
  })
  test('[X20] words, one step a line', async () => {
    const { stderr, code } = await command(['--server', `http://127.0.0.1:${await closedPort()}`])
    expect(code).toBe(1)
    expect(stderr).toMatch(/✗ {2}2 Way there: The server is not running\. Start the server/)
  })
  test.each([
    [['--server', 'nonsense url'], /--server URL is needed/],
    [['--server', 'http://127.0.0.1:1', '--echo'], /--echo needs --email/],
    [
      ['--server', 'http://127.0.0.1:1', '--email', 'a@b.example', '--password-env', 'NOT_SET'],
      /NOT_SET holds no password/,
    ],
    [['--server', 'http://tally.example', '--email', 'a@b.example'], /say --plain/],
  ])('[X20] %j is refused with the remedy', async (args, words) => {
    const { code, stderr } = await command(args, { TALLYDESK_PASSWORD: 'x' })
    expect(code).toBe(2)
    expect(stderr).toMatch(words)
  })
})
