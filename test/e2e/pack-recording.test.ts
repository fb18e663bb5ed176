import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { Hands } from './hands.ts'
import { fromPalette } from './keys.ts'
import { card, shows } from './page-world.ts'
import { folder, run } from './program.ts'
import { BROWSER_SHELL, type Desk } from './shells.ts'
import { ADMIN } from './small-election.ts'
import { describeBuilt, Workplace } from './workplace.ts'

/** A pack made at one desk while it runs, looked at as a recorded day at another, by the keyboard alone. */

describeBuilt('an evidence pack at another desk', () => {
  const made = new Workplace({ as: ADMIN })
  const other = new Workplace({ as: ADMIN })
  const hands = new Hands(() => other.page)
  let place: Awaited<ReturnType<typeof folder>>
  const packed = () => join(place.path, 'a day.zip')
  beforeAll(async () => {
    place = await folder()
    await made.hub.mark(1059)
    await shows(made.page, 1)
    await made.hub.mark(1002)
    await shows(made.page, 2)
    const words = ['journal', 'export', '--data', made.desk.data, '--out', packed(), '--with-journal']
    const { code, out, err } = await run(words)
    expect(code, out + err).toBe(0)
  })
  afterAll(() => place?.remove())

  const bar = () => other.page.getByRole('region', { name: 'Recorded day' })
  const brought = () => readdirSync(other.desk.data).filter((name) => name.startsWith('brought-')).length
  async function bring(file: string): Promise<void> {
    // Listened for before anything is pressed: the browser has to be told not to show the dialog itself.
    const choosing = other.page.waitForEvent('filechooser', { timeout: 60_000 })
    await fromPalette(other.page, 'Recorded days')
    await hands.to(/button "Open a file of another desk…"/)
    await hands.press('Enter')
    await (await choosing).setFiles(file)
  }

  test('[E130] a pack made while a console runs is opened in another: its board at any time of the day, then the live one again', async () => {
    await other.hub.mark(1005)
    await shows(other.page, 1)
    await bring(packed())
    await bar().waitFor()
    await hands.go('b')
    await shows(other.page, 2)
    const slider = other.page.getByRole('slider', { name: 'Time of the recorded day' })
    await hands.to(/slider "Time of the recorded day"/)
    await hands.press('Home')
    await waitFor('the beginning', async () => {
      const [now, least] = [await slider.getAttribute('aria-valuenow'), await slider.getAttribute('aria-valuemin')]
      return now === least ? true : null
    })
    // Nobody had come when the other desk began to write; it did not know yet who may.
    await waitFor('nobody there yet', async () =>
      ((await card(other.page, 'Turnout'))?.value ?? 0) === 0 ? true : null,
    )
    await hands.press('End')
    await shows(other.page, 2)
    expect(brought()).toBe(1)
    await hands.press('l')
    await bar().waitFor({ state: 'detached' })
    await shows(other.page, 1)
    expect(brought()).toBe(0)
  })

  test('[E131] a pack made without its journal is told as that, with what to bring instead, and the screen stays live', async () => {
    const bare = join(place.path, 'bare.zip')
    expect((await run(['journal', 'export', '--data', made.desk.data, '--out', bare])).code).toBe(0)
    await bring(bare)
    await other.page.getByText('This evidence pack was made without its journal').first().waitFor()
    expect(brought()).toBe(0)
    await hands.press('Escape')
    await other.page.getByRole('dialog').waitFor({ state: 'detached' })
    await shows(other.page, 1)
  })

  test('[E132] a console started on the pack shows it without a sign-in, and leaves nothing of it behind', async () => {
    let desk: Desk | null = null
    let left: readonly string[] = ['never opened']
    try {
      desk = await BROWSER_SHELL.start(['--replay', packed()])
      const page = await desk.openWindow()
      await page.getByRole('region', { name: 'Recorded day' }).waitFor()
      await shows(page, 2)
      const { data } = desk
      const here = () => readdirSync(data).filter((name) => name.startsWith('brought-'))
      expect(here().length).toBeGreaterThan(0)
      await page.close()
      left = await waitFor('the folder gone', async () => (here().length === 0 ? here() : null))
    } finally {
      expect(await desk?.stop()).toBe(0)
    }
    expect(left).toEqual([])
  })
})
