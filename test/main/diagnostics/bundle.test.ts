import { execFile } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, statSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, expect, test, vi } from 'vitest'
import { handlersOf } from '../../../src/core/handlers.ts'
import { LARGEST_BUNDLE, pack } from '../../../src/core/diagnostics/make.ts'
import { scrubLog } from '../../../src/core/diagnostics/log-lines.ts'
import { scrubber } from '../../../src/core/diagnostics/scrub.ts'
import { createHostTools } from '../../../src/main/node/host-tools.ts'
import { redactText } from '../../../src/main/node/redact.ts'
import { startConsoleHost } from '../../../src/main/host/console-host.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { startElectionServer } from '../../doubles/election-server/start.ts'
import { accessToken } from '../../doubles/tokens.ts'

const run = promisify(execFile)
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'bundle-'))
  ends.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const INFO = {
  kind: 'browser',
  version: '9.9.9',
  kiosk: false,
  can: { tray: false, notify: false, keychain: false, rehearse: false, quit: true },
} as const

/** What nobody may find, planted wherever text can be; `inTables`: a name and a number the desk knows from the server. */
const planted = (inTables: { readonly name: string; readonly number: string }) => {
  const token = accessToken(Date.now(), 3_600_000)
  return {
    token,
    tokenTail: token.split('.')[1] ?? '',
    password: 'Tr0ub4dor&3-rainy',
    name: inTables.name,
    number: inTables.number,
    arabic: 'سارة يوسف المثال',
    telephone: '99887766',
    abroad: '+965 99 88 77 66',
    arabicDigits: '٩٩٨٨٧٧٦٦',
    email: ACCOUNTS.user,
  }
}
type Planted = ReturnType<typeof planted>

/** Log lines as this program writes them, as an older one might have, and as nobody should. */
const badLines = (secret: Planted): string =>
  [
    { event: 'rest.declined', path: `/api/attendees/by-elector/${secret.number}/`, detail: secret.name },
    { event: 'old', who: secret.name, proof: `for ${secret.arabic} at ${secret.telephone}` },
    { event: 'old', proof: `Authorization: Bearer ${secret.token}`, cause: `password=${secret.password}` },
    { event: 'old', detail: `called ${secret.abroad}, ${secret.arabicDigits}, wrote to ${secret.email}` },
    {
      event: 'old',
      mobile: Number(secret.telephone),
      n: Number(secret.telephone),
      title: encodeURIComponent(secret.arabic),
    },
    { event: `sign-in of ${secret.name}`, nested: { name: secret.name } },
    { event: 'old', [secret.name]: 1, url: `http://h/?token=${secret.token}` },
  ]
    .map((line) => JSON.stringify(line))
    .concat(`${secret.name} ${secret.token} not JSON at all ${secret.password}`, '')
    .join('\n')

function expectNone(zip: Uint8Array, secret: Planted): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, bytes] of Object.entries(unzipSync(zip))) texts[name] = strFromU8(bytes)
  const all = Object.entries(texts).flat().join('\n')
  for (const [what, value] of Object.entries(secret)) {
    expect(all, what).not.toContain(value)
    expect(all, `${what}, escaped`).not.toContain(JSON.stringify(value).slice(1, -1))
    expect(all, `${what}, encoded`).not.toContain(encodeURIComponent(value))
    expect(all, `${what}, base64`).not.toContain(Buffer.from(value).toString('base64').replace(/=+$/, ''))
    expect(Buffer.from(zip).includes(value), `${what}, raw`).toBe(false)
  }
  for (const part of secret.name.split(' ').filter((word) => word.length > 3)) expect(all).not.toContain(part)
  return texts
}

async function consoleAt(dir: string) {
  const server = await startElectionServer()
  ends.push(() => server.stop())
  const started = await startConsoleHost({
    dataDir: dir,
    info: INFO,
    secrets: 'memory',
    auth: 'auto',
    canRehearse: false,
  })
  if (!started.ok) throw new Error(started.error.detail)
  const { console } = started.value
  ends.push(() => started.value.stop())
  const { url } = server
  const common = { origin: null, authority: null, mode: 'official', plainAccepted: true } as const
  await console.connect({ name: 'Hall of 99887766', url, ...common })
  await console.core.now()?.session.signIn(ACCOUNTS.user, PASSWORD)
  await vi.waitFor(() => expect(console.core.now()?.link.view().state).toBe('live'), { timeout: 10_000 })
  const guarantee = [...(console.core.now()?.book.now()?.projection.tables.guarantee.values() ?? [])][0]?.record
  if (!guarantee) throw new Error('no guarantee was read')
  return { console, server, secret: planted({ name: guarantee.electorName, number: guarantee.elector }) }
}

test('[X30][X31][X33] a window’s bundle tells everything but secrets and people', async () => {
  const dir = folder()
  const { console, secret } = await consoleAt(dir)
  const handlers = handlersOf(console)
  // Through the log, as a careless line would; and beside it, as an older program might have left it.
  console.ports.log.warn('careless', { detail: secret.name, proof: `Bearer ${secret.token}`, who: secret.arabic })
  console.ports.log.error('window', {
    where: 'call',
    cause: `zod: ${secret.email} ${secret.abroad} password: ${secret.password}`,
  })
  appendFileSync(join(dir, 'log', 'tallydesk.ndjson'), badLines(secret))
  await handlers['doctor.run']({ echo: false, listen: false })
  await vi.waitFor(() => expect(console.doctor?.view().state).toBe('done'), { timeout: 10_000 })
  const made = await handlers['diagnostics.make'](null)
  if (!made.ok) throw new Error(made.error)
  const zip = Buffer.from(made.value.zip, 'base64')
  expect(zip.byteLength).toBe(made.value.bytes)
  const texts = expectNone(zip, secret)
  expect(JSON.parse(texts['about.json'] ?? '')).toMatchObject({ version: '9.9.9', shell: 'browser' })
  const journals = JSON.parse(texts['journals.json'] ?? '[]') as { length: number; head: string }[]
  expect(journals[0]?.length).toBeGreaterThan(10)
  expect(journals[0]?.head).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.parse(texts['doctor.json'] ?? '').findings).toHaveLength(15)
  expect(JSON.parse(texts['meters.json'] ?? '').ribbon.length).toBeGreaterThan(0)
  expect(JSON.parse(texts['settings.json'] ?? '').servers[0]).toMatchObject({ kind: 'election', mode: 'official' })
  expect(JSON.parse(texts['session.json'] ?? '')).toMatchObject({ state: 'signed-in', role: 'USER' })
  expect(texts['log/tallydesk.ndjson']).toContain('link.state')
})

test('[X31][X33] the command line’s bundle, beside a desk that runs, holds none of it either', async () => {
  const dir = folder()
  const { console, server, secret } = await consoleAt(dir)
  appendFileSync(join(dir, 'log', 'tallydesk.ndjson'), badLines(secret))
  const settings = JSON.parse(readFileSync(join(dir, 'settings.json'), 'utf8'))
  settings.servers[0].name = `desk of ${secret.name}, ${secret.telephone}`
  settings.servers[0].token = secret.token
  writeFileSync(join(dir, 'settings.json'), JSON.stringify(settings))
  const file = join(dir, 'out.zip')
  const cli = join(import.meta.dirname, '../../../src/main/cli.ts')
  await run(process.execPath, [cli, 'doctor', '--server', server.url, '--data', dir, '--bundle', file])
  expect(console.view().state).toBe('signed-in')
  const texts = expectNone(readFileSync(file), secret)
  expect(JSON.parse(texts['journals.json'] ?? '[]')).toHaveLength(1)
  expect(JSON.parse(texts['doctor.json'] ?? '').findings).toHaveLength(15)
})

test('[X31] what a technician needs is left as it is', () => {
  const scrub = scrubber({ names: ['Adel Sample Specimen'], numbers: ['0100001'] }, redactText)
  const kept = [
    'refused: nothing listens at 127.0.0.1:8000 (ECONNREFUSED)',
    'upgrade answered 403; the token is good and the origin is the server’s own',
    'certificate of tally.example expired on 2026-01-02: renew it on the server',
    'closed 1011 "layer" after 3 min',
  ]
  for (const text of kept) expect(scrub(text)).toBe(text)
  expect(scrub('for ADEL specimen and elector 0100001')).toBe('for [left out] [left out] and elector [left out]')
  const line =
    '{"at":"2026-11-21T05:00:00.000Z","level":"info","event":"link.state","from":"live","to":"waiting","attempt":2}'
  expect(scrubLog(line, scrub)).toBe(line)
})

test('[X32] a log of 10 MB becomes a bundle of less than 1 MB, newest lines kept', () => {
  const dir = folder()
  const tools = createHostTools(dir, '1')
  let seed = 1
  const noise = () => {
    seed = (seed * 48271) % 2147483647
    return seed.toString(36)
  }
  // Text that hardly packs: each line is unlike the other.
  const line = (at: number) =>
    JSON.stringify({ event: 'noise', n: at, proof: Array.from({ length: 30 }, noise).join(' x ') })
  const lines = Array.from({ length: 40_000 }, (_, at) => line(at))
  mkdirSync(join(dir, 'log'))
  writeFileSync(join(dir, 'log', 'tallydesk.ndjson'), `${lines.join('\n')}\n`)
  expect(statSync(join(dir, 'log', 'tallydesk.ndjson')).size).toBeGreaterThan(8_000_000)
  const none = { servers: [], chosen: null, session: null, link: null, meters: null, doctor: null, journals: [] }
  const made = pack(tools, { at: 0, about: {}, ...none }, { names: [], numbers: [] })
  if (!made.ok) throw new Error(made.error)
  expect(made.value.bytes).toBeLessThanOrEqual(LARGEST_BUNDLE)
  const log = strFromU8(unzipSync(Buffer.from(made.value.base64, 'base64'))['log/tallydesk.ndjson'] ?? new Uint8Array())
  expect(log.split('\n').at(-1)).toContain('"n":39999')
})
