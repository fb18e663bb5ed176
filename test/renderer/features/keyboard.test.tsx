// @vitest-environment jsdom
import { act, fireEvent, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { searchItems } from '../../../src/renderer/src/features/palette/search-items.ts'
import { actionOf } from '../../../src/renderer/src/store/keys.ts'
import { usePreferences } from '../../../src/renderer/src/store/preferences.ts'
import { drawPage, screen, usePage } from '../support.tsx'

usePage()
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.body, { key, ...more })

test('[V32] g and a letter go to a screen', async () => {
  await drawPage('13')
  await screen.findByText('Live')
  press('g')
  press('l')
  await waitFor(() => expect(location.hash).toBe('#/link'))
})

test('[V32] keys rest while a field has the focus, and when they are turned off', async () => {
  await drawPage('13', { at: 'attendance' })
  const field = await screen.findByLabelText('Elector number')
  fireEvent.keyDown(field, { key: 'n' })
  expect(location.hash).toBe('#/attendance')
  act(() => {
    usePreferences.setState({ singleKeys: false })
  })
  press('n')
  expect(location.hash).toBe('#/attendance')
  act(() => {
    usePreferences.setState({ singleKeys: true })
  })
  press('n')
  await waitFor(() => expect(location.hash).toBe('#/incidents'))
})

test('[V32] a letter that belongs to no screen after g does nothing', () => {
  expect(actionOf('b', 'g')).toBe('board')
  expect(actionOf('z', 'g')).toBeNull()
  expect(actionOf('?', null)).toBe('help')
  expect(actionOf('b', null)).toBeNull()
})

test('[V32] the question mark lists every key', async () => {
  await drawPage('13')
  await screen.findByText('Live')
  press('?')
  const dialog = await screen.findByRole('dialog', { name: 'Keys' })
  for (const words of ['Search and commands', 'Mark attendance', 'Go to the faults', 'Go to Link']) {
    expect(dialog.textContent).toContain(words)
  }
})

test('[V209] the palette has the focus as soon as it is drawn', async () => {
  await drawPage('13')
  await screen.findByText('Live')
  press('k', { ctrlKey: true })
  expect(document.activeElement?.getAttribute('role')).toBe('combobox')
})

test('[V31] Ctrl K finds a committee and Enter goes there', async () => {
  await drawPage('13')
  await screen.findByText('Live')
  press('k', { ctrlKey: true })
  const field = await screen.findByRole('combobox')
  fireEvent.change(field, { target: { value: 'm٢ att' } })
  fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => expect(location.hash).toBe('#/attendance?committee=m2'))
})

test('[V31] every word typed has to occur; those that begin with it come first', () => {
  const item = (id: string, title: string) => ({ id, title, run: () => undefined })
  const items = [item('a', 'Open the board'), item('b', 'Board'), item('c', 'Link')]
  expect(searchItems(items, 'bo').map((each) => each.id)).toEqual(['b', 'a'])
  expect(searchItems(items, 'board open').map((each) => each.id)).toEqual(['a'])
  expect(searchItems(items, 'nothing')).toEqual([])
})

test('[V48] every screen has a skip link, one main, one heading and a named navigation', async () => {
  for (const at of ['board', 'guarantees', 'attendance', 'count', 'results', 'link']) {
    await drawPage('13,counting', { at })
    await waitFor(() => expect(document.querySelectorAll('h1').length).toBeGreaterThanOrEqual(1))
    expect(document.querySelectorAll('main').length).toBe(1)
    expect(document.querySelectorAll('h1').length).toBe(1)
    expect(screen.getByRole('link', { name: 'Skip to content' })).toBeDefined()
    expect(screen.getByRole('navigation', { name: 'Screens' })).toBeDefined()
    const { cleanup } = await import('@testing-library/react')
    cleanup()
  }
})
