import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import { Book } from '../../../src/core/book.ts'
import type { Action } from '../../../src/core/outbox/action.ts'
import { startSafeHost } from '../../../src/main/host/safe-host.ts'
import { systemClock } from '../../../src/main/node/clock.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { contract } from '../../../src/shared/contract.ts'
import type { CommandKey } from '../../../src/shared/model/ids.ts'
import { connect } from '../../../src/shared/rpc/connect.ts'
import { memoryPortPair } from '../../doubles/memory-port.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-safe-'))
  undo.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A journal with this many marks typed, the first of them answered. */
function journal(dir: string, name: string, typed: number): void {
  const opened = openDisk(dir)
  if (!opened.ok) throw new Error(opened.error.detail)
  const store = opened.value.disk.journal(name)
  if (!store.ok) throw new Error(store.error.detail)
  const book = new Book(store.value, sha256, systemClock())
  for (let one = 0; one < typed; one++) {
    const action = { does: 'attendance.mark', elector: `${one}`, committee: 'C1', notes: '' } as unknown as Action // ids are branded text
    book.commit([{ is: 'queued', key: `key-${one}` as CommandKey, action, by: 'a@b' }]) // as the outbox makes them
  }
  book.commit([{ is: 'settled', key: 'key-0' as CommandKey, outcome: 'confirmed', reason: null }])
  opened.value.close()
}

async function start(dataDir: string, leave: (() => void) | null = null) {
  const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: false }
  const info = { kind: 'browser', version: '0', kiosk: false, can } as const
  const deaths = [{ at: 1, how: 'SIGKILL' }]
  const host = await startSafeHost({ dataDir, info, deaths, leave })
  if (!host.ok) throw new Error(host.error.detail)
  undo.push(() => host.value.stop())
  const [ours, theirs] = memoryPortPair()
  host.value.serveWindow(ours)
  return { host: host.value, window: connect(contract, theirs) }
}

test('[C72] every journal is checked and what waits is counted; a broken and an unreadable one are said', async () => {
  const dir = folder()
  journal(dir, 'good', 4)
  journal(dir, 'other', 2)
  journal(dir, 'torn', 3)
  const db = new DatabaseSync(join(dir, 'journals/torn.sqlite'))
  db.exec("UPDATE row SET text = replace(text, 'C1', 'C2') WHERE cursor = 3")
  db.close()
  writeFileSync(join(dir, 'journals/ruin.sqlite'), 'not a database at all, and long enough to be looked at'.repeat(100))
  const { host } = await start(dir)
  expect((await host.found).map(({ name, state, events, waiting }) => ({ name, state, events, waiting }))).toEqual([
    { name: 'good', state: 'intact', events: 5, waiting: 3 },
    { name: 'other', state: 'intact', events: 3, waiting: 1 },
    { name: 'ruin', state: 'unreadable', events: 0, waiting: 0 },
    { name: 'torn', state: 'broken', events: 2, waiting: 2 },
  ])
})

test('[C72] no command of the console is carried out; leaving is, where somebody starts it again', async () => {
  let left = 0
  const { window } = await start(folder(), () => left++)
  const refused = { ok: false, error: 'in-safe-mode' }
  expect(await window.call('server.rehearse', null)).toEqual(refused)
  expect(await window.call('session.sign-in', { email: 'a@b', password: 'x' })).toEqual(refused)
  expect(await window.call('safe.leave', null)).toEqual({ ok: true, value: null })
  expect(left).toBe(1)
  expect(await window.call('diagnostics.make', null)).toMatchObject({ ok: true })
  const alone = await start(folder())
  expect(await alone.window.call('safe.leave', null)).toEqual({ ok: false, error: 'not-here' })
})
