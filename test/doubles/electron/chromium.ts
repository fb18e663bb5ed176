import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, type CDPSession, chromium } from 'playwright-core'

/** Owns the one Chromium behind the stand-in: one profile, shared by all windows as Electron's default session is. */

export type Chromium = {
  readonly context: BrowserContext
  /** Speaks for the whole browser. */
  readonly cdp: CDPSession
}

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // `window.open` then answers null, as it does for a refused window in Electron.
  '--block-new-web-contents',
]

export type ChromiumOptions = {
  readonly profile: string
  /** Given as `--remote-debugging-port`: another process may then drive the pages. */
  readonly debugPort: string | null
  readonly headed: boolean
}

export async function startChromium({ profile, debugPort, headed }: ChromiumOptions): Promise<Chromium> {
  await rm(join(profile, 'DevToolsActivePort'), { force: true })
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: !headed,
    viewport: null,
    args: [...SWITCHES, ...(debugPort === null ? [] : [`--remote-debugging-port=${debugPort}`])],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  if (debugPort !== null) await sayWhere(profile)
  const browser = context.browser()
  if (browser === null) throw new Error('Chromium gave no handle on itself')
  return { context, cdp: await browser.newBrowserCDPSession() }
}

/** The line Electron, too, prints when it may be driven from outside. */
async function sayWhere(profile: string) {
  const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).trim().split('\n')
  process.stderr.write(`\nDevTools listening on ws://127.0.0.1:${port}${path}\n`)
}
