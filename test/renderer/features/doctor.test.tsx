// @vitest-environment jsdom
import { fireEvent, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, text, usePage } from '../support.tsx'

usePage()

test('[X21] the doctor is asked from the Link page, and writes nothing unless the box says so', async () => {
  const { core } = await drawPage('13', { at: 'link' })
  const ran = () => core.calls.filter((call) => call.name === 'doctor.run').map((call) => call.input)
  fireEvent.click(await screen.findByRole('button', { name: 'Look into it' }))
  await waitFor(() => expect(ran()).toEqual([{ echo: false, listen: false }]))
  fireEvent.click(screen.getByLabelText(/write one record of mine as it is/))
  fireEvent.click(screen.getByLabelText(/Listen for half a minute/))
  fireEvent.click(screen.getByRole('button', { name: 'Look into it' }))
  await waitFor(() => expect(ran().at(-1)).toEqual({ echo: true, listen: true }))
})

test('[X21] each finding has its verdict, what it means and what to do, and the proof for the technician', async () => {
  await drawPage('offline', { at: 'link' })
  const list = await screen.findByRole('list', { name: 'What was found' })
  expect(list.children).toHaveLength(15)
  expect(list.children[0]?.textContent).toMatch(/Good.*Name.*The server’s name is known\./)
  expect(list.children[1]?.textContent).toMatch(/Bad.*Way there.*no server runs at that port/)
  expect(list.children[1]?.textContent).toContain('ECONNREFUSED')
  expect(list.children[14]?.textContent).toContain('Left out')
})

test('[X21] the same in Arabic', async () => {
  await drawPage('offline', { at: 'link', preferences: { language: 'ar' } })
  const list = await screen.findByRole('list', { name: 'ما وُجد' })
  expect(list.children[0]?.textContent).toContain('اسم الخادم معروف.')
})

test('[X33] diagnostics that cannot be made say what to do', async () => {
  const { core } = await drawPage('13', { at: 'link' })
  fireEvent.click(await screen.findByRole('button', { name: 'Save diagnostics' }))
  await waitFor(() => expect(text()).toContain('The diagnostics could not be made.'))
  expect(core.calls.some((call) => call.name === 'diagnostics.make')).toBe(true)
})
