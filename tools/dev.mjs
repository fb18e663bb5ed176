/**
 * `npm run dev`: the console in the browser shell, built again and reopened whenever a source is saved. Owns one running
 * console and, where there is a display, one browser window; both end with it. Its data is kept apart, in .cache/dev.
 * What follows `--` goes to `tallydesk start`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { bootstrap, ROOT } from './bootstrap/bootstrap.mjs'
import { failureLine, SET_UP_FAILED, SetUpFailure } from './bootstrap/failure.mjs'
import { fingerprint } from './bootstrap/fingerprint.mjs'
import { onPath } from './bootstrap/npm.mjs'
import { whenOrphaned } from './bootstrap/orphan.mjs'
import { BUILD_INPUTS } from './bootstrap/stages.mjs'

/**
 * How often the sources are looked at. By content, which takes a few milliseconds: a system's own notices are lost on some
 * network drives and, on Linux, for files an editor replaces instead of writing.
 */
const LOOK_EVERY_MS = 500

/** What the console prints when it can be opened. */
const ADDRESS = /https?:\/\/(?:127\.0\.0\.1|localhost):\d+\S*/

const BROWSERS = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'microsoft-edge']

/**
 * A window to show the console in, when this machine has a display and a browser.
 * @returns {Promise<{ show(address: string): Promise<void>, close(): Promise<void> } | undefined>}
 */
async function openWindow() {
  const program = BROWSERS.map((name) => onPath(name, process.env)).find((path) => path !== undefined)
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
  if (program === undefined || !hasDisplay) return undefined
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({
    executablePath: program,
    headless: false,
    chromiumSandbox: process.getuid?.() !== 0,
  })
  const page = await browser.newPage({ viewport: null })
  return {
    show: async (address) => {
      // A page that is not there yet, or was closed by the person, is no reason to stop building.
      await page.goto(address).catch(() => undefined)
    },
    close: () => browser.close(),
  }
}

/**
 * @param {{ node: string, env: NodeJS.ProcessEnv }} how
 * @param {(address: string) => void} onAddress
 */
function startConsole({ node, env }, onAddress) {
  const flags = ['start', '--web', '--no-open', '--data', join(ROOT, '.cache/dev'), ...process.argv.slice(2)]
  const child = spawn(node, ['--enable-source-maps', join(ROOT, 'out/main/cli.js'), ...flags], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const [stream, shown] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    stream.on('data', (piece) => {
      shown.write(piece)
      const address = ADDRESS.exec(String(piece))?.[0]
      if (address !== undefined) onAddress(address)
    })
  }
  const ended = once(child, 'exit')
  return {
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Builds, and says why when that fails: the console that runs goes on. */
async function buildAgain() {
  try {
    return await bootstrap()
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error
    console.error(failureLine(error))
    return undefined
  }
}

async function develop() {
  const first = await bootstrap()
  const window = await openWindow()
  const show = (/** @type {string} */ address) => void window?.show(address)
  let running = startConsole(first, show)
  let seen = fingerprint(ROOT, BUILD_INPUTS)
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stopped.abort())
  whenOrphaned(() => stopped.abort())
  while (await pause(LOOK_EVERY_MS, stopped.signal)) {
    const now = fingerprint(ROOT, BUILD_INPUTS)
    if (now === seen) continue
    seen = now
    const built = await buildAgain()
    if (built === undefined) continue
    await running.stop()
    running = startConsole(built, show)
  }
  await Promise.all([running.stop(), window?.close()])
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} false when it was cut short
 */
function pause(ms, signal) {
  return setTimeout(ms, true, { signal }).catch(() => false)
}

try {
  await develop()
} catch (error) {
  console.error(failureLine(error))
  process.exitCode = SET_UP_FAILED
}
