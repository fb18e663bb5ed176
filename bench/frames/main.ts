import { type ChildProcess, spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from 'playwright-core'
import { folder, Program } from '../../test/e2e/program.ts'
import { launchBrowser } from '../../test/e2e/shells.ts'
import { keyTimes, noteKeys, watchFrames } from './in-page.ts'
import { end, type Measured, say, tell } from './report.ts'

/**
 * `npm run bench:frames -- [seconds] [events a second] [screens]`: the built console on a real hub with 420 committees, 100 000
 * electors and 30 000 guarantees, while a thousand things happen each second: how the page draws meanwhile, beside an empty
 * page drawn on the same machine under the same load. Gate: p95 of the time between frames 16.7 ms, none over 50 ms.
 */
const SECONDS = Number(process.argv[2] ?? 30)
const RATE = Number(process.argv[3] ?? 1_000)
const ONLY = process.argv[4]?.split(',') ?? ['empty', 'board', 'guarantees', 'attendance', 'replay']
/** A fast typist's pause between two keys, ms. */
const KEY_EVERY_MS = 90
/** Before anything is measured the page has drawn all of it and the browser compiled what is used often, ms. */
const WARM_MS = 4_000
/** The first read of the whole election may take this long, ms. */
const FIRST_READ_MS = 180_000
const VIEWPORT = { width: 1366, height: 768 }

type Hub = {
  readonly url: string
  readonly email: string
  readonly password: string
  pace(rate: number): Promise<object>
  stop(): void
}

async function startHub(): Promise<Hub> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'hub.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (!child.stdout || !child.stdin) throw new Error('no pipes')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse(String((await lines.next()).value)) as Record<string, string> // the hub's own line
  const { url = '', email = '', password = '' } = await next()
  return {
    ...{ url, email, password },
    async pace(rate) {
      child.stdin?.write(`${rate}\n`)
      return next()
    },
    stop: () => void child.stdin?.end(),
  }
}

async function signIn(page: Page, { email, password }: Hub): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.locator('header button[data-state="live"]').waitFor({ timeout: FIRST_READ_MS })
}

async function go(page: Page, screen: string): Promise<void> {
  await page.evaluate(`location.hash = '#/${screen}'`)
  await page.locator('main h1').waitFor({ state: 'attached' })
  await page.waitForTimeout(WARM_MS)
}

const program = await folder()
const hub = await startHub()
const console_ = new Program([
  'start',
  '--web',
  '--no-open',
  '--port',
  '0',
  '--data',
  program.path,
  '--server',
  hub.url,
])
const browser = await launchBrowser()
try {
  const link = await console_.until('the link', () => /^http\S+$/m.exec(console_.out)?.[0])
  const context = await browser.newContext({ viewport: VIEWPORT })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(link)
  await signIn(page, hub)
  say(
    `load ${loadavg()
      .map((each) => each.toFixed(1))
      .join(' ')}, ${SECONDS} s each at ${RATE} events/s`,
  )
  await hub.pace(RATE)
  const forMs = SECONDS * 1_000
  await measureAll(page, forMs)
  const done = await hub.pace(0)
  say(`hub: ${JSON.stringify(done)}`)
  end()
} finally {
  await browser.close()
  await console_.stop()
  hub.stop()
  await program.remove()
}

async function measureAll(page: Page, forMs: number): Promise<void> {
  const measured: Measured[] = []
  const add = (each: Measured) => {
    measured.push(each)
    tell(measured, each)
  }
  const wanted = (name: string) => ONLY.includes(name)
  if (wanted('empty')) {
    const blank = await page.context().newPage()
    await blank.goto('about:blank')
    add({ name: 'an empty page', drawn: await watchFrames(blank, Math.min(forMs, 15_000)), keys: [] })
    await blank.close()
    await page.bringToFront()
  }
  for (const screen of ['board', 'guarantees'].filter(wanted)) {
    await go(page, screen)
    add({ name: screen, drawn: await watchFrames(page, forMs), keys: [] })
  }
  if (wanted('attendance')) {
    await go(page, 'attendance')
    await page.locator('#mark-number').focus()
    await noteKeys(page)
    const drawn = await watchFrames(page, forMs, async (over) => {
      for (let digit = 0; !over(); digit++) {
        await page.keyboard.press(digit % 7 === 6 ? 'Control+a' : String(1 + (digit % 9)))
        await page.waitForTimeout(KEY_EVERY_MS)
      }
    })
    add({ name: 'attendance, typing', drawn, keys: await keyTimes(page) })
  }
  if (wanted('replay')) add(await scrub(page, forMs))
}

/** The thumb of the time machine's bar, dragged to and fro. */
async function scrub(page: Page, forMs: number): Promise<Measured> {
  await go(page, 'board')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').last().fill('look back')
  await page.keyboard.press('Enter')
  const thumb = page.getByRole('slider').first()
  await thumb.waitFor()
  await page.waitForTimeout(WARM_MS)
  const box = await thumb.boundingBox()
  const bar = await thumb.locator('xpath=..').boundingBox()
  if (!box || !bar) throw new Error('no bar to drag on')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  const drawn = await watchFrames(page, forMs, async (over) => {
    for (let step = 0; !over(); step++) {
      const share = 0.5 + 0.45 * Math.sin(step / 40)
      await page.mouse.move(bar.x + bar.width * share, bar.y + bar.height / 2)
      await page.waitForTimeout(8)
    }
  })
  await page.mouse.up()
  return { name: 'replay, scrubbing', drawn, keys: [] }
}
