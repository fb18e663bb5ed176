import { describe, expect, test } from 'vitest'
import { usePages } from '../shown/a-page.ts'
import { BUSY } from '../shown/scenes.ts'
import type { Steered } from '../shown/steered.ts'
import { NO_CHROMIUM } from './shells.ts'

/** Every figure of every screen: to its records, and from those to the journal. A figure that leads nowhere is refused. */

if (NO_CHROMIUM) console.info(`skipped: where figures lead, because ${NO_CHROMIUM}`)
/** A day of voting, one of counting, and published results. */
const DAYS = [BUSY, 'still,13,yours,hand-over', 'still,13,counting,published'] as const
/** Views of a screen that no key leads to. */
const VIEWS = [
  'guarantees?view=sums',
  'radar?list=calls',
  'attendance?view=reconcile&committee=f1',
  'count?committee=m1',
  ...['parties', 'committees', 'lead', 'counts'].map((view) => `results?view=${view}`),
]
/** Some dozen pages on a busy machine. */
const WHOLE_MS = 300_000
/** From a figure over a narrower one to the records. */
const MOST_STEPS = 3

/** What of an address decides where one comes: of a filter it is enough that there is one. */
function kindOf(address: string): string {
  const [screen = '', query = ''] = address.replace(/^#\//, '').split('?')
  const parts = [...new URLSearchParams(query)].map(([name, value]) =>
    ['view', 'list', 'open', 'only'].includes(name) ? `${name}=${value}` : name,
  )
  return `${screen}?${parts.sort().join('&')}`
}

type Place = { readonly journal: boolean; readonly on: readonly string[] }

/** Goes there: whether rows of the journal are one press away, or shown already; and where its own figures lead on. */
async function lookAt(steered: Steered, address: string): Promise<Place> {
  await steered.go(address.replace(/^#\//, ''))
  await steered.page.locator('#root h1').first().waitFor({ state: 'attached' })
  const rows = steered.page.locator('a[href*="record="], [role="dialog"] ol > li')
  const journal = await rows
    .first()
    .waitFor({ state: 'attached', timeout: 3_000 })
    .then(
      () => true,
      () => false,
    ) // none in time
  return { journal, on: journal ? [] : await steered.leads() }
}

describe.skipIf(NO_CHROMIUM !== null)('figures', () => {
  const begin = usePages()

  test(
    '[V452] every figure of every screen leads to its records, and they to the journal',
    async () => {
      const { context, steered } = await begin()
      const nowhere: string[] = []
      for (const day of DAYS) {
        await steered.open(day)
        const first = new Map<string, string>()
        for (const screen of [...(await steered.screens()), ...VIEWS]) {
          await steered.go(screen)
          await steered.rest()
          for (const figure of await steered.leadless()) nowhere.push(`${screen}: ${figure}`)
          for (const address of await steered.leads())
            if (!first.has(kindOf(address))) first.set(kindOf(address), address)
        }
        expect(first.size).toBeGreaterThan(10)
        const places = new Map<string, Place>()
        let toSee = [...first]
        for (let step = 0; step < MOST_STEPS && toSee.length > 0; step++) {
          const next = new Map<string, string>()
          for (const [kind, address] of toSee) {
            const place = await lookAt(steered, address)
            places.set(kind, place)
            for (const on of place.on) if (!places.has(kindOf(on))) next.set(kindOf(on), on)
          }
          toSee = [...next].filter(([kind]) => !places.has(kind))
        }
        const reaches = (kind: string, left: number): boolean => {
          const place = places.get(kind)
          if (place === undefined) return false
          return place.journal || (left > 0 && place.on.some((on) => reaches(kindOf(on), left - 1)))
        }
        for (const [kind, address] of first)
          if (!reaches(kind, MOST_STEPS)) nowhere.push(`${address} reaches no journal`)
      }
      await context.close()
      expect([...new Set(nowhere)]).toEqual([])
    },
    WHOLE_MS,
  )
})
