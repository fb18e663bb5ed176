import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { Console } from '../../../src/core/console.ts'
import { handlersOf } from '../../../src/core/handlers.ts'
import { sourcesOf } from '../../../src/core/sources.ts'
import { answer } from '../../../src/main/electron/page-files.ts'
import { startConsoleHost } from '../../../src/main/host/console-host.ts'
import { startShell } from '../../../src/main/kiosk/shell.ts'
import { openJournalReadOnly } from '../../../src/main/node/disk.ts'
import { packFolder } from '../../../src/main/node/evidence/pack-folder.ts'
import { isClean } from '../../../src/main/node/evidence/verify-pack.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { startElectionServer } from '../../doubles/election-server/start.ts'
import { ask, builtPage } from '../kiosk/page.ts'
import { folder, verdictOf } from './packs.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const INFO = {
  kind: 'browser',
  version: '9.9.9',
  kiosk: false,
  can: { tray: false, notify: false, keychain: false, rehearse: false, quit: true },
} as const
const SEALED = { sealed: true, withJournal: false, language: 'en' } as const

async function consoleAs(email: string) {
  const server = await startElectionServer()
  ends.push(() => server.stop())
  const dir = folder(ends)
  const started = await startConsoleHost({
    dataDir: dir,
    info: INFO,
    secrets: 'memory',
    auth: 'auto',
    canRehearse: false,
  })
  if (!started.ok) throw new Error(started.error.detail)
  ends.push(() => started.value.stop())
  const { console } = started.value
  const { url } = server
  await console.connect({ name: 'x', url, origin: null, authority: null, mode: 'official', plainAccepted: true })
  await console.core.now()?.session.signIn(email, PASSWORD)
  await vi.waitFor(() => expect(console.core.now()?.link.view().state).toBe('live'), { timeout: 10_000 })
  return { dir, console, handlers: handlersOf(console) }
}

const viewOf = (console: Console) => {
  const feed = sourcesOf(console).evidence(null, () => {})
  feed.stop()
  return feed.snapshot()
}
async function made(console: Console) {
  await vi.waitFor(() => expect(viewOf(console).is).toBe('made'), { timeout: 10_000 })
  const view = viewOf(console)
  if (view.is !== 'made') throw new Error(view.is)
  return view
}

test('[X85][X88] an administrator makes a pack of the journal as it is now, and it is proved', async () => {
  const { dir, console, handlers } = await consoleAs(ACCOUNTS.admin)
  expect(await handlers['evidence.make'](SEALED)).toEqual({ ok: true, value: null })
  const view = await made(console)
  expect(view.file).toBe(join(packFolder(dir), view.name))
  expect(readdirSync(packFolder(dir))).toEqual([view.name])
  expect(view.head).toMatch(/^[0-9a-f]{64}$/)
  expect(view.sign).toContain(view.head)
  expect(view.squares.length).toBe(view.squares[0]?.length)
  const rows = openJournalReadOnly(dir, console.core.now()?.journal() ?? '')
  if (!rows.ok) throw new Error(rows.error.detail)
  expect(isClean(await verdictOf(view.file, rows.value))).toBe(true)
  rows.value.close()
  await handlers['session.sign-out'](null)
  expect(viewOf(console)).toEqual({ is: 'none' })
})

test('[X85] a clerk and a supervisor may not, and are told of none', async () => {
  const { dir, console, handlers } = await consoleAs(ACCOUNTS.supervisor)
  expect(await handlers['evidence.make'](SEALED)).toEqual({ ok: false, error: 'not-allowed' })
  expect(console.view().may.makeEvidence).toBe(false)
  const book = console.core.now()?.book.now()
  console.evidence?.make(
    console.core.now()?.journal() ?? '',
    book?.journal.cursor ?? 0,
    SEALED,
    console.settings.now.zone,
  )
  await vi.waitFor(() => expect(console.evidence?.view().is).toBe('made'), { timeout: 10_000 })
  expect(viewOf(console)).toEqual({ is: 'none' })
  expect(existsSync(packFolder(dir))).toBe(true)
})

test('[X86] cancelled from a window, nothing of it is left', async () => {
  const { dir, console, handlers } = await consoleAs(ACCOUNTS.admin)
  await handlers['evidence.make'](SEALED)
  await handlers['evidence.cancel'](null)
  await vi.waitFor(() => expect(viewOf(console)).toEqual({ is: 'failed', why: 'cancelled' }), { timeout: 10_000 })
  expect(existsSync(packFolder(dir)) ? readdirSync(packFolder(dir)) : []).toEqual([])
})

test('[X89] while the disk refuses facts no pack is made', async () => {
  const { console, handlers } = await consoleAs(ACCOUNTS.admin)
  const book = console.core.now()?.book.now()
  if (!book) throw new Error('no book')
  vi.spyOn(book, 'missingSince', 'get').mockReturnValue(1)
  expect(await handlers['evidence.make'](SEALED)).toEqual({ ok: false, error: 'disk-refuses' })
})

test('[X87] both shells give a pack to their own page, and nothing else of the folder around it', async () => {
  const dir = folder(ends)
  const page = builtPage()
  ends.push(page.remove)
  writeFileSync(join(dir, 'evidence-a-7.zip'), 'PK-bytes')
  writeFileSync(join(dir, 'settings.json'), '{}')
  const log = { info() {}, warn() {}, error() {} }
  const started = await startShell({ rendererDir: page.dir, packs: dir, port: 0, onPort: () => {}, log })
  if (!started.ok) throw new Error(started.error.detail)
  ends.push(started.value.stop)
  const { port, newUrl } = started.value
  const address = '/evidence/evidence-a-7.zip'
  expect((await ask(port, address)).status).toBe(403)
  const url = new URL(newUrl('person'))
  const cookie = String((await ask(port, url.pathname + url.search)).headers['set-cookie']?.[0]).split(';')[0] ?? ''
  const given = await ask(port, address, { cookie })
  expect(given).toMatchObject({ status: 200, body: 'PK-bytes' })
  expect(given.headers['content-disposition']).toBe('attachment; filename="evidence-a-7.zip"')
  const others = ['/evidence/none.zip', '/evidence/settings.json', '/evidence/..%2fevidence-a-7.zip', '/evidence/']
  for (const other of others) {
    expect((await ask(port, other, { cookie })).status, other).toBe(404)
    expect((await answer(page.dir, new Request(`app://tallydesk${other}`), dir)).status, other).toBe(404)
  }
  const electron = await answer(page.dir, new Request(`app://tallydesk${address}`), dir)
  expect(await electron.text()).toBe('PK-bytes')
  expect(electron.headers.get('content-disposition')).toContain('attachment')
  expect((await answer(page.dir, new Request(`app://other${address}`), dir)).status).toBe(404)
})
