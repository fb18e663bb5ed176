import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { startHub } from '../../../src/hub/hub.ts'
import { generateElection } from '../../../src/hub/rehearsal/generate.ts'
import { startConsoleHost } from '../../../src/main/host/console-host.ts'

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function rehearsing() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tallydesk-host-'))
  stops.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const can = { tray: false, notify: false, keychain: false, rehearse: true, quit: true }
  const info = { kind: 'browser', version: '0', kiosk: false, can } as const
  const host = await startConsoleHost({ dataDir, info, secrets: 'memory', auth: 'auto', canRehearse: true })
  if (!host.ok) throw new Error(host.error.detail)
  stops.push(() => host.value.stop())
  expect(await host.value.console.rehearse()).toEqual({ ok: true, value: null })
  return { console: host.value.console, stop: host.value.stop, url: host.value.console.view().server?.url ?? '' }
}
const answers = (url: string) =>
  fetch(`${url}/api/elections/`).then(
    () => true,
    () => false,
  )

test('[R50] the rehearsal ends when the console goes to another server', async () => {
  const { console, url } = await rehearsing()
  expect(await answers(url)).toBe(true)
  const { seed } = generateElection(1)
  const hub = await startHub({ host: '127.0.0.1', port: 0, dataDir: null, mode: 'rehearsal', seed })
  if (!hub.ok) throw new Error(hub.error.sentence)
  stops.push(() => hub.value.stop())
  const mode = 'rehearsal' as const
  await console.connect({ name: 'Ours', url: hub.value.url, origin: null, authority: null, mode, plainAccepted: false })
  await vi.waitFor(async () => expect(await answers(url)).toBe(false), { timeout: 10_000 })
  expect(await answers(hub.value.url)).toBe(true)
})

test('[R50] the rehearsal ends with the console', async () => {
  const { stop, url } = await rehearsing()
  await stop()
  expect(await answers(url)).toBe(false)
})
