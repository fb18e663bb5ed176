// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, text, usePage } from '../support.tsx'

usePage()

const openDialog = async (name = 'How much is kept…') => {
  fireEvent.click(await screen.findByRole('button', { name }))
  return within(await screen.findByRole('dialog'))
}
type Found = Awaited<ReturnType<typeof openDialog>>
const field = (dialog: Found, name: string) => dialog.getByRole<HTMLInputElement>('textbox', { name })
const type = (dialog: Found, name: string, value: string) =>
  fireEvent.change(field(dialog, name), { target: { value } })
const [PART, KEEP, SURE] = ['Size of a file, MB', 'Keep of each journal, MB', /will be gone for good/] as const
const asked = (core: Awaited<ReturnType<typeof drawPage>>['core']) =>
  core.calls.filter(({ name }) => name === 'keeping.set').map(({ input }) => input)
const words = (dialog: Found, name: string) => {
  const input = field(dialog, name)
  const said = input.getAttribute('aria-describedby')?.split(' ') ?? []
  return said.map((id) => document.getElementById(id)?.textContent).join(' ')
}

test('[V434] the link page tells how large the journal is, from when on it is kept and what becomes of the oldest', async () => {
  const { core } = await drawPage('13', { at: 'link' })
  await screen.findByText(
    /The journal open here is 1.210 MB in 3 files\. Every event since .* Nothing is ever let go\./,
  )
  const dialog = await openDialog()
  expect(dialog.getByText(/Every file until a week after its last event/)).toBeTruthy()
  type(dialog, PART, '64')
  type(dialog, KEEP, '٢٠٤٨')
  fireEvent.click(dialog.getByLabelText(SURE))
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked(core)).toEqual([{ partMb: 64, keepMb: 2_048 }]))
  await waitFor(() => expect(text()).toMatch(/Past 2.048 MB the oldest files are let go, each a week after/))
})

test('[V435] what is no number, out of bounds or less than one file is named with its field and what to type, and nothing is set', async () => {
  const { core } = await drawPage('13', { at: 'link' })
  const dialog = await openDialog()
  const save = () => fireEvent.click(dialog.getByRole('button', { name: 'Save' }))
  for (const [part, keep, name, said] of [
    ['1.5', '', PART, /“Size of a file”: type a whole number of MB from 1 to 100.000/],
    ['0', '', PART, /“Size of a file”/],
    ['100001', '', PART, /“Size of a file”/],
    ['', 'much', KEEP, /“Keep of each journal”: type a whole number of MB from 1 to 10.000.000/],
    ['', '10000001', KEEP, /“Keep of each journal”/],
    ['', '511', KEEP, /less than one file cannot be kept\. Type 512 or more/],
    ['64', '63', KEEP, /Type 64 or more/],
  ] as const) {
    type(dialog, PART, part)
    type(dialog, KEEP, keep)
    save()
    expect(words(dialog, name)).toMatch(said)
    expect(field(dialog, name).getAttribute('aria-invalid')).toBe('true')
    expect(document.activeElement).toBe(field(dialog, name))
  }
  expect(asked(core)).toEqual([])
})

test('[V435] keeping less than before is said to be for good, and has to be ticked', async () => {
  const { core } = await drawPage('13', { at: 'link' })
  const dialog = await openDialog()
  expect(dialog.queryByLabelText(SURE)).toBeNull()
  type(dialog, KEEP, '4096')
  expect(dialog.getByRole('note').textContent).toContain('cannot be brought back')
  fireEvent.submit(field(dialog, KEEP).form!)
  expect(dialog.getByText(/Tick this to go on/)).toBeTruthy()
  expect(document.activeElement).toBe(dialog.getByLabelText(SURE))
  expect(asked(core)).toEqual([])
  fireEvent.click(dialog.getByLabelText(SURE))
  fireEvent.submit(field(dialog, KEEP).form!)
  await waitFor(() => expect(asked(core)).toEqual([{ partMb: null, keepMb: 4_096 }]))
  // More than before lets nothing more go.
  const again = await openDialog()
  type(again, KEEP, '8192')
  expect(again.queryByRole('note')).toBeNull()
})

test('[V436] who may not change it sees what is set, and why it cannot be changed', async () => {
  const { core } = await drawPage('13,clerk', { at: 'link' })
  const dialog = await openDialog()
  expect(field(dialog, KEEP).readOnly).toBe(true)
  expect(dialog.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true')
  expect(dialog.getByText('Only an administrator may change this.')).toBeTruthy()
  fireEvent.submit(field(dialog, KEEP).form!)
  expect(asked(core)).toEqual([])
})

test('[V434] the same in Arabic', async () => {
  await drawPage('13', { at: 'link', preferences: { language: 'ar' } })
  const dialog = await openDialog('كم يُحفظ…')
  expect(dialog.getByText(/في 3 ملفات|في ٣ ملفات/)).toBeTruthy()
  expect(field(dialog, 'ما يُحفظ من كل سجل، م.ب')).toBeTruthy()
})
