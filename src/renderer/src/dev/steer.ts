import { freeze, letGo } from '../store/freeze.ts'
import { type Preferences, usePreferences } from '../store/preferences.ts'
import { SCREENS } from '../store/route.ts'
import { type Control, controls, isOpen, type Place, placeOf } from './controls.ts'
import type { FakeCore } from './fake-core.ts'
import { leadless, leads } from './leadless.ts'
import { lookFaults } from './look-faults.ts'
import { silentRefusals } from './silent-refusals.ts'

/** What no key leads to: the page of one committee, and the views of a screen. */
const LED_TO = ['committee?code=m4', 'attendance?view=hours', 'attendance?view=reconcile']

/** What moved although nobody pressed anything. */
export type Shift = { readonly by: number; readonly what: readonly string[] }

/** What whoever looks at every screen does to the made-up page, instead of loading it anew. */
export type Steering = {
  /** The screens there are and their views, as the address bar knows them. */
  readonly screens: readonly string[]
  /** Changes language, theme, contrast or digits; done once it is drawn. */
  look(change: Partial<Preferences>): Promise<void>
  faults(): string[]
  /** Controls that are refused without a word. */
  silent(): string[]
  /** Figures that lead nowhere, and where the others lead. */
  leadless(): string[]
  leads(): string[]
  controls(): Control[]
  placeOf(index: number): Place | null
  isOpen(): boolean
  /** Lets the figures move this often, a few times in each second, and gives what else moved. */
  move(times: number, everyMs: number): Promise<Shift[]>
  freeze(on: boolean): void
}

declare global {
  interface Window {
    tallydeskSteering?: Steering
  }
}

const frames = async (count: number) => {
  for (let frame = 0; frame < count; frame++) await new Promise((drawn) => requestAnimationFrame(drawn))
}

/** Puts the steering on the window; only a page with a made-up core has it. */
export function offerSteering(core: Pick<FakeCore, 'tick'>): void {
  window.tallydeskSteering = {
    screens: [...SCREENS, ...LED_TO],
    async look(change) {
      usePreferences.getState().set(change)
      await frames(3)
    },
    faults: lookFaults,
    silent: silentRefusals,
    leadless,
    leads,
    controls,
    placeOf,
    isOpen,
    move: (times, everyMs) => watchShifts(core, times, everyMs),
    freeze: (on) => (on ? freeze() : letGo()),
  }
}

type LayoutShift = PerformanceEntry & {
  readonly value: number
  readonly hadRecentInput: boolean
  readonly sources?: readonly { readonly node: Node | null }[]
}

async function watchShifts(core: Pick<FakeCore, 'tick'>, times: number, everyMs: number): Promise<Shift[]> {
  const found: Shift[] = []
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries as LayoutShift[]) // what this observer observes
      if (!entry.hadRecentInput) found.push(...shiftOf(entry))
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'layout-shift' })
  for (let time = 0; time < times; time++) {
    core.tick()
    await new Promise((later) => setTimeout(later, everyMs))
  }
  await frames(2)
  note(observer.takeRecords())
  observer.disconnect()
  return found
}

function shiftOf({ value, sources = [] }: LayoutShift): Shift[] {
  const what = sources.filter(({ node }) => !growsAtItsTop(node)).map(({ node }) => wordsOf(node))
  return what.length > 0 ? [{ by: value, what }] : []
}

/** Lines of a list nobody looks at make room for new ones above them; that is its way. */
const growsAtItsTop = (node: Node | null): boolean =>
  (elementOf(node)?.closest('ol, ul, [role="row"], [role="rowgroup"]') ?? null) !== null

const elementOf = (node: Node | null): Element | null =>
  node instanceof Element ? node : (node?.parentElement ?? null)

function wordsOf(node: Node | null): string {
  const element = elementOf(node)
  if (!element) return 'something gone'
  return `${element.tagName.toLowerCase()}.${element.className.toString().split(' ')[0] ?? ''} “${(element.textContent ?? '').slice(0, 40)}”`
}
