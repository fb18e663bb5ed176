import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { look, violations } from './axe.ts'
import { HubServer } from './hub-server.ts'
import { focused, tabTo } from './keys.ts'
import { isLive } from './page-world.ts'
import { isBuilt, NOT_BUILT } from './program.ts'
import { BROWSER_SHELL, type Desk, NO_CHROMIUM } from './shells.ts'
import { COLLECTOR, PASSWORD } from './small-election.ts'

/** A collector's day: find people, keep a list, confirm many at once, ring who has not come. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: a collector's day, because ${missing}`)
const PLACES = ['guarantees', 'guarantees?view=sums', 'radar', 'radar?list=calls'] as const

describe.skipIf(missing !== null)('a collector with guarantees', () => {
  let hub: HubServer
  let desk: Desk
  let page: Page
  let second: Page
  beforeAll(async () => {
    hub = await HubServer.start()
    desk = await BROWSER_SHELL.start(['--server', hub.url])
    page = await desk.openWindow()
    await page.getByLabel('Email').fill(COLLECTOR)
    await page.locator('[autocomplete="current-password"]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await isLive(page)
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await hub?.stop()
    expect(code).toBe(0)
  })
  const rows = (of: Page, count: number) => of.locator(`[role=table][aria-rowcount="${count + 1}"]`).waitFor()
  const goTo = (of: Page, hash: string) =>
    of.evaluate(
      (wanted) => Object.assign((globalThis as unknown as { location: object }).location, { hash: wanted }), // a browser's window
      `#/${hash}`,
    )

  test('[P100] a name in Arabic is found with vowel marks, tatweel and Arabic digits, as it is without', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('g')
    await rows(page, 10)
    for (const words of ['خَـالِد ١٠٤٢', 'خالد ۱۰۴۲', 'ناصر خالد 1042']) {
      await page.getByRole('searchbox').fill(words)
      await rows(page, 1)
      await page.getByText('خالد ناصر 1042').waitFor()
      await page.getByRole('searchbox').fill('')
      await rows(page, 10)
    }
  })

  test('[V245] a list is kept by name, by the keyboard alone, and taken up again after a reload', async () => {
    await page.getByRole('searchbox').focus()
    await page.keyboard.type('خالد')
    await rows(page, 5)
    await tabTo(page, /Saved views \(0\)/)
    await page.keyboard.press('Enter')
    await waitFor('the name', async () => ((await focused(page)).includes('<input') ? true : null))
    await page.keyboard.type('The Khaleds')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Saved views (1)' }).waitFor()
    await goTo(page, 'guarantees')
    await page.reload()
    await rows(page, 10)
    await tabTo(page, /Saved views \(1\)/)
    await page.keyboard.press('Enter')
    await waitFor('the view', async () => ((await focused(page)).includes('The Khaleds') ? true : null))
    await page.keyboard.press('Enter')
    await rows(page, 5)
    expect(new URL(page.url()).hash).toContain('q=')
  })

  test('[O73][O74][V246] many are confirmed at once, after saying what that would do', async () => {
    await goTo(page, 'guarantees?status=GUARANTEED')
    await rows(page, 5)
    await page.getByRole('button', { name: 'Change many…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change many guarantees' })
    await dialog.getByLabel('Make it').selectOption({ label: 'Confirmation: Confirmed' })
    await dialog.getByRole('button', { name: 'Preview' }).click()
    await dialog.getByText(/Would change: *5/).waitFor()
    await dialog.getByText(/Elector 1041 Salem Nasser/).waitFor()
    expect(hub.truth().guarantees.every(({ confirmation }) => confirmation === 'PENDING')).toBe(true)
    await dialog.getByRole('button', { name: 'Change 5' }).click()
    await page.getByText('Done: 5 of 5 saved here').waitFor()
    await waitFor('all five at the hub', async () =>
      hub.truth().guarantees.filter(({ confirmation }) => confirmation === 'CONFIRMED').length === 5 ? true : null,
    )
  })

  test('[O70][V242] a call taken in one window is seen in the other; its outcome is too, and reaches the server', async () => {
    second = await desk.openWindow()
    await isLive(second)
    for (const each of [page, second]) {
      await goTo(each, 'radar?list=calls')
      await rows(each, 5)
    }
    await page.getByLabel('Your name at this window').fill('Huda')
    await page.getByRole('button', { name: /Take the call to .*1043/ }).click()
    await second.getByText('Huda is calling').waitFor()
    expect(await second.getByRole('button', { name: /Take the call to .*1043/ }).count()).toBe(0)
    expect(await second.getByRole('button', { name: /Take the call to/ }).count()).toBe(4)
    const dialog = page.getByRole('dialog', { name: /Call to/ })
    await dialog.getByLabel('No answer').check()
    await dialog.getByLabel('Note').fill('Rings, nobody there')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await second.getByText(/No answer, \d\d:\d\d/).waitFor()
    expect(await second.getByText('Huda is calling').count()).toBe(0)
    await waitFor('the answer at the hub', async () =>
      hub.truth().guarantees.find(({ elector }) => elector === '1043')?.confirmation === 'NOT_AVAILABLE' ? true : null,
    )
  })

  test('[P112][V244] the list is saved as CSV', async () => {
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV' }).click()
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
        await look(page, language, theme)
        for (const place of PLACES) {
          await goTo(page, place)
          await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
          found.push(...(await violations(page, `${place} ${language} ${theme}`)))
        }
      }
      expect(found).toEqual([])
    },
  )
})
