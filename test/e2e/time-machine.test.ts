import { readdirSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { violations } from './axe.ts'
import { Hands } from './hands.ts'
import { fromPalette } from './keys.ts'
import { card, shows } from './page-world.ts'
import { runForJson } from './program.ts'
import { ADMIN } from './small-election.ts'
import { describeInShells, Workplace } from './workplace.ts'

/** Looking back with the keyboard alone, while the day goes on. */

describeInShells('the time machine', (kind) => {
  const at = new Workplace({ kind, as: ADMIN })
  beforeAll(async () => {
    await at.hub.mark(1059)
    await shows(at.page, 1)
  })

  const bar = () => at.page.getByRole('region', { name: 'Recorded day' })

  test('[T30] looks back from the palette, moves by keys, and l is live again; the day went on meanwhile', async () => {
    await fromPalette(at.page, 'Look back')
    await bar().waitFor()
    const slider = at.page.getByRole('slider', { name: 'Time of the recorded day' })
    await waitFor('the slider', async () => ((await slider.evaluate((one) => one.matches(':focus'))) ? true : null))
    await shows(at.page, 1)
    await at.hub.mark(1002)
    await at.page.keyboard.press('Home')
    await waitFor('the beginning', async () => {
      const [now, least] = await Promise.all([
        slider.getAttribute('aria-valuenow'),
        slider.getAttribute('aria-valuemin'),
      ])
      return now === least ? true : null
    })
    await at.page.keyboard.press('End')
    await shows(at.page, 1)
    await at.page.keyboard.press('l')
    await bar().waitFor({ state: 'detached' })
    await shows(at.page, 2)
  })

  test('[T31] on every screen of a replay the bar is there, nothing can be done, and axe finds nothing', async () => {
    await fromPalette(at.page, 'Look back')
    await bar().waitFor()
    for (const letter of ['b', 'g', 'a', 'c', 'r', 'l']) {
      await at.page.keyboard.press('g')
      await at.page.keyboard.press(letter)
      await bar().waitFor()
    }
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('a')
    await at.page.getByText('nothing in it can be changed').first().waitFor()
    expect(await violations(at.page, 'replay')).toEqual([])
    await at.page.keyboard.press('l')
    await bar().waitFor({ state: 'detached' })
  })

  test('[T35] f holds the figures, counts what comes and lets it all in at once', async () => {
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('b')
    await shows(at.page, 2)
    await at.page.keyboard.press('f')
    const held = at.page.getByRole('region', { name: 'The screen is held still' })
    await held.waitFor()
    await at.hub.mark(1005)
    await held.getByText(/[1-9] events? held/).waitFor()
    await shows(at.page, 2)
    await at.page.keyboard.press('f')
    await held.waitFor({ state: 'detached' })
    await shows(at.page, 3)
  })

  test('[T39][T40] a file of another desk is opened by keys, shown, and gone from this desk when one is back', async () => {
    const hands = new Hands(() => at.page)
    const { kept } = await runForJson<{ kept: string[] }>(['journal', 'backup', '--data', at.desk.data])
    await at.hub.mark(1007)
    // Listened for before anything is pressed: the browser has to be told not to show the dialog itself.
    const choosing = at.page.waitForEvent('filechooser', { timeout: 60_000 })
    await fromPalette(at.page, 'Recorded days')
    await hands.to(/button "Open a file of another desk…"/)
    await hands.press('Enter')
    await (await choosing).setFiles(kept[0] ?? '')
    await bar().waitFor()
    await hands.go('b')
    const brought = () => readdirSync(at.desk.data).filter((name) => name.startsWith('brought-')).length
    expect(brought()).toBe(1)
    await hands.press('l')
    await bar().waitFor({ state: 'detached' })
    expect(brought()).toBe(0)
  })

  test('[T38] pressed on the Link page’s ribbon, the console shows itself as it was then', async () => {
    const hands = new Hands(() => at.page)
    await hands.go('l')
    await hands.to(/button "Live from /)
    await hands.press('ArrowLeft')
    await hands.to(/button "Live from /, 'ArrowRight')
    await hands.press('Enter')
    await bar().waitFor()
    await hands.go('b')
    // Nobody had come when the link became live.
    await shows(at.page, 0)
    await hands.press('l')
    await bar().waitFor({ state: 'detached' })
    await waitFor('the marks again', async () => (((await card(at.page, 'Turnout'))?.value ?? 0) > 0 ? true : null))
  })
})
