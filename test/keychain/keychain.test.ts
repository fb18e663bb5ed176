import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { loadKeychain } from '../../src/main/node/keychain.ts'
import { openPorts } from '../../src/main/node/ports.ts'
import { createVault } from '../../src/main/node/vault.ts'

const keychain = await loadKeychain()
const missing =
  keychain === null
    ? 'keytar is not installed here (it needs libsecret-1-dev when the libraries are installed)'
    : process.env['DBUS_SESSION_BUS_ADDRESS'] === undefined
      ? 'there is no D-Bus session here'
      : null
if (missing) console.warn(`keychain tests skipped: ${missing}`)

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})
let desks = 0
const newDesk = () => `test-${process.pid}-${++desks}`
const vaultOf = (desk: string) => createVault({ desk })
const SERVICE = 'tallydesk'

describe.skipIf(missing !== null)(`in a real keychain session${missing ? ` (skipped: ${missing})` : ''}`, () => {
  test('[S30] a secret survives the vault that wrote it, and is gone from the keychain once erased', async () => {
    const desk = newDesk()
    const first = vaultOf(desk)
    expect(await first.probe()).toBe('keychain')
    const secret = `سر ${'x'.repeat(4_000)} 😀`
    expect(await first.write('refresh', secret)).toMatchObject({ ok: true })
    expect(await vaultOf(desk).read('refresh')).toEqual({ ok: true, value: secret })
    expect(await keychain?.getPassword(SERVICE, `refresh@${desk}`)).toBe(secret)
    expect(await vaultOf(desk).erase('refresh')).toMatchObject({ ok: true })
    expect(await keychain?.getPassword(SERVICE, `refresh@${desk}`)).toBeNull()
    expect(await vaultOf(desk).read('refresh')).toEqual({ ok: true, value: null })
  })

  test('[S30] a secret written by one process is read by another', async () => {
    const desk = newDesk()
    const script = `import { createVault } from ${JSON.stringify(join(import.meta.dirname, '../../src/main/node/vault.ts'))}
      await createVault({ desk: ${JSON.stringify(desk)} }).write('refresh', 'from-another-process')`
    execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const vault = vaultOf(desk)
    cleanup.push(() => vault.erase('refresh'))
    expect(await vault.read('refresh')).toEqual({ ok: true, value: 'from-another-process' })
  })

  test('[S30] the probe leaves nothing behind', async () => {
    const desk = newDesk()
    await vaultOf(desk).probe()
    expect(await keychain?.getPassword(SERVICE, `probe@${desk}`)).toBeNull()
  })

  test('[S31] two data directories on one account keep their secrets apart, and write none of them to disk', async () => {
    const dirs = ['one', 'two'].map(() => mkdtempSync(join(tmpdir(), 'desk-')))
    cleanup.push(() => dirs.forEach((dir) => rmSync(dir, { recursive: true })))
    const open = dirs.map((dir) => {
      const opened = openPorts({ dir })
      if (!opened.ok) throw new Error(opened.error.detail)
      cleanup.push(opened.value.close)
      return opened.value.ports
    })
    for (const [index, ports] of open.entries()) await ports.vault.write('refresh', `needle-secret-${index}`)
    for (const [index, ports] of open.entries()) {
      expect(await ports.vault.read('refresh')).toEqual({ ok: true, value: `needle-secret-${index}` })
      await ports.vault.erase('refresh')
    }
    for (const dir of dirs) {
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue
        expect(readFileSync(join(entry.parentPath, entry.name), 'latin1'), entry.name).not.toContain('needle-secret')
      }
    }
  })

  test('[S34] forty calls at once are answered, one after another', async () => {
    const vault = vaultOf(newDesk())
    await Promise.all(Array.from({ length: 20 }, (_, n) => vault.write(`k${n}`, `v${n}`)))
    const read = await Promise.all(Array.from({ length: 20 }, (_, n) => vault.read(`k${n}`)))
    expect(read).toEqual(Array.from({ length: 20 }, (_, n) => ({ ok: true, value: `v${n}` })))
    await Promise.all(Array.from({ length: 20 }, (_, n) => vault.erase(`k${n}`)))
    expect(vault.state()).toBe('keychain')
  })

  test('[S32] without a session bus the vault is unavailable, says so, and keeps secrets for the session', async () => {
    const said = await inAnotherWorld({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' } })
    expect(said).toEqual({ probe: 'unavailable', written: true, state: 'memory', read: 'kept', before: 'unavailable' })
  })

  test('[S33] without any keyring yet the vault is unavailable, and nothing is called absent', async () => {
    const said = await inAnotherWorld({ session: START })
    expect(said).toEqual({ probe: 'unavailable', before: 'unavailable', written: true, state: 'memory', read: 'kept' })
  })

  test('[S33] a secret in a keyring that is locked is told as locked, never as absent, and is there again once it opens', async () => {
    const home = temporaryHome()
    expect(await inAnotherWorld({ session: UNLOCK, home })).toMatchObject({ probe: 'keychain', state: 'keychain' })
    const locked = await inAnotherWorld({ session: START, home })
    expect(locked).toEqual({ probe: 'locked', before: 'locked', written: true, state: 'memory', read: 'kept' })
    const again = await inAnotherWorld({ session: UNLOCK, home })
    expect(again).toMatchObject({ probe: 'keychain', before: 'kept' })
  })
})

/** A keyring service that was not told the password, and one that was. */
const START = 'gnome-keyring-daemon --start --components=secrets'
const UNLOCK = 'printf test | gnome-keyring-daemon --unlock --components=secrets'

function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'home-'))
  cleanup.push(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
  mkdirSync(join(home, 'data', 'keyrings'), { recursive: true, mode: 0o700 })
  return home
}

type World = { readonly session?: string; readonly home?: string; readonly env?: Record<string, string> }

/** Asks a vault in a process of its own, with a home and, if told, a session bus and keyring service of its own. */
async function inAnotherWorld({ session, home = temporaryHome(), env = {} }: World): Promise<Record<string, unknown>> {
  const script = `
    import { createVault } from ${JSON.stringify(join(import.meta.dirname, '../../src/main/node/vault.ts'))}
    const vault = createVault({ desk: 'elsewhere' })
    const probe = await vault.probe()
    const before = await vault.read('refresh')
    const written = await vault.write('refresh', 'kept')
    const read = await vault.read('refresh')
    console.log(JSON.stringify({ probe, before: before.ok ? before.value : before.error.is, written: written.ok, state: vault.state(), read: read.ok && read.value }))
    process.exit(0)`
  const node = [process.execPath, '--input-type=module-typescript', '-e', script]
  const words = session
    ? ['dbus-run-session', '--', 'bash', '-c', `eval "$(${session} 2>/dev/null)"; "$0" "$@"`, ...node]
    : node
  const child = spawn(words[0] ?? '', words.slice(1), {
    env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, 'data'), DISPLAY: '', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  for await (const part of child.stdout) text += String(part)
  return JSON.parse(text) as Record<string, unknown>
}
