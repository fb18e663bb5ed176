// @vitest-environment jsdom
import { act, fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { findNear } from '../../../src/renderer/src/ui/use-still.ts'
import { drawPage, screen, settle, text, usePage } from '../support.tsx'

usePage()

/** Found by attribute: asking by role reads the styles of every cell. */
const rows = () => [...document.querySelectorAll('[aria-rowindex]')]

test('[V16] of a long list only the rows near the eye are drawn, and its length is told', async () => {
  await drawPage('13', { at: 'attendance' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  expect(rows().length).toBeLessThan(60)
  const table = screen.getByRole('table', { name: 'Attendance' })
  expect(Number(table.getAttribute('aria-rowcount'))).toBeGreaterThan(4_000)
})

test('[V18] each row says where it came from and when', async () => {
  await drawPage('13', { at: 'attendance' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  expect(rows()[0]?.textContent).toMatch(/(live|read|this desk) \d\d:\d\d/)
})

test('[V17] a row is found again near its old place, or not at all', () => {
  const keys = ['n1', 'n2', 'a', 'b', 'c']
  const keyAt = (index: number) => keys[index] ?? null
  expect(findNear({ key: 'a', index: 0 }, keyAt)).toBe(2)
  expect(findNear({ key: 'c', index: 4 }, keyAt)).toBe(4)
  expect(findNear({ key: 'a', index: 4 }, keyAt)).toBe(2)
  expect(findNear({ key: 'gone', index: 1 }, keyAt)).toBeNull()
})

test('[V17] new rows above do not move the rows one looks at; they are counted', async () => {
  const { core } = await drawPage('13', { at: 'attendance' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  const scroller = document.querySelector<HTMLElement>('[role="rowgroup"]') as HTMLElement
  fireEvent.pointerEnter(scroller)
  const before = core.world.attendance.length
  await act(async () => {
    while (core.world.attendance.length < before + 2) core.tick()
  })
  await settle()
  await screen.findByRole('button', { name: '2 new ↑' })
  expect(scroller.scrollTop).toBe(80)
})

test('[V328] a row stays the one that was drawn while rows come in above it', async () => {
  const { core } = await drawPage('13', { at: 'attendance' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  const cellsOf = (row: Element | undefined) => [...(row?.querySelectorAll('[role="cell"]') ?? [])]
  const [first, cells] = [rows()[0], cellsOf(rows()[0])]
  const before = core.world.attendance.length
  await act(async () => {
    while (core.world.attendance.length < before + 2) core.tick()
  })
  await settle()
  await waitFor(() => expect(first?.getAttribute('aria-rowindex')).toBe('4'))
  expect(first?.isConnected).toBe(true)
  expect(cellsOf(first)).toEqual(cells)
})

test('[V12] a search in Arabic digits finds the same as in ASCII', async () => {
  await drawPage('13', { at: 'attendance' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: '١٥٠' } })
  await waitFor(() => expect(location.hash).toBe('#/attendance?q=150'))
  await waitFor(() => expect(rows().every((row) => row.textContent?.includes('150'))).toBe(true))
  expect(rows().length).toBeGreaterThan(0)
})

test('[V29] filters nothing fits say so, and can be cleared at once', async () => {
  await drawPage('13', { at: 'attendance?q=zzzz' })
  await screen.findByText('Nothing fits these filters.')
  fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
})

test('[V19] Enter marks the number, in ASCII, and says in words that it is saved', async () => {
  const { core } = await drawPage('13', { at: 'attendance' })
  const field = await screen.findByLabelText('Elector number')
  fireEvent.change(field, { target: { value: '٠٠٧٤٢' } })
  const select = document.querySelector<HTMLSelectElement>('form select') as HTMLSelectElement
  await waitFor(() => expect(select.options.length).toBeGreaterThan(10))
  fireEvent.change(select, { target: { value: 'm1' } })
  fireEvent.submit(field.closest('form') as HTMLFormElement)
  await waitFor(() => expect(text()).toContain('Number 00742 at m1: confirmed by the server'))
  const sent = core.calls.find((call) => call.name === 'attendance.mark')
  expect(sent?.input).toEqual({ elector: '00742', committee: 'm1', notes: '' })
  expect((field as HTMLInputElement).value).toBe('')
})

test('[V19] while the server is away a mark says that it is saved at this desk', async () => {
  await drawPage('offline,clerk', { at: 'attendance' })
  const field = await screen.findByLabelText('Elector number')
  await waitFor(() => expect(document.querySelector<HTMLSelectElement>('form select')?.value).toBe('m1'))
  fireEvent.change(field, { target: { value: '742' } })
  fireEvent.submit(field.closest('form') as HTMLFormElement)
  await waitFor(() => expect(text()).toContain('Number 742 at m1: saved at this desk'))
})

test('[V19] a clerk is offered only the committees they may mark in', async () => {
  await drawPage('clerk', { at: 'attendance' })
  await screen.findByLabelText('Elector number')
  await waitFor(() => {
    const codes = [...document.querySelectorAll<HTMLOptionElement>('form option')].map((option) => option.value)
    expect(codes).toEqual(['', 'm1', 'm2'])
  })
})

test('[V19] a mark without a committee says what is missing and keeps the number', async () => {
  const { core } = await drawPage('13', { at: 'attendance' })
  const field = await screen.findByLabelText('Elector number')
  fireEvent.change(field, { target: { value: '742' } })
  fireEvent.submit(field.closest('form') as HTMLFormElement)
  await screen.findByText('Choose the committee this desk is at.')
  expect((field as HTMLInputElement).value).toBe('742')
  expect(core.calls.some((call) => call.name === 'attendance.mark')).toBe(false)
})

test('[V20] a promise is changed in its row', async () => {
  const { core } = await drawPage('13', { at: 'guarantees' })
  const [chip] = await screen.findAllByRole('button', { name: /^Promised/ })
  fireEvent.click(chip as HTMLElement)
  const menu = within(await screen.findByRole('dialog', { hidden: true }))
  fireEvent.click(menu.getByText('Open'))
  await waitFor(() =>
    expect(core.calls[0]).toMatchObject({ name: 'guarantee.set-status', input: { status: 'PENDING' } }),
  )
})

test('[V21] an edit sends only what was changed', async () => {
  const { core } = await drawPage('13', { at: 'guarantees' })
  fireEvent.click((await screen.findAllByRole('button', { name: /^More for/ }))[0] as HTMLElement)
  fireEvent.change(await screen.findByLabelText('Note'), { target: { value: 'call after six' } })
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(core.calls.length).toBe(1))
  expect(core.calls[0]?.input).toEqual({ id: expect.any(Number), note: 'call after six' })
})

/** The index among the rows of the first guarantee that is so. */
const firstRow = (core: { world: { guarantees: { mine: boolean; hasNotes: boolean }[] } }, noted: boolean) =>
  rows()[core.world.guarantees.findIndex((row) => row.mine && row.hasNotes === noted)] as HTMLElement

test('[V141] a row opens what is written about it, by its name or a click beside its controls; Esc closes it', async () => {
  const { core } = await drawPage('13', { at: 'guarantees' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  const name = within(firstRow(core, true)).getByRole('button', { name: /^Notes on/ })
  name.focus()
  fireEvent.click(name)
  const panel = await screen.findByRole('dialog')
  await waitFor(() => expect(panel.textContent).toContain('Needs a lift from the office at four.'))
  expect(panel.textContent).toContain('Important')
  expect(panel.textContent).toContain('What was done (3)')
  expect(panel.textContent).toContain('Confirmation: Confirmed')
  fireEvent.keyDown(panel, { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(document.activeElement).toBe(name)
  fireEvent.click(firstRow(core, false).querySelector('[role="cell"]') as HTMLElement)
  await waitFor(() => expect(screen.getByRole('dialog').textContent).toContain('No notes yet.'))
})

test('[V143] a note is added with or without a link; closed before, the panel still has what was typed', async () => {
  const { core } = await drawPage('offline', { at: 'guarantees' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  const open = () => fireEvent.click(firstRow(core, true).querySelector('[role="cell"]') as HTMLElement)
  open()
  fireEvent.change(await screen.findByLabelText('New note'), { target: { value: 'call after six' } })
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  open()
  const field = await screen.findByLabelText<HTMLTextAreaElement>('New note')
  expect(field.value).toBe('call after six')
  fireEvent.click(screen.getByLabelText('Important'))
  fireEvent.submit(field.closest('form') as HTMLFormElement)
  await waitFor(() => expect(field.value).toBe(''))
  const sent = core.calls.find((call) => call.name === 'guarantee.note')
  expect(sent?.input).toEqual({ id: expect.any(Number), text: 'call after six', important: true })
})

test('[V142] without a link the panel says that notes are not kept here', async () => {
  const { core } = await drawPage('offline', { at: 'guarantees' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  fireEvent.click(firstRow(core, true).querySelector('[role="cell"]') as HTMLElement)
  await waitFor(() => expect(screen.getByRole('dialog').textContent).toContain('Notes are not kept at this desk'))
  expect(text()).not.toContain('Needs a lift')
})

test('[V140] guarantees are narrowed to one of the own groups and to the own ones, and each row names its group', async () => {
  await drawPage('13', { at: 'guarantees' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  expect(rows()[0]?.textContent).toContain('Family')
  const select = (label: string) => screen.getByLabelText<HTMLSelectElement>(label)
  expect([...select('Group').options].map(({ text: words }) => words.replace(/ \(.*/, ''))).toEqual([
    'Any group',
    'Family',
    'ديوانية الخميس',
    'In no group',
  ])
  fireEvent.change(select('Group'), { target: { value: '2' } })
  await waitFor(() => expect(location.hash).toBe('#/guarantees?group=2'))
  await waitFor(() => expect(rows().every((row) => row.textContent?.includes('ديوانية الخميس'))).toBe(true))
  fireEvent.change(select('Group'), { target: { value: '' } })
  fireEvent.change(select('Collector'), { target: { value: 'mine' } })
  await waitFor(() => expect(location.hash).toBe('#/guarantees?collector=mine'))
  await waitFor(() => expect(document.querySelectorAll('[aria-rowindex] [aria-disabled]').length).toBe(0))
  expect(rows().length).toBeGreaterThan(10)
})

const NOTES_NOT_MINE = 'Notes are for the collector who entered this guarantee.'
const NOT_MINE = 'Only the collector who entered it may change this guarantee.'

test('[V51] a guarantee of another collector is told, not changed; the reason comes with the focus', async () => {
  const { core } = await drawPage('13', { at: 'guarantees' })
  await waitFor(() => expect(rows().length).toBeGreaterThan(10))
  const index = core.world.guarantees.findIndex((row) => !row.mine)
  const row = within(rows()[index] as HTMLElement)
  const refused = row.getAllByRole('button')
  expect(refused.map((button) => button.getAttribute('aria-disabled'))).toEqual(['true', 'true', 'true', 'true'])
  expect(refused.map((button) => button.getAttribute('aria-description'))).toEqual([
    NOTES_NOT_MINE,
    NOT_MINE,
    NOT_MINE,
    NOT_MINE,
  ])
  for (const button of refused) fireEvent.click(button)
  expect(screen.queryByRole('dialog', { hidden: true })).toBeNull()
  refused[1]?.focus()
  await screen.findByText(NOT_MINE)
  expect(core.calls).toEqual([])
})

test('[V52] at a committee the account is not assigned to the field says why and marks nothing', async () => {
  const { core } = await drawPage('clerk', { at: 'attendance?committee=f2' })
  const field = await screen.findByLabelText('Elector number')
  await waitFor(() => expect(text()).toMatch(/not assigned to committee .?f2/))
  expect((field as HTMLInputElement).readOnly).toBe(true)
  expect(field.getAttribute('aria-description')).toContain('f2')
  fireEvent.submit(field.closest('form') as HTMLFormElement)
  fireEvent.change(document.querySelector('form select') as HTMLSelectElement, { target: { value: 'm2' } })
  await waitFor(() => expect((field as HTMLInputElement).readOnly).toBe(false))
  expect(core.calls).toEqual([])
})

test('[V29] a count nobody has entered is said', async () => {
  await drawPage('13', { at: 'count' })
  await screen.findByText(/No counts yet. They appear when the first committee/)
})

test('[V46] results are shown in the server’s ranking, with their status', async () => {
  await drawPage('13,counting', { at: 'results' })
  await screen.findByText('Preliminary')
  const ranks = [...document.querySelectorAll('tbody tr')].map((row) => Number(row.querySelector('td')?.textContent))
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
  expect(ranks.length).toBe(30)
})

test('[V47] the link page says in a sentence how it stands, and shows causes, topics and what was kept aside', async () => {
  await drawPage('13', { at: 'link' })
  await screen.findByText(/Live for 3 h 12 min. 2 breaks since the console started. Nothing missing./)
  await screen.findByText('The server is restarting.')
  expect(text()).toContain('close 1012')
  expect(text()).toContain('vote_countz')
})
