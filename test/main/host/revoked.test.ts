import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { CommitteeCode, ElectorNumber } from '../../../src/shared/model/ids.ts'
import type { Wiper } from '../../../src/core/revocations.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { verifyJournal } from '../../../src/main/node/verify-journal.ts'
import { wipeServer } from '../../../src/main/node/wipe/wipe-server.ts'
import { type MemoryDisk, memoryDisk } from '../../doubles/memory-disk.ts'
import { hurriedClock, realDesk } from '../../core/real-desk.ts'
import { directory, hub, type Person, signIn } from '../../hub/fixture.ts'
import { memoryVault } from '../../doubles/memory-vault.ts'

/** A desk whose account is taken away: a real hub, real sockets, real files; only the keychain is in memory. */

const PASSWORD = 'password-1'

/** The desk asks for another token only once the last one is some seconds old, and backs off until then. */
const until = (what: () => boolean): Promise<void> =>
  vi.waitFor(
    () => {
      if (!what()) throw new Error(`not yet: ${what}`)
    },
    { timeout: 30_000, interval: 20 },
  )

function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-revoked-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

async function desk(dir: string, vault = memoryVault()) {
  const opened = openDisk(dir)
  if (!opened.ok) throw new Error(opened.error.detail)
  const { disk, close } = opened.value
  const clock = hurriedClock()
  const wipe: Wiper = (server, why) => wipeServer({ dir, disk, server, why, now: clock.now() })
  const { desk: console, ...rest } = realDesk({ disk: disk as MemoryDisk, vault, clock, wipe }) // a file's; nothing here bends it
  let isOver = false
  const stop = () => {
    if (!isOver) {
      rest.stop()
      close()
    }
    isOver = true
  }
  onTestFinished(stop)
  const started = await console.start()
  if (!started.ok) throw new Error(started.error.detail)
  const enter = (name: string) => rest.signIn(`${name}@example.com`, PASSWORD)
  const mark = (elector: string) =>
    rest.core().act({
      does: 'attendance.mark',
      elector: elector as ElectorNumber,
      committee: 'm1' as CommitteeCode,
      notes: '',
    })
  const revoked = () => console.view().revoked
  return { ...rest, console, enter, mark, revoked, vault, stop }
}

const journalsIn = (dir: string): string[] => readdirSync(join(dir, 'journals')).filter((file) => /sqlite$/.test(file))
const revoke = async (admin: Person, name: string, wipe: boolean) => {
  const { body } = await admin.get(`/api/users/?search=${name}@example.com`)
  const done = await admin.post(`/api/users/${body['data'][0].id}/revoke/`, { wipe })
  expect(done.status).toBe(200)
}

test('[J118][J119] an order to wipe: nothing is shown, the sign-in is gone, all of that server is removed and it is said', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const dir = place()
  const { console, core, connect, enter, revoked, vault } = await desk(dir)
  await connect(url)
  const { id } = console.view().server ?? { id: '' }
  await enter('clerk')
  expect(journalsIn(dir)).toHaveLength(1)
  expect(await vault.read(id)).toMatchObject({ ok: true, value: expect.stringContaining('clerk@') })
  await revoke(admin, 'clerk', true)
  await until(() => revoked()?.is === 'wiped')
  expect(revoked()).toMatchObject({ by: 'admin@example.com', account: 'clerk@example.com', wipe: true, waiting: 0 })
  expect(revoked()?.events).toBeGreaterThan(3)
  await until(() => console.core.now() !== null)
  expect([core().book.now(), console.view().state, console.view().user]).toEqual([null, 'signed-out', null])
  expect(await vault.read(id)).toEqual({ ok: true, value: null })
  expect(journalsIn(dir)).toEqual([])
  const [record] = readdirSync(join(dir, 'wiped'))
  const text = readFileSync(join(dir, 'wiped', String(record)), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ state: 'done', why: expect.stringMatching(/^ordered by the server: /) })
  expect(text).not.toContain('@')
  await enter('other')
  expect(revoked()).toBeNull()
  expect(journalsIn(dir)).toHaveLength(1)
}, 60_000)

test('[J118] an order without a wipe locks: the journal stays on disk, unseen until somebody signs in', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const dir = place()
  const first = await desk(dir)
  await first.connect(url)
  await first.enter('clerk')
  await revoke(admin, 'clerk', false)
  await until(() => first.revoked()?.is === 'locked' && first.console.core.now()?.book.now() === null)
  first.stop()
  const again = await desk(dir, first.vault)
  expect([again.core().book.now(), again.revoked()?.is]).toEqual([null, 'locked'])
  expect(journalsIn(dir)).toHaveLength(1)
  await again.enter('other')
  expect([again.revoked(), again.core().book.now() !== null]).toEqual([null, true])
}, 60_000)

test('[J120] what was typed and never answered stays, is counted, and goes out once the account is opened again', async () => {
  const dataDir = directory()
  const before = await hub({ dataDir })
  const dir = place()
  const first = await desk(dir)
  await first.connect(before.url)
  await first.enter('clerk')
  await before.stop()
  await until(() => first.core().link.view().state !== 'live')
  for (const number of ['70001', '70003']) expect(first.mark(number).ok).toBe(true)
  // Elsewhere, so that the desk cannot send before the order is given.
  const elsewhere = await hub({ dataDir })
  await revoke(await signIn(elsewhere.url), 'clerk', true)
  await elsewhere.stop()
  const after = await hub({ dataDir, port: Number(new URL(before.url).port) })
  const admin = await signIn(after.url)
  first.core().link.tryNow()
  await until(() => first.revoked()?.is === 'held' && first.console.core.now() !== null)
  expect([first.revoked()?.waiting, first.core().book.now()]).toEqual([2, null])
  const [journal = ''] = journalsIn(dir)
  expect(verifyJournal(join(dir, 'journals', journal), () => {})).toMatchObject({ ok: true, value: { fault: null } })
  expect(existsSync(join(dir, 'wiped'))).toBe(false)
  first.stop()
  const again = await desk(dir, first.vault)
  expect([again.revoked()?.is, again.revoked()?.waiting, again.core().book.now()]).toEqual(['held', 2, null])
  // What one typed goes in that one's name alone: another may work here, and what is owed stays owed.
  await again.enter('other')
  expect([again.core().book.now() !== null, again.revoked()?.is]).toEqual([true, 'held'])
  await again.core().session.signOut()
  await until(() => again.console.core.now()?.book.now() === null)
  expect([again.revoked()?.is, again.revoked()?.waiting, journalsIn(dir)]).toEqual(['held', 2, [journal]])
  const { body } = await admin.get('/api/users/?search=clerk@example.com')
  await admin.patch(`/api/users/${body['data'][0].id}/`, { is_active: true })
  await again.enter('clerk')
  await until(() => again.core().book.now()?.projection.outbox.waiting.size === 0)
  const marked = await admin.get('/api/attendees/?page_size=50')
  expect([again.revoked(), marked.body['data'].length]).toEqual([null, 2])
}, 90_000)

test('[J122] an order heard before a crash holds at the next start: nothing is shown, and the sign-in goes', async () => {
  const { url } = await hub()
  const dir = place()
  const first = await desk(dir)
  await first.connect(url)
  const { id } = first.console.view().server ?? { id: '' }
  await first.enter('clerk')
  const sent = await first.vault.read(id)
  const { server, election, mode } = first.book().projection.identity ?? {}
  first.stop()
  const settings = JSON.parse(readFileSync(join(dir, 'settings.json'), 'utf8'))
  const order = { order: 'order-123', by: 'admin@example.com', at: 1, account: 'clerk@example.com', wipe: true }
  const heard = { ...order, heardAt: 2, waiting: 0, events: 0, is: 'locked', signIn: 'left' }
  writeFileSync(join(dir, 'settings.json'), JSON.stringify({ ...settings, revoked: { [id]: heard } }))
  expect([sent.ok && sent.value, journalsIn(dir).length]).toEqual([expect.stringContaining('clerk@'), 1])
  const again = await desk(dir, first.vault)
  expect([again.revoked()?.is, again.console.view().user, again.core().book.now()]).toEqual(['wiped', null, null])
  expect([await again.vault.read(id), journalsIn(dir)]).toEqual([{ ok: true, value: null }, []])
  expect([server, election, mode]).toEqual([id, 1, 'rehearsal'])
}, 60_000)

test('[J122] a disk that refuses the order: nothing is shown, and the next start hears it again', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const [disk, vault, clock] = [memoryDisk(), memoryVault(), hurriedClock()]
  const first = realDesk({ disk, vault, clock })
  await first.live('clerk@example.com', PASSWORD)(url)
  const { id } = first.desk.view().server ?? { id: '' }
  disk.failWith('full')
  await revoke(admin, 'clerk', false)
  await until(() => first.desk.view().revoked?.is === 'locked' && first.desk.core.now()?.book.now() === null)
  expect(await vault.read(id)).toMatchObject({ value: expect.stringContaining('clerk@') })
  first.stop()
  disk.die()
  disk.failWith(null)
  const again = realDesk({ disk, vault, clock })
  await again.desk.start()
  await until(() => again.desk.view().revoked?.is === 'locked' && again.desk.core.now()?.book.now() === null)
  await until(() => again.desk.view().state === 'signed-out')
  await vi.waitFor(async () => expect(await vault.read(id)).toEqual({ ok: true, value: null }))
}, 60_000)
