// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { usePreferences } from '../../../src/renderer/src/store/preferences.ts'
import { drawPage, settle, usePage } from '../support.tsx'

usePage()

test('[V391] another language keeps what was typed and what is open', async () => {
  await drawPage('13', { at: 'attendance' })
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Elector number' })
  fireEvent.change(field, { target: { value: '1008' } })
  await act(async () => usePreferences.getState().set({ language: 'ar' }))
  await settle()
  await waitFor(() => expect(document.documentElement.dir).toBe('rtl'))
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'رقم الناخب' })).value).toBe('1008')
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  await screen.findByRole('dialog')
  await act(async () => usePreferences.getState().set({ language: 'en' }))
  await settle()
  expect(screen.getByRole('dialog', { name: 'Go anywhere, do anything' })).toBeDefined()
})
