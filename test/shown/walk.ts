import type { Page } from 'playwright-core'
import { common as arabic } from '../../src/renderer/src/i18n/ar/common.ts'
import { common as english } from '../../src/renderer/src/i18n/en/common.ts'
import { seeded } from '../../src/renderer/src/dev/seeded.ts'
import type { Control, Steered } from './steered.ts'

/** The rows of a list offer the same: of each kind of control so many are pressed. */
const OF_A_KIND = 1
/** Presses on one screen after which something presses itself for ever. */
const MOST_PRESSES = 150
/** A dialog that has to be opened again so often has a control that is never the same. */
const MOST_OPENINGS = 8

/** What closes has faded out by then, ms. */
const CLOSED_MS = 500

/** What a page says went wrong, as it happens. */
export function listenFor(page: Page, wrong: (what: string) => void): void {
  page.on('pageerror', (error) => wrong(`error on the page: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') wrong(`on the console: ${message.text()}`)
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // The page was left while it was being read.
    if (why !== 'net::ERR_ABORTED') wrong(`not to be had: ${request.url()} ${why}`)
  })
  page.on('response', (answer) => {
    if (answer.status() >= 400) wrong(`${answer.status()}: ${answer.url()}`)
  })
}

export type Walk = {
  readonly steered: Steered
  readonly scenario: string
  readonly screen: string
  readonly language: 'en' | 'ar'
  readonly seed: number
  /** How often which kind was pressed: what is around the screens is pressed on one of them. */
  readonly pressed: Map<string, number>
  readonly wrong: (what: string) => void
  /** Something lies over the page that did not before. */
  readonly opened?: (by: Control) => Promise<void>
}

/** Presses everything that can be pressed on one screen and in what opens, in an order the seed gives. Returns how much. */
export async function pressEverything(walk: Walk): Promise<number> {
  const { steered, screen } = walk
  const dice = seeded(walk.seed)
  const pressed = new Map([...walk.pressed].filter(([kind]) => !isOfScreen(kind)))
  const openings = new Map<string, number>()
  let opener: Control | null = null
  let presses = 0
  await begin(walk)
  while (presses < MOST_PRESSES) {
    const there = await steered.controls()
    const waiting = there
      .map((control, index) => ({ control, index }))
      .filter(({ control }) => (pressed.get(control.kind) ?? 0) < OF_A_KIND)
    const wasOpen = await steered.isOpen()
    if (waiting.length === 0) {
      if (!wasOpen) break
      opener = null
      await close(walk)
      continue
    }
    const next = waiting[Math.floor(dice() * waiting.length)] ?? waiting[0]
    if (!next) break
    pressed.set(next.control.kind, (pressed.get(next.control.kind) ?? 0) + 1)
    presses += 1
    await press(walk, next.control, next.index)
    const open = await steered.isOpen()
    if (open && !wasOpen) {
      opener = next.control
      await walk.opened?.(next.control)
    }
    // A dialog that closed before all of it was pressed is opened once more.
    const more = wasOpen && !open && waiting.length > 1 && opener
    if (more && (openings.get(more.kind) ?? 0) < MOST_OPENINGS) {
      openings.set(more.kind, (openings.get(more.kind) ?? 0) + 1)
      pressed.set(more.kind, 0)
    }
    if (!open) await comeBack(walk)
  }
  if (presses >= MOST_PRESSES) walk.wrong(`${screen}: more than ${MOST_PRESSES} presses`)
  for (const [kind, times] of pressed) walk.pressed.set(kind, times)
  return presses
}

const isOfScreen = (kind: string) => !/^page (NAV|HEADER|FOOTER)\b/.test(kind)

async function begin({ steered, scenario, screen, language }: Walk): Promise<void> {
  await steered.open(scenario, screen)
  await steered.look({ language })
  await steered.rest()
}

async function press(walk: Walk, control: Control, index: number): Promise<void> {
  const { steered, screen } = walk
  const coveredBy = isNote(control) ? await pressNote(walk, control, index) : await steered.press(index)
  // A note lies over the corner for a few seconds, and goes.
  if (coveredBy !== null && !coveredBy.includes('Notification'))
    walk.wrong(`${screen}: “${control.name}” cannot be pressed, it is covered by ${coveredBy}`)
  for (const words of [english.error.crashed, arabic.error.crashed]) {
    const broken = await steered.textFrom(words)
    if (broken === '') continue
    walk.wrong(`${screen}: “${control.name}” breaks the view: ${broken.slice(0, 200)}`)
    await begin(walk)
  }
}

const isNote = ({ kind }: Control) => kind.includes('Notification')

/** A note slides in and out over the edge of the window: what lies beyond it is looked for again once it rests. */
async function pressNote({ steered }: Walk, note: Control, index: number): Promise<string | null> {
  const coveredBy = await steered.press(index)
  if (coveredBy === null) return null
  await steered.page.waitForTimeout(CLOSED_MS)
  const now = (await steered.controls()).findIndex(({ kind, name }) => kind === note.kind && name === note.name)
  return now < 0 ? null : steered.press(now)
}

async function close(walk: Walk): Promise<void> {
  await walk.steered.page.keyboard.press('Escape')
  await walk.steered.rest()
  if (!(await walk.steered.isOpen())) return
  // A field within takes the first press for itself.
  await walk.steered.page.keyboard.press('Escape')
  await walk.steered.page.waitForTimeout(CLOSED_MS)
  if (!(await walk.steered.isOpen())) return
  walk.wrong(`${walk.screen}: what is open does not close by Escape`)
  await begin(walk)
}

/** To the same screen in the same language, with the frame around it. */
async function comeBack(walk: Walk): Promise<void> {
  const at = await walk.steered.where()
  if (at.screen === walk.screen && at.language === walk.language && at.query === '' && at.framed) return
  if (at.framed && at.language === walk.language) await walk.steered.go(walk.screen)
  else await begin(walk)
}
