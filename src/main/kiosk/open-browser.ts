import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { err, ok, type Result } from '../../shared/result.ts'

/** A browser that does not end when asked is ended after this long. */
const PATIENCE_MS = 3_000

export type BrowserOptions = {
  readonly url: string
  /** The browser's own profile, away from the operator's: DIR/browser. */
  readonly profileDir: string
  /** Full screen, without a way out for passers-by. */
  readonly kiosk: boolean
  /** Where to look; the running system by default. */
  readonly surroundings?: Surroundings
}
export type Surroundings = {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** On Linux a browser as root has to give up its sandbox. */
  readonly root: boolean
  readonly canRun: (path: string) => boolean
}
export type NoBrowser = { readonly is: 'no-display' | 'none-found' | 'failed'; readonly detail: string }
export type OpenBrowser = {
  /** The program that was started, and its process. */
  readonly program: string
  readonly pid: number
  /** Something the operator should know, or null. */
  readonly note: string | null
  /** Ends when the window's browser does. */
  readonly exited: Promise<void>
  stop(): Promise<void>
}

/**
 * Opens the console in the system's own browser, as a window without tabs or address bar. It owns the browser process
 * it started, with a profile of its own, and never touches another.
 */
export async function openBrowser(options: BrowserOptions): Promise<Result<OpenBrowser, NoBrowser>> {
  const here = options.surroundings ?? surroundings()
  const found = findBrowser(here)
  if (!found.ok) return found
  const program = found.value
  mkdirSync(options.profileDir, { recursive: true, mode: 0o700 })
  const unsandboxed = here.platform === 'linux' && here.root
  const child = spawn(program, browserArguments(options, unsandboxed), { stdio: 'ignore', env: here.env })
  const started = await new Promise<Error | null>((resolve) => {
    child.once('spawn', () => resolve(null))
    child.once('error', resolve)
  })
  if (started) return err({ is: 'failed', detail: `${program}: ${started.message}` })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
    await exited
    clearTimeout(timer)
  }
  const note = unsandboxed ? 'running as root, so the browser has to run without its own sandbox' : null
  return ok({ program, pid: child.pid ?? -1, note, exited, stop })
}

/** How often a browser that is not this process's child is looked at, ms. */
const LOOK_EVERY_MS = 500

/** Takes up the browser that a life of this program before this one opened; null when it is gone. */
export function adoptBrowser(pid: number): Pick<OpenBrowser, 'exited' | 'stop'> | null {
  if (!isThere(pid)) return null
  let gone = () => {}
  const exited = new Promise<void>((resolve) => (gone = resolve))
  const looking = setInterval(() => {
    if (isThere(pid)) return
    clearInterval(looking)
    gone()
  }, LOOK_EVERY_MS)
  const stop = async () => {
    if (!isThere(pid)) return
    process.kill(pid, 'SIGTERM')
    const timer = setTimeout(() => isThere(pid) && process.kill(pid, 'SIGKILL'), PATIENCE_MS)
    await exited
    clearTimeout(timer)
  }
  return { exited, stop }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The first browser this machine has that can show an app window. */
export function findBrowser(here: Surroundings): Result<string, NoBrowser> {
  if (here.platform === 'linux' && !here.env['DISPLAY'] && !here.env['WAYLAND_DISPLAY']) {
    return err({ is: 'no-display', detail: 'no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)' })
  }
  for (const path of candidates(here)) if (here.canRun(path)) return ok(path)
  return err({ is: 'none-found', detail: 'no Chromium, Chrome or Edge on this machine' })
}

/** What the browser is told: one window on our page, its own profile, and no talk with anybody else. */
export function browserArguments(options: BrowserOptions, unsandboxed: boolean): string[] {
  return [
    `--app=${options.url}`,
    `--user-data-dir=${options.profileDir}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-translate',
    '--disable-features=Translate,MediaRouter',
    '--disable-session-crashed-bubble',
    '--password-store=basic',
    ...(options.kiosk ? ['--kiosk', '--disable-pinch', '--overscroll-history-navigation=0'] : []),
    ...(unsandboxed ? ['--no-sandbox'] : []),
  ]
}

function surroundings(): Surroundings {
  return { platform: process.platform, env: process.env, root: process.getuid?.() === 0, canRun }
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
]
const MAC_PROGRAMS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

function candidates({ platform, env }: Surroundings): string[] {
  switch (platform) {
    case 'darwin':
      return ['/Applications', join(env['HOME'] ?? '', 'Applications')].flatMap((folder) =>
        MAC_PROGRAMS.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
      )
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
        .flatMap((name) => env[name] ?? [])
        .flatMap((folder) => WINDOWS_PROGRAMS.map((program) => `${folder}\\${program}`))
    default: {
      const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
      return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
    }
  }
}
