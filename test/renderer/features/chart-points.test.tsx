// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { drawPage, screen, usePage } from '../support.tsx'

usePage()
beforeEach(() => sessionStorage.clear())

/** Where each chart is, what switches it to its table, and in which of a row's links its press ends. */
const CHARTS = {
  board: { region: 'Turnout through the day', table: 'As a table' },
  'attendance?view=hours': { region: 'Arrivals by the hour', table: 'As a table' },
  'results?view=lead': { region: 'Lead over time', table: 'As a table' },
} as const
const AT = Object.keys(CHARTS) as (keyof typeof CHARTS)[]

async function chartOf(at: keyof typeof CHARTS, language: 'en' | 'ar' = 'en') {
  await drawPage('13,counting', { at, preferences: { language } })
  const [panel, point] = await waitFor(() => {
    const found = document.querySelector<HTMLAnchorElement>('figure > a[aria-description]')
    const box = found?.closest('section')
    if (!found || !box) throw new Error('no point is drawn yet')
    return [box, found] as const
  })
  return { panel, point }
}

/** What the table's rows lead to, oldest first. */
async function rowsOf(panel: HTMLElement): Promise<string[]> {
  fireEvent.click(within(panel).getByRole('button', { name: 'As a table' }))
  const table = await within(panel).findByRole('table')
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('a')?.getAttribute('href') ?? '')
}

test.each(AT)('[V423] %s: the keyboard’s point moves along and leads where its row leads', async (at) => {
  const { panel, point } = await chartOf(at)
  const led: string[] = []
  const look = () => led.push(document.querySelector('figure > a[aria-description]')?.getAttribute('href') ?? '')
  point.focus()
  look()
  for (const key of ['ArrowLeft', 'Home', 'ArrowRight', 'End', 'PageUp']) {
    fireEvent.keyDown(point, { key })
    look()
  }
  expect(point.nextElementSibling?.textContent).toMatch(/\d/)
  const rows = await rowsOf(panel)
  const last = rows.length - 1
  expect(rows.length).toBeGreaterThan(2)
  expect(led).toEqual([last, last - 1, 0, 1, last, Math.max(0, last - 10)].map((index) => rows[index]))
})

test.each(AT)('[V423] %s: a press on a point leads where its row leads', async (at) => {
  const { panel } = await chartOf(at)
  const rows = await rowsOf(panel)
  fireEvent.click(within(panel).getByRole('button', { name: /^As a/ }))
  const chart = await waitFor(() => {
    const drawn = panel.querySelector('.recharts-wrapper')
    if (!drawn) throw new Error('no chart is drawn yet')
    return drawn
  })
  // Once at the right edge of the plot, once left of it.
  fireEvent.click(chart, { clientX: 985, clientY: 200 })
  expect(location.hash).toBe(rows.at(-1))
  location.hash = `#/${at}`
  fireEvent.click(chart, { clientX: 20, clientY: 200 })
  expect(location.hash).toBe(rows[0])
})

test('[V423] in Arabic the left arrow is the earlier moment as well', async () => {
  const { point } = await chartOf('board', 'ar')
  const before = point.style.left
  fireEvent.keyDown(point, { key: 'ArrowLeft' })
  expect(Number.parseFloat(point.style.left)).toBeLessThan(Number.parseFloat(before))
  expect(screen.getAllByRole('link').some((link) => link === point)).toBe(true)
})

test.each(AT)('[V440] %s: in Arabic what a point tells runs from right to left, and the chart does not', async (at) => {
  const { point } = await chartOf(at, 'ar')
  point.focus()
  expect(point.closest('figure')?.dir).toBe('ltr')
  const tip = await waitFor(() => {
    const told = point.closest('figure')?.querySelector('dl')
    if (!told) throw new Error('nothing is told yet')
    return told
  })
  expect(tip.dir).toBe('rtl')
  expect(tip.querySelector('bdi')?.textContent).toMatch(/^\d\d:\d\d$/)
})
