// @vitest-environment jsdom
import { act, fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { createWords } from '../../../src/renderer/src/i18n/words.ts'
import { stateWords } from '../../../src/renderer/src/ui/trail-value.ts'
import { drawPage, screen, settle, usePage } from '../support.tsx'

usePage()

const panel = () => screen.findByRole('dialog', { name: /How this came to be/ })
const provenance = async () => {
  const [link] = await screen.findAllByRole('link', { name: /^(live|read) \d\d:\d\d$/ })
  if (!link) throw new Error('no record')
  return link
}

test('[V270] a record’s source leads to its rows in the journal, and Esc closes them', async () => {
  const { core } = await drawPage('13', { at: 'attendance?committee=m1' })
  fireEvent.click(await provenance())
  const open = await panel()
  expect(location.hash).toMatch(/^#\/attendance\?committee=m1&record=attendance%2F\d+$/)
  expect(core.calls.filter(({ name }) => name === 'trail.read')).toHaveLength(1)
  await within(open).findAllByText('Told')
  fireEvent.keyDown(open, { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(location.hash).toBe('#/attendance?committee=m1')
})

test('[V270] the address alone opens it, and a record the journal does not know says so', async () => {
  await drawPage('13', { at: 'attendance?record=attendance/999999999' })
  await within(await panel()).findByText('The journal holds nothing about this record.')
})

test('[V271] [V442] each row says source, place and change in words, and opens as it was written', async () => {
  await drawPage('13', { at: 'attendance' })
  fireEvent.click(await provenance())
  const open = await panel()
  const rows = await within(open).findAllByRole('listitem')
  expect(rows).toHaveLength(2)
  expect(rows[0]?.textContent).toMatch(/Told.*Live: the server pushed it.*journal row 612 · frame 1.836/)
  expect(rows[0]?.textContent).toContain('\u2068Wrong committee\u2069 → \u2068Came\u2069')
  expect(rows[1]?.textContent).toMatch(/Snapshot: read from the server/)
  const raw = within(rows[0] as HTMLElement).getByText('As written in the journal')
  fireEvent.click(raw)
  expect(rows[0]?.querySelector('pre')?.textContent).toContain('"kind": "attendance"')
})

test('[V442] a state is told in the words of its own screen; a code nobody knows as it was written', () => {
  const t = createWords('en').getFixedT('en')
  expect(stateWords(t, 'attendance', 'status', 'PENDING')).toBe('Wrong committee')
  expect(stateWords(t, 'guarantee', 'status', 'PENDING')).toBe('Open')
  expect(stateWords(t, 'guarantee', 'confirmation', 'PENDING')).toBe('Not called')
  expect(stateWords(t, 'entry', 'status', 'IN_PROGRESS')).toBe('Counting')
  expect(stateWords(t, 'election', 'phase', 'COUNTING')).toBe('Counting')
  expect(stateWords(t, 'count', 'verified', 'true')).toBe('Yes')
  expect(stateWords(t, 'attendance', 'status', 'constructor')).toBeNull()
  expect(stateWords(t, 'attendance', 'notes', 'PENDING')).toBeNull()
})

test('[V272] the board’s figures lead to their records', async () => {
  await drawPage('13,counting')
  const card = await screen.findByRole('group', { name: 'Turnout' })
  const addresses = (within: HTMLElement) => [...within.querySelectorAll('a')].map((link) => link.getAttribute('href'))
  expect(addresses(card)).toContain('#/attendance?status=ATTENDED')
  const pledged = await screen.findByRole('group', { name: 'Pledged who came' })
  expect(addresses(pledged)).toEqual(
    expect.arrayContaining([
      '#/guarantees?status=GUARANTEED&attendance=seen',
      '#/radar',
      '#/guarantees?confirmation=CONFIRMED',
    ]),
  )
  expect(addresses(await screen.findByRole('group', { name: 'Counted' }))).toContain(
    '#/results?view=committees&verified=yes',
  )
})

test('[V272] a list that was left is at the same scroll again', async () => {
  await drawPage('13', { at: 'attendance' })
  await provenance()
  const scroller = () => document.querySelector('[role="rowgroup"]') as HTMLElement
  scroller().scrollTop = 800
  fireEvent.scroll(scroller())
  await act(async () => void (location.hash = '#/board'))
  await screen.findByRole('region', { name: 'Feed' })
  await act(async () => void (location.hash = '#/attendance'))
  await provenance()
  await settle()
  expect(scroller().scrollTop).toBe(800)
})

test('[V455] what is open is in the address: it opens from there, and Back closes it', async () => {
  await drawPage('13,counting', { at: 'incidents?open=rules' })
  fireEvent.keyDown(await screen.findByRole('dialog'), { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(location.hash).toBe('#/incidents')
  fireEvent.click(await screen.findByRole('button', { name: /^Rules and sound/ }))
  await screen.findByRole('dialog')
  expect(location.hash).toBe('#/incidents?open=rules')
  await act(async () => history.back())
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(location.hash).toBe('#/incidents')
})

test('[V455] one who may not is not asked by an address', async () => {
  await drawPage('13,clerk,counting', { at: 'results?open=publish' })
  await screen.findByRole('button', { name: /^Publish/ })
  await settle()
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('[V453][V454] a bar’s hour and a party’s total lead to what they are made of, and the list says what it shows', async () => {
  await drawPage('13,counting', { at: 'attendance?view=hours' })
  const panel = within(await screen.findByRole('region', { name: 'Arrivals by hour' }))
  fireEvent.click(panel.getByRole('button', { name: 'As a table' }))
  const hour = panel.getAllByRole('link').find((link) => link.getAttribute('href')?.includes('during='))
  location.hash = hour?.getAttribute('href') ?? ''
  const chip = await screen.findByRole('button', { name: /^Marked \d\d:\d\d:\d\d–\d\d:\d\d:\d\d: show all/ })
  fireEvent.click(chip)
  await waitFor(() => expect(location.hash).not.toContain('during'))
  location.hash = '#/results?view=parties'
  const parties = await screen.findByRole('table', { name: 'Parties' })
  const lead = within(parties).getAllByRole('link')[0]?.getAttribute('href')
  expect(lead).toMatch(/^#\/results\?view=counts&party=/)
  location.hash = lead ?? ''
  const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Party' })
  expect(choice.value).not.toBe('')
})
