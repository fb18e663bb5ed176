import { readFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core'

/** Owns the one Chromium behind the stand-in: one profile, shared by all windows as Electron's default session is. */

export type Chromium = {
  readonly context: BrowserContext
  /** Makes a page for a window. A page that came about in any other way is closed. */
  newPage(): Promise<Page>
  /** Speaks for the whole browser. */
  readonly cdp: CDPSession
  /** What pages give as their browser's name: Electron's form of it. */
  readonly userAgent: string
}

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type ChromiumOptions = {
  readonly profile: string
  /** Given as `--remote-debugging-port`: another process may then drive the pages. */
  readonly debugPort: string | null
  readonly headed: boolean
  /** As `Name/1.2.3`. */
  readonly appName: string
}

export async function startChromium({ profile, debugPort, headed, appName }: ChromiumOptions): Promise<Chromium> {
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
  const cdp = await browser.newBrowserCDPSession()
  const { userAgent } = await cdp.send('Browser.getVersion')
  return { context, cdp, newPage: pageMaker(context), userAgent: electronUserAgent(userAgent, appName) }
}

function pageMaker(context: BrowserContext): () => Promise<Page> {
  const ours = new Set<Page>()
  const making = new Set<Promise<Page>>()
  context.on('page', async (page) => {
    await Promise.allSettled([...making])
    if (!ours.has(page)) await page.close()
  })
  return async () => {
    const made = context.newPage()
    making.add(made)
    const page = await made
    ours.add(page)
    making.delete(made)
    return page
  }
}

function electronUserAgent(chromiums: string, appName: string): string {
  const { version } = JSON.parse(readFileSync(new URL(import.meta.resolve('electron/package.json')), 'utf8')) as {
    version: string
  } // npm's own file
  return chromiums
    .replace(/(Headless)?Chrome\//, `${appName} Chrome/`)
    .replace(' Safari/', ` Electron/${version} Safari/`)
}

/** The line Electron, too, prints when it may be driven from outside. */
async function sayWhere(profile: string) {
  const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).trim().split('\n')
  process.stderr.write(`\nDevTools listening on ws://127.0.0.1:${port}${path}\n`)
}
