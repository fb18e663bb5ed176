import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startConsoleHost } from '../../../src/main/host/console-host.ts'
import { contract } from '../../../src/shared/contract.ts'
import { connect } from '../../../src/shared/rpc/connect.ts'
import type { SessionView } from '../../../src/shared/view/session.ts'
import { memoryPortPair } from '../../doubles/memory-port.ts'
import { hub, signIn } from '../../hub/fixture.ts'

/** The host that both shells carry, as they start it: what it was given to remove files with. */

const PASSWORD = 'password-1'
/** The desk asks for another token no sooner than some seconds after the last, ms. */
const HEARD_WITHIN = { timeout: 60_000, interval: 50 }

async function hosted() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tallydesk-host-wipes-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: true }
  const info = { kind: 'browser', version: '0', kiosk: false, can } as const // the kind is a word of the contract
  const host = await startConsoleHost({ dataDir, info, secrets: 'memory', auth: 'auto', canRehearse: false })
  if (!host.ok) throw new Error(host.error.detail)
  onTestFinished(() => host.value.stop())
  const [ours, theirs] = memoryPortPair()
  host.value.serveWindow(ours)
  const window = connect(contract, theirs)
  const told: { session: SessionView | null } = { session: null }
  window.watch('session', null, {
    onSnapshot: (view) => void (told.session = view),
    onPatches: (views) => void (told.session = views.at(-1) ?? told.session),
  })
  return { dataDir, window, told, console: host.value.console }
}

test('[J162] the host of every shell carries out its server’s order, and tells its windows', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const { dataDir, window, told, console } = await hosted()
  const mode = 'rehearsal' as const // of the hub in the test
  await console.connect({ name: 'Ours', url, origin: null, authority: null, mode, plainAccepted: true })
  expect(await window.call('session.sign-in', { email: 'clerk@example.com', password: PASSWORD })).toMatchObject({
    ok: true,
  })
  await vi.waitFor(() => expect(console.core.now()?.link.view().state).toBe('live'), HEARD_WITHIN)
  expect(readdirSync(join(dataDir, 'journals')).length).toBeGreaterThan(0)
  const { body } = await admin.get('/api/users/?search=clerk@example.com')
  expect((await admin.post(`/api/users/${body['data'][0].id}/revoke/`, { wipe: true })).status).toBe(200)
  await vi.waitFor(() => expect(told.session?.revoked?.is).toBe('wiped'), HEARD_WITHIN)
  expect(told.session?.revoked).toMatchObject({ by: 'admin@example.com', account: 'clerk@example.com', waiting: 0 })
  expect(readdirSync(join(dataDir, 'journals'))).toEqual([])
  const [record = ''] = readdirSync(join(dataDir, 'wiped'))
  expect(JSON.parse(readFileSync(join(dataDir, 'wiped', record), 'utf8'))).toMatchObject({ state: 'done' })
}, 120_000)
