// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { en } from '../../../src/renderer/src/i18n/en.ts'
import { drawPage, type Page, screen, text, usePage } from '../support.tsx'

usePage()

const table = (name: string) => screen.findByRole('table', { name })
const lines = (box: HTMLElement) => within(box).getAllByRole('row').slice(1)
const callsOf = ({ core }: Page, name: string) =>
  core.calls.filter((call) => call.name === name).map(({ input }) => input)

test('[V220] the ranking says shared ranks, the share of the valid ballots, the line and how far each is from it', async () => {
  const page = await drawPage('13,counting', { at: 'results' })
  const rows = lines(await table('Ranking'))
  expect(rows).toHaveLength(30)
  await waitFor(() => expect(rows[4]?.dataset['line']).toBe('true'))
  expect(rows.map((row) => row.dataset['seat']).indexOf('out')).toBe(5)
  expect(rows[4]?.textContent).toMatch(/Elected, ahead of the first below the line by \+/)
  expect(rows[5]?.textContent).toMatch(/votes behind the last seat: −/)
  expect(page.core.world.candidates.length).toBe(30)
})

test('[V220] candidates with as many votes share a rank, and it says so; level at the line nobody is in', async () => {
  const page = await drawPage('13,counting', { at: 'results?view=ranking' })
  const sorted = [...page.core.world.candidates].sort((a, b) => b.votes - a.votes)
  expect(sorted.length).toBeGreaterThan(6)
  await table('Ranking')
  fireEvent.click(await screen.findByRole('button', { name: 'Seats: 5' }))
  const dialog = await screen.findByRole('dialog', { name: 'How this desk counts' })
  fireEvent.change(within(dialog).getByLabelText('Seats'), { target: { value: '٣' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(callsOf(page, 'count.settle')).toEqual([{ double: false, seats: 3 }]))
  await waitFor(async () => expect(lines(await table('Ranking'))[2]?.dataset['line']).toBe('true'))
})

test('[V221] party totals with seats, verified and unverified apart', async () => {
  const page = await drawPage('13,counting', { at: 'results?view=parties' })
  const rows = lines(await table('Parties'))
  expect(rows).toHaveLength(3)
  await waitFor(() => {
    const seats = rows.map((row) => Number(row.querySelectorAll('td')[4]?.textContent))
    expect(seats.reduce((sum, each) => sum + each, 0)).toBe(5)
  })
  expect(page.core.world.candidates.some((row) => row.party === null)).toBe(true)
})

test.each([0, 13, 420])(
  '[V222] %d committees, each with what is verified and what is not; those to look at first',
  async (many) => {
    await drawPage(`${many === 0 ? 'none' : many},counting`, { at: 'results?view=committees' })
    if (many === 0) return void (await screen.findByText(en.results.sheetsEmpty))
    const rows = lines(await table('By committee'))
    expect(rows).toHaveLength(Math.min(many, 60))
    expect(rows[0]?.dataset['attention']).toBe('alarm')
    expect(rows[1]?.dataset['attention']).toBe('warning')
    if (many > 60) return void (await screen.findByRole('button', { name: '60 of 420 are shown. Show all.' }))
    expect(rows.at(-1)?.textContent).toContain('Verified')
  },
)

test('[V223] the lead names those drawn, counts how often the first place changed hands, and is there as a table', async () => {
  await drawPage('13,counting', { at: 'results?view=lead' })
  await screen.findByRole('heading', { name: /The first place (changed hands \d|did not change)/ })
  fireEvent.click(screen.getByRole('button', { name: 'As a table' }))
  const rows = lines(await table('Lead'))
  expect(rows.length).toBeGreaterThan(2)
  expect(rows.length).toBeLessThanOrEqual(240)
})

test('[V224] what changed since publication is named, candidate by candidate; nothing is said where nothing did', async () => {
  await drawPage('13,counting,published', { at: 'results' })
  const box = await screen.findByRole('region', { name: 'Changed since publication' })
  expect(box.textContent).toContain('2 candidates’ votes are not as published at')
  expect(lines(within(box).getByRole('table')).map((row) => row.querySelectorAll('td')[3]?.textContent)).toEqual([
    '+14',
    '−3',
  ])
  expect(text()).toContain('signed off by chief@example.org')
})

test('[V224] without a publication there is nothing to compare with', async () => {
  await drawPage('13,counting', { at: 'results' })
  await table('Ranking')
  expect(screen.queryByRole('region', { name: 'Changed since publication' })).toBeNull()
})

test('[V225] before the server added anything up, what was counted so far is ranked and said to be just that', async () => {
  await drawPage('13', { at: 'results' })
  await screen.findByText(en.lists.results.empty)
  expect(text()).toContain('Not added up yet')
})

test('[V226] how this desk counts is changed by who may, and says why by who may not; in Arabic too', async () => {
  await drawPage('13,counting,clerk', { at: 'results', preferences: { language: 'ar' } })
  const button = await screen.findByRole('button', { name: 'المقاعد: 5' })
  await waitFor(() => expect(button.getAttribute('aria-description')).toContain('اسأل مديرًا'))
})

const hrefs = (box: Element | null | undefined) =>
  [...(box?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href') ?? '')

test('[V339] a candidate’s figures lead to their vote counts, and each of these to its journal rows', async () => {
  await drawPage('13,counting', { at: 'results' })
  const [first] = lines(await table('Ranking'))
  const links = hrefs(first)
  expect(links.length).toBeGreaterThanOrEqual(3)
  const number = new URLSearchParams(links[0]?.split('?')[1]).get('candidate')
  expect(links.at(-1)).toBe(`#/results?view=counts&candidate=${number}&verified=no`)
  location.hash = links[0] ?? ''
  await waitFor(() => expect(document.querySelectorAll('[aria-rowindex]').length).toBeGreaterThan(4))
  const row = document.querySelector('[role="row"][aria-rowindex="2"]')
  await waitFor(() => expect(hrefs(row).at(-1)).toMatch(/record=count%2F\d+%3A\d+$/))
  expect(hrefs(row)[0]).toMatch(/^#\/committee\?code=/)
  expect(row?.textContent).toContain(number ?? 'none')
})

test('[V339] a committee’s figures lead to its sheet’s rows and its counts, the head’s to what they are made of', async () => {
  await drawPage('13,counting', { at: 'results?view=committees' })
  const [first] = lines(await table('By committee'))
  const links = hrefs(first)
  expect(links[0]).toMatch(/^#\/committee\?code=/)
  expect(links.filter((href) => /record=entry%2F\d+/.test(href))).toHaveLength(3)
  expect(links.some((href) => /view=counts&committee=\w+&verified=no$/.test(href))).toBe(true)
  const head = screen.getByRole('heading', { level: 1 }).parentElement
  expect(hrefs(head)).toEqual(expect.arrayContaining(['#/attendance?status=ATTENDED', '#/results?view=committees']))
  expect(hrefs(head).some((href) => href.includes('record=results%2Fresults'))).toBe(true)
})
