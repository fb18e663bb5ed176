// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, text, usePage } from '../support.tsx'

usePage()

test('[V240] the funnel and its sums by committee, collector and own group lead to the guarantees behind them', async () => {
  await drawPage('13', { at: 'guarantees?view=sums' })
  const funnel = await screen.findByRole('region', { name: 'From promise to ballot box' })
  expect(within(funnel).getByRole('link', { name: 'Confirmed on a call' }).getAttribute('href')).toBe(
    '#/guarantees?status=GUARANTEED&confirmation=CONFIRMED',
  )
  for (const name of ['By committee', 'By collector', 'By own group']) screen.getByRole('region', { name })
  const collectors = screen.getByRole('region', { name: 'By collector' })
  const [, mine] = within(collectors).getAllByRole('row')
  expect(mine?.textContent).toMatch(/Noura Al-Sabah.*%/)
  fireEvent.click(screen.getByRole('link', { name: 'List' }))
  await screen.findByRole('table', { name: 'Guarantees' })
})

test('[V241] the gap of each committee, its hours, the range at closing and the method are on the screen', async () => {
  await drawPage('13', { at: 'radar' })
  const table = await screen.findByRole('table')
  const [head, first] = within(table).getAllByRole('row')
  expect(head?.textContent).toMatch(/Committee.*Not seen yet.*Came.*At closing.*\d\d:\d\d/)
  expect(first?.textContent).toMatch(/\d+ – \d+about \d+/)
  expect(text()).toContain('Nine days in ten should end within the range')
  expect(text()).toContain('It cannot know of a rush that has not begun')
})

test('[V241] of many committees the largest gaps are shown, the rest on demand', async () => {
  await drawPage('60', { at: 'radar' })
  await screen.findByRole('table')
  const rows = () => document.querySelectorAll('tbody tr').length
  expect(rows()).toBe(40)
  fireEvent.click(screen.getByText('Show all 60'))
  expect(rows()).toBe(60)
})

test('[V241] without promises the radar says what will appear', async () => {
  await drawPage('quiet', { at: 'radar' })
  await waitFor(() => expect(text()).toContain('Those who promised and have not come appear here.'))
})

test('[V2][V241] the radar’s figures are in doubt with the worse of what they are made of', async () => {
  await drawPage('13,offline', { at: 'radar' })
  await screen.findByRole('table')
  await waitFor(() => expect(document.querySelectorAll('td [data-trust="doubtful"]').length).toBeGreaterThan(20))
})
