// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, text, usePage } from '../support.tsx'

usePage()

const cardOf = async (name: RegExp) => within(await screen.findByRole('article', { name }))
type Card = Awaited<ReturnType<typeof cardOf>>
const cellsOf = (card: Card) =>
  card
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => (cell.textContent ?? '').replace(/[\u2066-\u2069]/g, '')))

test('[V167] a card shows both versions side by side: what differs, who, when, where and how this desk knows', async () => {
  await drawPage('13,conflicts', { at: 'conflicts' })
  const marks = cellsOf(await cardOf(/Marked at two committees/))
  expect(marks[0]).toEqual(['', 'First', 'Second'])
  expect(marks).toContainEqual(['Committee', 'm1', 'm4'])
  expect(marks).toContainEqual(['Who', 'Huda Al-Enezi', 'Yousef Karam'])
  expect(
    marks
      .find(([head]) => head === 'When')
      ?.slice(1)
      .every((cell) => /\d\d:\d\d:\d\d/.test(cell ?? '')),
  ).toBe(true)
  expect(marks).toContainEqual(['How this desk knows', 'told by the server as it happened', 'read from the server'])
  const count = cellsOf(await cardOf(/Count entered twice/))
  expect(count[0]).toEqual(['', 'Yours', 'Theirs'])
  expect(count).toContainEqual(['Votes: Mariam Al-Rashidi', '412', '421'])
  const pledge = cellsOf(await cardOf(/Guarantee changed/))
  expect(pledge).toContainEqual(['Confirmation', 'Confirmed', 'Not reached'])
  expect(pledge).toContainEqual(['Who', 'chief@example.org', 'not said'])
})

test('[V168] a card is decided with a reason, by buttons that say what they keep', async () => {
  const { core } = await drawPage('13,conflicts', { at: 'conflicts' })
  const card = await cardOf(/Count entered twice/)
  const keep = card.getByRole('button', { name: /^Keep theirs: .?421 votes.?$/ })
  card.getByRole('button', { name: /^Keep mine: .?412 votes.?$/ })
  card.getByRole('button', { name: 'Enter again' })
  fireEvent.click(keep)
  await card.findByText('Say why, in a few words.')
  expect(document.activeElement).toBe(card.getByLabelText('Why do you decide so?'))
  expect(core.calls.some((call) => call.name === 'conflict.decide')).toBe(false)
  fireEvent.change(card.getByLabelText('Why do you decide so?'), { target: { value: 'the paper says 421' } })
  fireEvent.click(keep)
  await waitFor(() =>
    expect(core.calls.at(-1)).toEqual({
      name: 'conflict.decide',
      input: { id: 'count', decision: 'keep-theirs', reason: 'the paper says 421' },
    }),
  )
  await waitFor(() => expect(screen.queryByRole('article', { name: /Count entered twice/ })).toBeNull())
})

test('[V169] decided cards stay listed with what, why, by whom and when; those that settled themselves say so', async () => {
  await drawPage('13,conflicts', { at: 'conflicts' })
  const list = within(await screen.findByRole('region', { name: 'Decided' }))
  const row = list.getByText('The card was shown at m1 only.').closest('tr')
  expect(row?.textContent).toMatch(/Nasser Al-Otaibi.*Keep the first: .?m1.*chief@example.org.*\d\d:\d\d/)
  list.getByText('Settled without a decision: one of the two is gone.')
})

test('[V170] cards are counted in the navigation, and the page of their records leads to them', async () => {
  await drawPage('13,conflicts', { at: 'attendance' })
  const nav = within(screen.getByRole('navigation', { name: 'Screens' }))
  await waitFor(() => expect(nav.getByRole('link', { name: /Conflicts/ }).textContent).toContain('3'))
  const bar = within(await screen.findByRole('region', { name: 'Conflicts' }))
  bar.getByText(/1 record here cannot stand/)
  bar.getByText(/Fahad Al-Ajmi/)
  fireEvent.click(bar.getByRole('link', { name: 'Decide' }))
  location.hash = bar.getByRole('link', { name: 'Decide' }).getAttribute('href') ?? ''
  const card = await cardOf(/Marked at two committees/)
  await waitFor(() => expect(document.activeElement).toBe(card.getByLabelText('Why do you decide so?')))
})

test('[V171] without a card the page says what cards are', async () => {
  await drawPage('13', { at: 'conflicts' })
  await screen.findByText('No conflicts')
  expect(text()).toContain('nothing is overwritten in silence')
})

test('[V172] to enter a count again opens the sheet of that committee', async () => {
  await drawPage('13,conflicts', { at: 'conflicts' })
  const card = await cardOf(/Count entered twice/)
  fireEvent.change(card.getByLabelText('Why do you decide so?'), { target: { value: 'neither fits the paper' } })
  fireEvent.click(card.getByRole('button', { name: 'Enter again' }))
  await screen.findByRole('heading', { level: 1, name: /Count sheet · .?m3/ })
})
