// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, settle, text, usePage } from '../support.tsx'

usePage()

test('[V330] attendance is a list, hours, or held against the paper, each at its address; the field stays', async () => {
  await drawPage('13', { at: 'attendance?committee=f1' })
  const views = within(await screen.findByRole('navigation', { name: 'Views of attendance' }))
  expect(views.getByRole('link', { name: 'By hour' }).getAttribute('href')).toBe('#/attendance?committee=f1&view=hours')
  fireEvent.click(views.getByRole('link', { name: 'Reconcile' }))
  await screen.findByRole('region', { name: 'Marked, told, on paper' })
  expect(location.hash).toContain('view=reconcile')
  expect(document.querySelector('#mark-number')).not.toBeNull()
  expect(document.querySelector('[aria-rowindex]')).toBeNull()
})

test('[V331] the bars have a table of the same points, and words for the hour with the most', async () => {
  await drawPage('13,doubt', { at: 'attendance?view=hours' })
  const panel = within(await screen.findByRole('region', { name: 'Arrivals by hour' }))
  fireEvent.click(panel.getByRole('button', { name: 'As a table' }))
  const rows = panel.getAllByRole('row')
  expect(rows.length).toBeGreaterThan(5)
  expect(rows[0]?.textContent).toBe('TimeAllMarked at this deskMarked elsewhereTyped here, not at the server yet')
  expect(panel.getByText(/The most came at \d\d:\d\d: \d+\./)).toBeTruthy()
  expect(panel.getByRole('link', { name: /doubt|not|since|ago/i })).toBeTruthy()
})

test('[V331] before anybody was marked the hours say what will come', async () => {
  await drawPage('13,quiet', { at: 'attendance?view=hours' })
  await screen.findByText(/Nobody was marked yet/)
})

test('[V332] three figures side by side with their trust; a difference leads to where it comes from', async () => {
  await drawPage('13', { at: 'attendance?view=reconcile&committee=f1' })
  const panel = within(await screen.findByRole('region', { name: 'Marked, told, on paper' }))
  for (const head of ['Marked at this desk', 'The server says', 'On paper']) expect(panel.getByText(head)).toBeTruthy()
  expect(panel.getByText(/Typed by a person, not checked by anything/)).toBeTruthy()
  const todo = within(panel.getByRole('region', { name: 'What to do' }))
  fireEvent.click(todo.getByRole('button', { name: 'Show them' }))
  await waitFor(() => expect(document.querySelector('[aria-expanded="true"]')).not.toBeNull())
})

test('[V451] what is held against each other is of one instant, which is said', async () => {
  await drawPage('13', { at: 'attendance?view=reconcile' })
  const panel = within(await screen.findByRole('region', { name: 'Marked, told, on paper' }))
  expect(panel.getByText(/^as of \d\d:\d\d:\d\d$/).title).toContain('of one instant')
})

test('[V332] of all committees those that differ come first, each leading to its own', async () => {
  await drawPage('13', { at: 'attendance?view=reconcile' })
  const table = within(await screen.findByRole('table', { name: 'Marked, told, on paper' }))
  const [, first] = table.getAllByRole('row')
  expect(first?.textContent).toContain('4 more on paper')
  expect(within(first!).getByRole('link', { name: /^f1 / }).getAttribute('href')).toBe(
    '#/attendance?view=reconcile&committee=f1',
  )
})

test('[V333] the paper takes either digit set, and asks why when it is typed again', async () => {
  const { core } = await drawPage('13', { at: 'attendance?view=reconcile&committee=f1' })
  fireEvent.click(await screen.findByRole('button', { name: /Count again/ }))
  const dialog = within(await screen.findByRole('dialog'))
  fireEvent.change(dialog.getByLabelText('People on the paper list'), { target: { value: '٣٠٠' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }))
  expect(dialog.getByText('Say why it is counted again.')).toBeTruthy()
  fireEvent.change(dialog.getByLabelText('Why it is counted again'), { target: { value: 'a page was missed' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(core.calls.find(({ name }) => name === 'paper.enter')?.input).toEqual({
    ...{ committee: 'f1', count: 300, reason: 'a page was missed' },
  })
  await settle()
  expect(text()).toContain('a page was missed')
})

test('[V333] more than there are electors is said before it is saved; what is no number is not sent', async () => {
  const { core } = await drawPage('13', { at: 'attendance?view=reconcile&committee=m2' })
  fireEvent.click(await screen.findByRole('button', { name: /Count the paper: / }))
  const dialog = within(await screen.findByRole('dialog'))
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }))
  expect(dialog.getByText('A whole number is needed, 0 or more.')).toBeTruthy()
  fireEvent.change(dialog.getByLabelText('People on the paper list'), { target: { value: '9999' } })
  expect(dialog.getByText(/More than the \d+ electors of this committee/)).toBeTruthy()
  expect(core.calls.some(({ name }) => name === 'paper.enter')).toBe(false)
})
