import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { look, violations } from './axe.ts'
import { focused, tabTo } from './keys.ts'
import { isLive } from './page-world.ts'
import { COLLECTOR } from './small-election.ts'
import { describeBuilt, Workplace } from './workplace.ts'

/** A collector's day: find people, keep a list, confirm many at once, ring who has not come. */

const PLACES = ['guarantees', 'guarantees?view=sums', 'radar', 'radar?list=calls'] as const

describeBuilt('a collector with guarantees', () => {
  const at = new Workplace({ as: COLLECTOR })
  let second: Page
  const rows = (of: Page, count: number) => of.locator(`[role=table][aria-rowcount="${count + 1}"]`).waitFor()
  const goTo = (of: Page, hash: string) =>
    of.evaluate(
      (wanted) => Object.assign((globalThis as unknown as { location: object }).location, { hash: wanted }), // a browser's window
      `#/${hash}`,
    )

  test('[P100] a name in Arabic is found with vowel marks, tatweel and Arabic digits, as it is without', async () => {
    await at.page.keyboard.press('g')
    await at.page.keyboard.press('g')
    await rows(at.page, 10)
    for (const words of ['خَـالِد ١٠٤٢', 'خالد ۱۰۴۲', 'ناصر خالد 1042']) {
      await at.page.getByRole('searchbox').fill(words)
      await rows(at.page, 1)
      await at.page.getByText('خالد ناصر 1042').waitFor()
      await at.page.getByRole('searchbox').fill('')
      await rows(at.page, 10)
    }
  })

  test('[V245] a list is kept by name, by the keyboard alone, and taken up again after a reload', async () => {
    await at.page.getByRole('searchbox').focus()
    await at.page.keyboard.type('خالد')
    await rows(at.page, 5)
    await tabTo(at.page, /Saved views \(0\)/, 'Shift+Tab')
    await at.page.keyboard.press('Enter')
    await waitFor('the name', async () => ((await focused(at.page)).includes('<input') ? true : null))
    await at.page.keyboard.type('The Khaleds')
    await at.page.keyboard.press('Enter')
    await at.page.getByRole('button', { name: 'Saved views (1)' }).waitFor()
    await goTo(at.page, 'guarantees')
    await at.page.reload()
    await rows(at.page, 10)
    await tabTo(at.page, /Saved views \(1\)/)
    await at.page.keyboard.press('Enter')
    await waitFor('the view', async () => ((await focused(at.page)).includes('The Khaleds') ? true : null))
    await at.page.keyboard.press('Enter')
    await rows(at.page, 5)
    expect(new URL(at.page.url()).hash).toContain('q=')
  })

  test('[O73][O74][V246] many are confirmed at once, after saying what that would do', async () => {
    await goTo(at.page, 'guarantees?status=GUARANTEED')
    await rows(at.page, 5)
    await at.page.getByRole('button', { name: 'Change many…' }).click()
    const dialog = at.page.getByRole('dialog', { name: 'Change many guarantees' })
    await dialog.getByLabel('Make it').selectOption({ label: 'Confirmation: Confirmed' })
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText(/Would change: *5/).waitFor()
    await dialog.getByText(/Elector 1041 Salem Nasser/).waitFor()
    expect(at.hub.truth().guarantees.every(({ confirmation }) => confirmation === 'PENDING')).toBe(true)
    await dialog.getByRole('button', { name: 'Change 5' }).click()
    await at.page.getByText('Done: 5 of 5 saved here').waitFor()
    await waitFor('all five at the hub', async () =>
      at.hub.truth().guarantees.filter(({ confirmation }) => confirmation === 'CONFIRMED').length === 5 ? true : null,
    )
  })

  test('[O70][V242] a call taken in one window is seen in the other; its outcome is too, and reaches the server', async () => {
    second = await at.desk.openWindow()
    await isLive(second)
    for (const each of [at.page, second]) {
      await goTo(each, 'radar?list=calls')
      await rows(each, 5)
    }
    await at.page.getByLabel('Your name at this window').fill('Huda')
    await at.page.getByRole('button', { name: /Take the call to .*1043/ }).click()
    await second.getByText('Huda is calling').waitFor()
    expect(await second.getByRole('button', { name: /Take the call to .*1043/ }).count()).toBe(0)
    expect(await second.getByRole('button', { name: /Take the call to/ }).count()).toBe(4)
    const dialog = at.page.getByRole('dialog', { name: /Call to/ })
    await dialog.getByLabel('No answer').check()
    await dialog.getByLabel('Note').fill('Rings, nobody there')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await second.getByText(/No answer, \d\d:\d\d/).waitFor()
    expect(await second.getByText('Huda is calling').count()).toBe(0)
    await waitFor('the answer at the hub', async () =>
      at.hub.truth().guarantees.find(({ elector }) => elector === '1043')?.confirmation === 'NOT_AVAILABLE'
        ? true
        : null,
    )
  })

  test('[P112][V244] the list is saved as CSV', async () => {
    const saving = at.page.waitForEvent('download')
    await at.page.getByRole('button', { name: 'CSV' }).click()
    const file = await saving
    expect(file.suggestedFilename()).toMatch(/^call-list-\d{8}T\d{4}Z\.csv$/)
    const text = await readFile(await file.path(), 'utf8')
    expect(text.startsWith('\uFEFFNumber,Name,Committee,')).toBe(true)
    expect(text.split('\r\n').length).toBeGreaterThanOrEqual(6)
    expect(text).toMatch(/1043,Elector 1043 Salem Nasser,C1,.*No answer,Huda,1,official/)
    expect(text).not.toContain('55501043')
  })

  test.each(['en', 'ar'] as const)(
    '[E17] axe finds nothing on these screens in %s, light and dark',
    async (language) => {
      const found: string[] = []
      for (const theme of ['light', 'dark'] as const) {
        await look(at.page, language, theme)
        for (const place of PLACES) {
          await goTo(at.page, place)
          await at.page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
          found.push(...(await violations(at.page, `${place} ${language} ${theme}`)))
        }
      }
      expect(found).toEqual([])
    },
  )
})
