import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { mayNot, mayOf } from '../../../src/core/authority.ts'
import type { Console } from '../../../src/core/console.ts'
import { handlersOf } from '../../../src/core/handlers.ts'
import type { Action } from '../../../src/core/outbox/action.ts'
import type { Disk, DiskFault } from '../../../src/core/ports.ts'
import { type Hub, startHub } from '../../../src/hub/hub.ts'
import { startConsoleHost, type ConsoleHost } from '../../../src/main/host/console-host.ts'
import { listJournals, openJournalReadOnly } from '../../../src/main/node/disk.ts'
import { err } from '../../../src/shared/result.ts'
import type { Mode } from '../../../src/shared/model/records.ts'
import type { User } from '../../../src/shared/view/session.ts'
import { memoryVault } from '../../doubles/memory-vault.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { type ElectionServer, startElectionServer } from '../../doubles/election-server/start.ts'
import { smallSeed } from '../../hub/fixture.ts'

const WAIT = { timeout: 10_000 }
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'profiles-'))
  ends.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const INFO = {
  kind: 'browser',
  version: '1',
  kiosk: false,
  can: { tray: false, notify: false, keychain: false, rehearse: false, quit: true },
} as const

async function hostAt(dir: string, vault = memoryVault()): Promise<ConsoleHost> {
  const options = { dataDir: dir, info: INFO, secrets: 'memory', auth: 'auto', canRehearse: false, vault } as const
  const started = await startConsoleHost(options)
  if (!started.ok) throw new Error(started.error.detail)
  ends.push(() => started.value.stop())
  return started.value
}
async function imitation(): Promise<ElectionServer> {
  const server = await startElectionServer()
  ends.push(() => server.stop())
  return server
}
async function hubOf(mode: Mode, port = 0): Promise<Hub> {
  const started = await startHub({ host: '127.0.0.1', port, dataDir: null, mode, seed: smallSeed({ mode }) })
  if (!started.ok) throw new Error(started.error.sentence)
  ends.push(() => started.value.stop())
  return started.value
}
const [hubUser] = smallSeed().users
const HUB_ACCOUNT = { email: hubUser?.email ?? '', password: hubUser?.password ?? '' }
type Account = { readonly email: string; readonly password: string }
const ACCOUNT: Account = { email: ACCOUNTS.user, password: PASSWORD }

async function goTo(console: Console, url: string, mode: Mode, { email, password } = ACCOUNT): Promise<string> {
  const wish = { name: `${mode} server`, url, origin: null, authority: null, mode, plainAccepted: true }
  const connected = await console.connect(wish)
  if (!connected.ok) throw new Error(connected.error)
  const signedIn = await console.core.now()?.session.signIn(email, password)
  if (!signedIn?.ok) throw new Error('not signed in')
  return connected.value.id
}
const state = (console: Console) => console.core.now()?.link.view().state
const cause = (console: Console) => console.core.now()?.link.view().cause
const live = (console: Console) => vi.waitFor(() => expect(state(console)).toBe('live'), WAIT)
const journalNames = (dir: string): string[] => {
  const listed = listJournals(dir)
  return listed.ok ? listed.value.map(({ name }) => name) : []
}
/** Every event of one journal, as text. */
function rowsOf(dir: string, name: string): string[] {
  const store = openJournalReadOnly(dir, name)
  if (!store.ok) throw new Error(store.error.detail)
  const rows = store.value.read(0, 100_000).map((row) => row.text)
  store.value.close()
  return rows
}

test('[X40] a profile learns at the hello what its server is, and keeps it', async () => {
  const dir = folder()
  const { console } = await hostAt(dir)
  const [server, hub] = [await imitation(), await hubOf('official')]
  await goTo(console, server.url, 'official')
  expect(console.view().server?.kind).toBeNull()
  await live(console)
  expect(console.view().server?.kind).toBe('election')
  await goTo(console, hub.url, 'official', HUB_ACCOUNT)
  await live(console)
  expect(console.view().servers.map(({ kind }) => kind)).toEqual(['election', 'hub'])
  const stored = JSON.parse(readFileSync(join(dir, 'settings.json'), 'utf8')) as { servers: { kind: string }[] }
  expect(stored.servers.map(({ kind }) => kind)).toEqual(['election', 'hub'])
  // Changed, not new: what was found out stays.
  await goTo(console, server.url, 'official')
  expect(console.view().server?.kind).toBe('election')
})

test('[X41] servers are switched without a restart, each with its own user and figures', async () => {
  const { console } = await hostAt(folder())
  const [server, hub] = [await imitation(), await hubOf('official')]
  const first = await goTo(console, server.url, 'official')
  await live(console)
  const second = await goTo(console, hub.url, 'official', HUB_ACCOUNT)
  await live(console)
  expect(console.view()).toMatchObject({ server: { id: second }, user: { email: HUB_ACCOUNT.email } })
  expect((await console.choose(first)).ok).toBe(true)
  await live(console)
  expect(console.view()).toMatchObject({ server: { id: first }, user: { email: ACCOUNT.email } })
  expect(await console.choose('nobody')).toEqual({ ok: false, error: 'unknown-server' })
})

test('[X41] a server that is forgotten leaves no token, and its journal stays', async () => {
  const dir = folder()
  const vault = memoryVault()
  const { console } = await hostAt(dir, vault)
  const handlers = handlersOf(console)
  const [server, hub] = [await imitation(), await hubOf('official')]
  const first = await goTo(console, server.url, 'official')
  await live(console)
  const second = await goTo(console, hub.url, 'official', HUB_ACCOUNT)
  await live(console)
  expect([...vault.secrets().keys()].sort()).toEqual([first, second].sort())
  const before = journalNames(dir)
  expect(before).toHaveLength(2)
  // One that is not looked at, then the one that is.
  expect((await handlers['server.forget']({ id: first })).ok).toBe(true)
  expect([...vault.secrets().keys()]).toEqual([second])
  expect(state(console)).toBe('live')
  expect((await handlers['server.forget']({ id: second })).ok).toBe(true)
  expect(vault.secrets().size).toBe(0)
  expect(console.view()).toMatchObject({ state: 'no-server', server: null, servers: [], user: null })
  await vi.waitFor(() => expect(server.openSockets()).toBe(0), WAIT)
  expect(journalNames(dir)).toEqual(before)
  expect(await handlers['server.forget']({ id: first })).toEqual({ ok: false, error: 'unknown-server' })
})

test('[X42] a rehearsal at the same address with the same election never writes into the official journal', async () => {
  const dir = folder()
  const { console } = await hostAt(dir)
  const official = await hubOf('official')
  const port = Number(new URL(official.url).port)
  await goTo(console, official.url, 'official', HUB_ACCOUNT)
  await live(console)
  const [name = ''] = journalNames(dir)
  expect(name).toMatch(/-official$/)
  await official.stop()
  ends.splice(ends.length - 1, 1)
  const before = rowsOf(dir, name).length
  // The very same address and election id: only the server's word on its mode is another.
  await hubOf('rehearsal', port)
  // It knows nobody's token; the operator signs in again and goes on, suspecting nothing.
  const handlers = handlersOf(console)
  expect((await handlers['session.sign-in'](HUB_ACCOUNT)).ok).toBe(true)
  await handlers['link.try-now'](null)
  await vi.waitFor(() => expect(console.view().mode).toBe('rehearsal'), WAIT)
  await live(console)
  expect(console.view().modeSurprise).toBe(true)
  const names = journalNames(dir)
  expect(names).toHaveLength(2)
  const rehearsal = names.find((each) => each.endsWith('-rehearsal')) ?? ''
  expect(rehearsal.replace('-rehearsal', '-official')).toBe(name)
  // What the official journal got since is its own link's end and doubt, and no record of the other server.
  const since = rowsOf(dir, name).slice(before)
  expect(since.filter((text) => !/"is":"(link|doubted)"/.test(text))).toEqual([])
  expect(rowsOf(dir, rehearsal)[0]).toContain('"mode":"rehearsal"')
})

test('[X44] a profile called official that meets a rehearsal says so, and is one', async () => {
  const dir = folder()
  const { console } = await hostAt(dir)
  await goTo(console, (await hubOf('rehearsal')).url, 'official', HUB_ACCOUNT)
  await live(console)
  expect(console.view()).toMatchObject({ mode: 'rehearsal', modeSurprise: true, server: { mode: 'official' } })
  expect(journalNames(dir).every((name) => name.endsWith('-rehearsal'))).toBe(true)
})

test('[X43] a profile for rehearsals refuses an official server, sends nothing, and says what to do', async () => {
  const dir = folder()
  const { console } = await hostAt(dir)
  const hub = await hubOf('official')
  await goTo(console, hub.url, 'rehearsal', HUB_ACCOUNT)
  await vi.waitFor(() => expect(state(console)).toBe('refused'), WAIT)
  expect(cause(console)).toMatchObject({ code: 'wrong-mode' })
  expect(journalNames(dir)).toEqual([])
  console.core.now()?.link.tryNow()
  await vi.waitFor(() => expect(state(console)).not.toBe('refused'), WAIT)
  await vi.waitFor(() => expect(state(console)).toBe('refused'), WAIT)
  // The profile is changed: now it is what it says.
  await goTo(console, hub.url, 'official', HUB_ACCOUNT)
  await live(console)
  expect(console.view()).toMatchObject({ mode: 'official', modeSurprise: false })
})

test.each([
  ['read-only', 'refused'],
  ['in-use', 'refused'],
  ['full', 'catching-up'],
] as const)('[X45] a journal that cannot be opened (%s) leaves the link %s', async (is, shown) => {
  const host = await hostAt(folder())
  const disk = host.console.ports.disk as { journal: Disk['journal'] }
  let asked = 0
  const fault: DiskFault = { is, detail: 'journals/x.sqlite' }
  disk.journal = () => {
    asked += 1
    return err(fault)
  }
  await goTo(host.console, (await imitation()).url, 'official')
  await vi.waitFor(() => expect(asked).toBeGreaterThan(0), WAIT)
  await vi.waitFor(() => expect(state(host.console)).toBe(shown), WAIT)
  if (shown === 'refused')
    expect(cause(host.console)).toMatchObject({ code: 'journal-failed', proof: `${is}: ${fault.detail}` })
})

test('[X46] what a role may do is told as the core would decide it', () => {
  const user = (role: User['role'], committees: string[] = []): User => ({ ...BASE, role, committees })
  expect(mayOf(null)).toMatchObject({
    markAnywhere: false,
    committees: [],
    enterCounts: false,
    results: false,
    makeEvidence: false,
  })
  expect(mayOf(user('ADMIN'))).toMatchObject({
    markAnywhere: true,
    committees: [],
    enterCounts: true,
    makeEvidence: true,
  })
  expect(mayOf(user('SUPERVISOR', ['m1']))).toMatchObject({
    markAnywhere: false,
    committees: ['m1'],
    enterCounts: true,
    makeEvidence: false,
  })
  expect(mayOf(user('USER', ['m1']))).toMatchObject({ markAnywhere: false, committees: ['m1'], enterCounts: false })
  for (const role of ['SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'USER'] as const) {
    const one = user(role, ['m1'])
    const may = mayOf(one)
    const mark = (committee: string) => ({ does: 'attendance.mark', committee, elector: '1', notes: '' }) as Action
    expect(mayNot(one, mark('m1'), () => undefined)).toBeNull()
    expect(mayNot(one, mark('m2'), () => undefined)).toBe(may.markAnywhere ? null : 'not-your-committee')
    const sheet = { does: 'count.enter', committee: 1, cast: 0, invalid: 0, votes: [] } as unknown as Action
    const publish = { does: 'results.publish' } as const
    expect(mayNot(one, sheet, () => undefined)).toBe(may.enterCounts ? null : 'role-too-low')
    expect(mayNot(one, publish, () => undefined)).toBe(may.results ? null : 'role-too-low')
  }
})
const BASE = { id: 1 as User['id'], email: 'a@b.example', name: 'A' }
