import { loadavg } from 'node:os'
import type { Page } from 'playwright-core'
import { folder, isBuilt, NOT_BUILT, Program } from '../../test/e2e/program.ts'
import { launchBrowser } from '../../test/e2e/shells.ts'
import { type HubProcess, startHubProcess } from './hub-process.ts'
import { end, type Measured, say, tell } from './report.ts'
import { SCENES } from './scenes.ts'

/**
 * `npm run bench:frames -- [seconds] [events a second] [screens]`: the built console on a real hub with 420 committees, 100 000
 * electors and 30 000 guarantees, while a thousand things happen each second: how the page draws meanwhile, beside an empty
 * page drawn on the same machine under the same load. Gate: p95 of the time between frames 16.7 ms, none over 50 ms. A scene
 * that fails is named and the next one is drawn; whatever was started is closed, also when it is cut short.
 */
const SECONDS = Number(process.argv[2] ?? 30)
const RATE = Number(process.argv[3] ?? 1_000)
const ONLY = process.argv[4]?.split(',') ?? Object.keys(SCENES)
/** The first read of the whole election may take this long, ms. */
const FIRST_READ_MS = 180_000
const VIEWPORT = { width: 1366, height: 768 }

/** What was started, to be closed the last first. */
const started: (() => Promise<unknown>)[] = []
async function closeAll(): Promise<void> {
  for (const close of started.splice(0).reverse())
    await close().catch((cause: unknown) => say(`could not be closed: ${String(cause)}`))
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void closeAll().then(() => process.exit(1)))

async function signIn(page: Page, { email, password }: HubProcess): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.locator('header button[data-state="live"]').waitFor({ timeout: FIRST_READ_MS })
}

async function openPage(hub: HubProcess): Promise<Page> {
  const data = await folder()
  started.push(() => data.remove())
  const words = ['--web', '--no-open', '--port', '0', '--data', data.path, '--server', hub.url]
  const desk = new Program(['start', ...words])
  started.push(() => desk.stop())
  const browser = await launchBrowser()
  started.push(() => browser.close())
  const link = await desk.until('the link', () => /^http\S+$/m.exec(desk.out)?.[0])
  const page = await (await browser.newContext({ viewport: VIEWPORT })).newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(link)
  await signIn(page, hub)
  return page
}

/** Gives the names of the scenes that failed. */
async function measure(hub: HubProcess, page: Page): Promise<readonly string[]> {
  const measured: Measured[] = []
  const failed: string[] = []
  for (const name of ONLY) {
    const draw = SCENES[name]
    try {
      if (!draw) throw new Error(`there is no such scene; there are ${Object.keys(SCENES).join(', ')}`)
      const each = await Promise.race([draw(page, SECONDS * 1_000), hub.broke])
      measured.push(each)
      tell(measured, each)
    } catch (cause) {
      failed.push(name)
      say(`${name} FAILED: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  return failed
}

async function bench(): Promise<void> {
  if (!isBuilt) throw new Error(NOT_BUILT)
  const hub = await startHubProcess()
  started.push(() => hub.stop())
  const page = await openPage(hub)
  const load = loadavg().map((each) => each.toFixed(1))
  say(`load ${load.join(' ')}, ${SECONDS} s each at ${RATE} events/s`)
  await hub.pace(RATE)
  const failed = await measure(hub, page)
  say(`hub: ${JSON.stringify(await hub.pace(0))}`)
  end()
  if (failed.length > 0) throw new Error(`scenes that failed: ${failed.join(', ')}`)
}

try {
  await bench()
} catch (cause) {
  say(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 1
} finally {
  await closeAll()
}
