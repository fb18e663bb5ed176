import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { BUILT, realElectron, Shell, STAND_IN, spawnShell, waitFor, type Kind } from '../electron/shell.ts'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { folder, Program } from './program.ts'
import { recordCrossing } from './page-world.ts'

/** The whole console in one of its shells, with the windows a person would have. */
export type Desk = {
  readonly data: string
  /** What it said to a person. */
  said(): string
  /** A window, drawn. Everything that crosses to it and from it is recorded. */
  openWindow(): Promise<Page>
  running(): boolean
  /** Ends it as the system would; gives its exit code. Its data is gone too. */
  stop(): Promise<number | string | null>
}
export type ShellKind = { readonly name: string; start(words?: readonly string[]): Promise<Desk> }

/** Where Debian, and most others, keep it. */
const CHROMIUM = process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)
export const NO_CHROMIUM = CHROMIUM === undefined ? 'Chromium is not installed' : null

/** Every shell that can run here; those that cannot are named with the reason. */
export function shellKinds(): readonly ShellKind[] {
  const electron = realElectron()
  if ('absent' in electron) console.info(`skipped: these specs in Electron, because ${electron.absent}`)
  return [BROWSER_SHELL, electronShell(STAND_IN), ...('absent' in electron ? [] : [electronShell(electron)])]
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: ['--no-sandbox'] })

/** Whatever a person waits for in a window is there within this time, ms. */
const PATIENCE_MS = 10_000

async function drawn(page: Page): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS)
  await page.locator('#root *').first().waitFor()
}

export const BROWSER_SHELL: ShellKind = {
  name: 'the browser shell',
  async start(words = []) {
    const place = await folder()
    const browser = await launchBrowser()
    const context = await browser.newContext({ viewport: { width: 1360, height: 840 } })
    await context.addInitScript(recordCrossing)
    const program = new Program(['start', '--web', '--no-open', '--port', '0', '--data', place.path, ...words])
    const link = await program.until('the link', () => /^http\S+$/m.exec(program.out)?.[0])
    return {
      data: place.path,
      said: () => program.err,
      openWindow: () => openIn(context, link),
      running: () => program.running,
      async stop() {
        await browser.close()
        const code = await program.stop()
        await place.remove()
        return code
      },
    }
  },
}

async function openIn(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(context.pages().length > 1 ? new URL('/', link).href : link)
  await drawn(page)
  return page
}

function electronShell(kind: Kind): ShellKind {
  return {
    name: kind.name,
    async start(words = []) {
      const shell = await Shell.start(kind, { entry: BUILT.app, words })
      const isDrawn = async (page: Page) => (await page.locator('#root *').count()) > 0
      const known = new Set<Page>()
      return {
        data: shell.data,
        said: () => shell.output.join(''),
        running: () => shell.running,
        stop: () => shell.stop(),
        async openWindow() {
          if (known.size > 0) {
            const second = await spawnShell(kind, { entry: BUILT.app, data: shell.data, words: ['--new-window'] })
            await once(second, 'exit')
          }
          const page = await waitFor('a window', async () => {
            const newest = await shell.page(isDrawn)
            return known.has(newest) ? null : newest
          })
          known.add(page)
          await page.addInitScript(recordCrossing)
          // From its first message on.
          await page.reload()
          await drawn(page)
          return page
        },
      }
    },
  }
}
