import type { Page } from 'playwright-core'
import { keyTimes, noteKeys, watchFrames } from './in-page.ts'
import type { Measured } from './report.ts'

/** What is looked at, one after the other: each brings the page to a screen and watches it draw for so long, ms. */
export const SCENES: Readonly<Record<string, (page: Page, forMs: number) => Promise<Measured>>> = {
  empty: drawEmpty,
  board: (page, forMs) => drawScreen(page, 'board', forMs),
  guarantees: (page, forMs) => drawScreen(page, 'guarantees', forMs),
  attendance: type,
  replay: scrub,
}

/** A fast typist's pause between two keys, ms. */
const KEY_EVERY_MS = 90
/** Before anything is measured the page has drawn all of it and the browser compiled what is used often, ms. */
const WARM_MS = 4_000
/** The empty page is watched at most so long, ms: nothing changes there. */
const EMPTY_MS = 15_000
/** A hand moves the mouse so often, ms. */
const MOVE_EVERY_MS = 8

async function drawEmpty(page: Page, forMs: number): Promise<Measured> {
  const blank = await page.context().newPage()
  try {
    await blank.goto('about:blank')
    return { name: 'an empty page', ...(await watchFrames(blank, Math.min(forMs, EMPTY_MS))), keys: [] }
  } finally {
    await blank.close()
    await page.bringToFront()
  }
}

async function go(page: Page, screen: string): Promise<void> {
  await page.evaluate(`location.hash = '#/${screen}'`)
  await page.locator('main h1').waitFor({ state: 'attached' })
  await page.waitForTimeout(WARM_MS)
}

async function drawScreen(page: Page, screen: string, forMs: number): Promise<Measured> {
  await go(page, screen)
  return { name: screen, ...(await watchFrames(page, forMs)), keys: [] }
}

async function type(page: Page, forMs: number): Promise<Measured> {
  await go(page, 'attendance')
  await page.locator('#mark-number').focus()
  await noteKeys(page)
  const seen = await watchFrames(page, forMs, async (over) => {
    for (let digit = 0; !over(); digit++) {
      await page.keyboard.press(digit % 7 === 6 ? 'Control+a' : String(1 + (digit % 9)))
      await page.waitForTimeout(KEY_EVERY_MS)
    }
  })
  return { name: 'attendance, typing', ...seen, keys: await keyTimes(page) }
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
  const seen = await watchFrames(page, forMs, async (over) => {
    for (let step = 0; !over(); step++) {
      const share = 0.5 + 0.45 * Math.sin(step / 40)
      await page.mouse.move(bar.x + bar.width * share, bar.y + bar.height / 2)
      await page.waitForTimeout(MOVE_EVERY_MS)
    }
  })
  await page.mouse.up()
  return { name: 'replay, scrubbing', ...seen, keys: [] }
}
