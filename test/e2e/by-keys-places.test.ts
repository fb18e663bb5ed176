import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { fromPalette } from './keys.ts'
import { Hands } from './hands.ts'
import { isLive, rootOf, shows } from './page-world.ts'
import { ADMIN } from './small-election.ts'
import { describeInShells, signIn, Workplace } from './workplace.ts'

/** To another server, and how the window looks, by the keyboard alone, in every shell alike. */

describeInShells('a window by the keyboard alone', (kind) => {
  const at = new Workplace({ kind, rehearsal: true, before: (hub) => hub.mark(1059) })
  const hands = new Hands(() => at.page)
  const contrast = () => at.page.evaluate<string>('document.documentElement.dataset.contrast ?? ""')

  test('[E118] from the rehearsal one connects to a server and signs in; an address without encryption is accepted in words', async () => {
    await isLive(at.page)
    await hands.use(/button "Connect to your server…"/)
    await hands.at(/textbox "Name"/)
    await hands.type('Headquarters')
    await hands.fill(/textbox "Address"/, at.hub.url)
    await hands.press('Enter')
    await signIn(at.page, ADMIN)
    await isLive(at.page)
    await shows(at.page, 1)
  })

  test('[E119] language, colours and contrast change from the menu, and outlive a reload', async () => {
    await hands.use(/button "Menu"/, 'Shift+Tab')
    await hands.to(/radio "English"/)
    await hands.press('ArrowRight')
    await waitFor('Arabic', async () => ((await rootOf(at.page)).lang === 'ar' ? true : null))
    await hands.press('Escape')
    await fromPalette(at.page, 'داكن')
    await waitFor('dark', async () => ((await rootOf(at.page)).theme === 'dark' ? true : null))
    await hands.use(/button "القائمة"/, 'Shift+Tab')
    await hands.to(/switch "تباين عال/)
    await hands.press('Space')
    await waitFor('more contrast', async () => ((await contrast()) === 'more' ? true : null))
    await at.page.reload()
    await waitFor('all three again', async () => {
      const { lang, theme } = await rootOf(at.page)
      return lang === 'ar' && theme === 'dark' && (await contrast()) === 'more' ? true : null
    })
    await fromPalette(at.page, 'English')
    await waitFor('English', async () => ((await rootOf(at.page)).lang === 'en' ? true : null))
  })

  test('[E120] the palette finds screens, commands and committees, and ? lists the keys', async () => {
    await fromPalette(at.page, 'gap radar')
    await at.page.getByRole('heading', { level: 1, name: 'Gap radar' }).waitFor({ state: 'attached' })
    await fromPalette(at.page, 'attendance at c3')
    await at.page.getByRole('heading', { level: 1, name: 'Attendance' }).waitFor({ state: 'attached' })
    await hands.to(/^(?!textbox|searchbox|combobox)/)
    await hands.press('?')
    const keys = at.page.getByRole('dialog', { name: 'Keys' })
    await keys.waitFor()
    expect(await keys.innerText()).toMatch(/Ctrl\s*K[^]*Search and commands/)
    await hands.press('Escape')
    await keys.waitFor({ state: 'detached' })
  })
})
