import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { Hands } from './hands.ts'
import { runForJson } from './program.ts'
import { ADMIN, PASSWORD } from './small-election.ts'
import { describeInShells, Workplace } from './workplace.ts'

/** A wall's task in every shell alike, by the keyboard alone. */

const PEOPLE = /Salem Nasser|خالد ناصر|Amal|Nadia|Omar|@tally|\b10[0-6]\d\b|5550/

describeInShells('a wall', (kind) => {
  const at = new Workplace({ kind, words: ['--wall'], before: (hub) => hub.mark(1001, 1002, 1003) })
  const hands = new Hands(() => at.page)
  const figures = () => at.page.locator('[data-scene] [data-level]').allInnerTexts()
  const shows = (came: string) =>
    waitFor(`${came} who came`, async () => ((await figures()).includes(came) ? true : null))

  test('[E121] it pairs by a code, shows the turnout and nobody, and after a reload the scene it was left at', async () => {
    const words = ['hub', 'pair-wall', '--server', at.hub.url, '--email', ADMIN, '--name', 'Lobby']
    const { code } = await runForJson<{ code: string }>(words, { env: { TALLYDESK_PASSWORD: PASSWORD } })
    await hands.fill(/textbox "Pairing code"/, code.toLowerCase())
    await hands.press('Enter')
    await at.page.locator('[data-wall][data-state="live"]').waitFor()
    await shows('3')
    await at.hub.mark(1004)
    await shows('4')
    expect(await at.page.evaluate<string>('document.documentElement.outerHTML')).not.toMatch(PEOPLE)
    await hands.press('2', ' ')
    await at.page.locator('[data-scene="committees"]').waitFor()
    await at.page.reload()
    await at.page.locator('[data-scene="committees"]').waitFor()
    await hands.press('1')
    await shows('4')
  })
})
