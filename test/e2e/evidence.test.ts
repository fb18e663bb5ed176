import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { shows } from './page-world.ts'
import { folder, run } from './program.ts'
import { ADMIN } from './small-election.ts'
import { describeBuilt, Workplace } from './workplace.ts'

/** An evidence pack asked for in a window, saved by the browser, and proved by the command line. */

describeBuilt('evidence from a window', () => {
  const at = new Workplace({ as: ADMIN })
  beforeAll(async () => {
    await at.hub.mark(1059)
    await shows(at.page, 1)
  })

  async function savedPack(kept: string): Promise<string> {
    const saving = at.page.waitForEvent('download')
    await at.page.getByRole('link', { name: /Save the file/ }).click()
    const download = await saving
    const file = join(kept, download.suggestedFilename())
    await download.saveAs(file)
    return file
  }

  test('[E98] a sealed pack is made by keys, saved, and proved by the command', async () => {
    const kept = await folder()
    await at.page.keyboard.press('Control+k')
    await at.page.keyboard.type('Evidence pack')
    await at.page.keyboard.press('Enter')
    const dialog = at.page.getByRole('dialog', { name: 'Evidence pack' })
    await dialog.getByRole('button', { name: 'Make the pack' }).press('Enter')
    await dialog.getByText('A sealed pack was made').waitFor()
    const head = await dialog.getByText(/^[0-9a-f]{64}$/).innerText()
    const file = await savedPack(kept.path)
    const proof = await run(['pack', 'verify', file, '--data', at.desk.data])
    expect({ code: proof.code, says: proof.out.includes(head) }, proof.out + proof.err).toEqual({ code: 0, says: true })
    await kept.remove()
  })
})
