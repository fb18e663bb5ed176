import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { Hands } from './hands.ts'
import { fromPalette } from './keys.ts'
import { shows } from './page-world.ts'
import { folder, run } from './program.ts'
import { BROWSER_SHELL } from './shells.ts'
import { ADMIN } from './small-election.ts'
import { describeInShells, Workplace } from './workplace.ts'

/** An evidence pack asked for in a window by keys, and proved by the command line. */

describeInShells('evidence from a window', (kind) => {
  const at = new Workplace({ kind, as: ADMIN })
  const hands = new Hands(() => at.page)
  beforeAll(async () => {
    await at.hub.mark(1059)
    await shows(at.page, 1)
  })
  const dialog = () => at.page.getByRole('dialog', { name: 'Evidence pack' })
  const head = () =>
    dialog()
      .getByText(/^[0-9a-f]{64}$/)
      .innerText()
  async function prove(file: string): Promise<void> {
    const proof = await run(['pack', 'verify', file, '--data', at.desk.data])
    expect({ code: proof.code, says: proof.out.includes(await head()) }, proof.out + proof.err).toEqual({
      code: 0,
      says: true,
    })
  }

  test('[E117] a sealed pack is made by keys, and the command proves the file the window names', async () => {
    await fromPalette(at.page, 'Evidence pack')
    await hands.at(/button "Make the pack"/)
    await hands.press('Enter')
    await dialog().getByText('A sealed pack was made').waitFor()
    await prove(
      await dialog()
        .getByText(/^\/.*\.zip$/)
        .innerText(),
    )
  })

  // The stand-in's pages come from no server a download could be taken from.
  if (kind === BROWSER_SHELL)
    test('[E98] the pack is saved by the browser, by keys, and the command proves what was saved', async () => {
      const kept = await folder()
      const saving = at.page.waitForEvent('download')
      await hands.use(/link "Save the file/)
      const download = await saving
      const file = join(kept.path, download.suggestedFilename())
      await download.saveAs(file)
      await prove(file)
      await kept.remove()
    })
})
