import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { browserArguments, findBrowser, openBrowser, type Surroundings } from '../../../src/main/kiosk/open-browser.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})
const options = { url: 'http://127.0.0.1:4400/open?key=k', profileDir: '/data/browser', kiosk: false }

function here(platform: NodeJS.Platform, env: Record<string, string>, programs: string[]): Surroundings {
  return { platform, env, root: false, canRun: (path) => programs.includes(path) }
}

test('[S50] the browser is found where each system keeps it, the first of the list winning', () => {
  const linux = { PATH: '/usr/local/bin:/usr/bin', DISPLAY: ':0' }
  const found = (platform: NodeJS.Platform, env: Record<string, string>, programs: string[]) =>
    findBrowser(here(platform, env, programs))
  expect(found('linux', linux, ['/usr/bin/google-chrome', '/usr/bin/chromium'])).toEqual({
    ok: true,
    value: '/usr/bin/chromium',
  })
  expect(
    found('linux', { ...linux, DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' }, ['/usr/bin/microsoft-edge']),
  ).toMatchObject({ ok: true })
  const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  expect(found('darwin', { HOME: '/Users/a' }, [chrome])).toEqual({ ok: true, value: chrome })
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
  expect(found('win32', { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }, [edge])).toEqual({ ok: true, value: edge })
})

test('[S50] without a display, and without a browser, that is what is said', () => {
  expect(findBrowser(here('linux', { PATH: '/usr/bin' }, ['/usr/bin/chromium']))).toMatchObject({
    ok: false,
    error: { is: 'no-display' },
  })
  expect(findBrowser(here('linux', { PATH: '/usr/bin', DISPLAY: ':0' }, []))).toMatchObject({
    ok: false,
    error: { is: 'none-found' },
  })
  expect(findBrowser(here('win32', {}, []))).toMatchObject({ ok: false, error: { is: 'none-found' } })
})

test('[S50] it gets one window, a profile of its own, and gives up its sandbox only where it must', () => {
  const plain = browserArguments(options, false)
  expect(plain).toContain('--app=http://127.0.0.1:4400/open?key=k')
  expect(plain).toContain('--user-data-dir=/data/browser')
  expect(plain).not.toContain('--kiosk')
  expect(plain).not.toContain('--no-sandbox')
  expect(browserArguments({ ...options, kiosk: true }, true)).toEqual(
    expect.arrayContaining(['--kiosk', '--no-sandbox']),
  )
})

/** A browser that notes how it was called and runs until it is ended. */
function standIn(script: string): { surroundings: Surroundings; notes: string; profileDir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'browser-'))
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }))
  const notes = join(dir, 'notes')
  writeFileSync(
    join(dir, 'chromium'),
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${notes}.new; mv ${notes}.new ${notes}\n${script}\n`,
  )
  chmodSync(join(dir, 'chromium'), 0o755)
  const env = { PATH: `${dir}:${process.env['PATH']}`, DISPLAY: ':0' }
  return {
    surroundings: { platform: 'linux', env, root: true, canRun: existsSync },
    notes,
    profileDir: join(dir, 'profile'),
  }
}

test('[S50] it is started, its end is noticed, and stopping it ends it', async () => {
  const { surroundings, notes, profileDir } = standIn('exec sleep 600')
  const opened = await openBrowser({ ...options, profileDir, surroundings })
  if (!opened.ok) throw new Error(opened.error.detail)
  expect(opened.value.note).toContain('sandbox')
  await vi.waitFor(() => expect(readFileSync(notes, 'utf8')).toContain(`--user-data-dir=${profileDir}`))
  expect(existsSync(profileDir)).toBe(true)
  await opened.value.stop()
  await opened.value.exited
  await opened.value.stop()
})

test('[S50] one that ends by itself is noticed, and one that cannot be started is told', async () => {
  const { surroundings, profileDir } = standIn('exit 0')
  const opened = await openBrowser({ ...options, profileDir, surroundings })
  if (!opened.ok) throw new Error(opened.error.detail)
  await opened.value.exited
  const broken = await openBrowser({
    ...options,
    profileDir,
    surroundings: { ...surroundings, env: { PATH: '/nowhere', DISPLAY: ':0' }, canRun: () => true },
  })
  expect(broken).toMatchObject({ ok: false, error: { is: 'failed' } })
})
