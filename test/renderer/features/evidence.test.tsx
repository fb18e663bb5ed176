// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, usePage } from '../support.tsx'

usePage()

const openDialog = async (name = 'Evidence pack…') => {
  fireEvent.click(await screen.findByRole('button', { name }))
  return within(await screen.findByRole('dialog'))
}

test('[X85] the results page leads to the pack; sealed is what is offered first', async () => {
  const { core } = await drawPage('13', { at: 'results' })
  const dialog = await openDialog()
  const asked = () => core.calls.filter(({ name }) => name === 'evidence.make').map(({ input }) => input)
  expect(dialog.getByLabelText<HTMLInputElement>('Put the journal itself in').getAttribute('aria-disabled')).toBe(
    'true',
  )
  fireEvent.click(dialog.getByRole('button', { name: 'Make the pack' }))
  await waitFor(() => expect(asked()).toEqual([{ sealed: true, withJournal: false, language: 'en' }]))
  fireEvent.click(dialog.getByLabelText(/Open, for those/))
  fireEvent.click(dialog.getByLabelText('Put the journal itself in'))
  fireEvent.click(dialog.getByRole('button', { name: 'Make the pack' }))
  await waitFor(() => expect(asked().at(-1)).toEqual({ sealed: false, withJournal: true, language: 'en' }))
})

test('[X85] who may not make one finds the way there and the reason', async () => {
  await drawPage('13,clerk', { at: 'results' })
  const dialog = await openDialog()
  expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Make the pack' }).getAttribute('aria-disabled')).toBe(
    'true',
  )
  expect(dialog.getByText('Only an administrator may make one.')).toBeTruthy()
})

test('[X86] a making says how far it is, and can be cancelled', async () => {
  const { core } = await drawPage('13,packing', { at: 'results' })
  const dialog = await openDialog()
  expect(dialog.getByRole('status').textContent).toMatch(/Reading the journal: 84.000 of 214.136 records/)
  fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(core.calls.some(({ name }) => name === 'evidence.cancel')).toBe(true))
})

test('[X88] a pack that was made shows its head, its sign and how to verify it', async () => {
  await drawPage('13,pack', { at: 'results' })
  const dialog = await openDialog()
  expect(dialog.getByText(/^5f1d3c0e/)).toBeTruthy()
  expect(dialog.getByRole('img').getAttribute('aria-label')).toContain('tallydesk 1 tally-example 1 official 214136')
  expect(dialog.getByText(/tallydesk pack verify evidence-tally-example/)).toBeTruthy()
  const save = dialog.getByRole('link', { name: 'Save the file (21 MB)' })
  expect(save.getAttribute('href')).toBe('/evidence/evidence-tally-example-1-official-214136.zip')
})

test('[J149] a pack of a journal whose beginning was let go says from when on the journal is in it', async () => {
  await drawPage('13,pack-of-kept', { at: 'results' })
  const dialog = await openDialog()
  expect(dialog.getByRole('note').textContent).toMatch(/from record 98.304 of .*Nov.* on\. What came before was let go/)
})

test('[X88] the same in Arabic', async () => {
  await drawPage('13,pack', { at: 'results', preferences: { language: 'ar' } })
  const dialog = await openDialog('حزمة الأدلة…')
  expect(dialog.getByRole('link', { name: /احفظ الملف/ })).toBeTruthy()
})

test('[X86] a pack that could not be written says what to do', async () => {
  await drawPage('13,no-pack', { at: 'results' })
  const dialog = await openDialog()
  expect(dialog.getByRole('alert').textContent).toContain('Free some space')
})
