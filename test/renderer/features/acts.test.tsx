// @vitest-environment jsdom
import { act, cleanup, fireEvent, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { useDrafts } from '../../../src/renderer/src/features/count/sheet-drafts.ts'
import { drawPage, type Page, screen, text, usePage } from '../support.tsx'

usePage()
afterEach(() => useDrafts.setState({ drafts: {} }))

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })
const callsOf = ({ core }: Page, name: string) =>
  core.calls.filter((call) => call.name === name).map((call) => call.input)
const number = () => document.getElementById('mark-number') as HTMLInputElement

test('[V173] a number of another committee or of nobody offers to record the arrival as pending', async () => {
  const page = await drawPage('13,clerk', { at: 'attendance' })
  await waitFor(() => expect(number()).not.toBeNull())
  fireEvent.change(number(), { target: { value: '405' } })
  fireEvent.click(await screen.findByRole('button', { name: 'Record as pending' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Record' }))
  await waitFor(() =>
    expect(callsOf(page, 'attendance.pending')).toEqual([{ elector: '405', committee: 'm1', name: '', notes: '' }]),
  )
  expect(number().value).toBe('')
  fireEvent.change(number(), { target: { value: '404' } })
  fireEvent.click(await screen.findByRole('button', { name: 'Record as pending' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Record' }))
  await screen.findByText('Type the name: the register does not have this number.')
  type('Name as on the identity card', 'Noura Saleh')
  press('Record')
  await waitFor(() =>
    expect(callsOf(page, 'attendance.pending').at(-1)).toEqual({
      ...{ elector: '404', committee: 'm1', name: 'Noura Saleh', notes: '' },
    }),
  )
})

test('[V173] a mark is corrected with a reason, and where the account may not the button says why', async () => {
  const page = await drawPage('13', { at: 'attendance' })
  const [first] = await screen.findAllByRole('button', { name: /^Correct the mark of / })
  fireEvent.click(first as HTMLElement)
  fireEvent.click(await screen.findByLabelText('Did not come: take the mark away'))
  type('Reason', 'marked the neighbour')
  press('Correct')
  await waitFor(() => expect(callsOf(page, 'attendance.correct').length).toBe(1))
  expect(callsOf(page, 'attendance.correct')[0]).toMatchObject({ to: 'removed', reason: 'marked the neighbour' })
  cleanup()
  await drawPage('13,clerk', { at: 'attendance?committee=m4' })
  const [barred] = await screen.findAllByRole('button', { name: /^Correct the mark of / })
  expect(barred?.getAttribute('aria-description')).toMatch(/not assigned to this committee/)
})

test('[V174] a guarantee is created, given another group, and taken away with a reason', async () => {
  const page = await drawPage('13', { at: 'guarantees' })
  fireEvent.click(await screen.findByText('New guarantee…'))
  await screen.findByRole('dialog')
  press('Save')
  await screen.findByText(/Type the elector’s number/)
  type('Elector number', '٠٠٧٤٢')
  press('Save')
  await waitFor(() =>
    expect(callsOf(page, 'guarantee.create')).toEqual([
      { elector: '00742', status: 'GUARANTEED', group: null, mobile: '', note: '' },
    ]),
  )
  await waitFor(() => expect(document.querySelector('[role="dialog"]')).toBeNull())
  const edit = async () => {
    // By attribute: asking by role reads the styles of every cell.
    const all = await waitFor(() => {
      const found = [...document.querySelectorAll<HTMLElement>('[aria-label^="More for "]')]
      expect(found.length).toBeGreaterThan(0)
      return found
    })
    fireEvent.click(all.find((each) => each.getAttribute('aria-disabled') === null) as HTMLElement)
    return within(await screen.findByRole('dialog'))
  }
  const dialog = await edit()
  const choice = dialog.getByLabelText<HTMLSelectElement>('Group')
  const other = [...choice.options].find((option) => option.value !== choice.value)?.value ?? ''
  fireEvent.change(choice, { target: { value: other } })
  press('Save')
  const group = other === '' ? null : Number(other)
  await waitFor(() => expect(callsOf(page, 'guarantee.update')).toMatchObject([{ group }]))
  await waitFor(() => expect(document.querySelector('[role="dialog"]')).toBeNull())
  await edit()
  press('Take away…')
  await screen.findByText(/no way back/)
  type('Reason', 'entered twice')
  press('Take it away')
  await waitFor(() => expect(callsOf(page, 'guarantee.remove')).toMatchObject([{ reason: 'entered twice' }]))
})

test('[V175] a complete sheet is verified by who may; else the button says why', async () => {
  const page = await drawPage('13,counting', { at: 'count' })
  await waitFor(() => expect(page.core.world.committees.length).toBe(13))
  const of = (entry: string) => page.core.world.committees.find((row) => row.entry === entry)
  const [complete, verified] = [of('COMPLETED'), of('VERIFIED')]
  act(() => void (location.hash = `#/count?committee=${complete?.code}`))
  fireEvent.click(await screen.findByRole('button', { name: /^Verify the sheet of / }))
  await screen.findByText(/You say that you compared/)
  press('It agrees with the paper: verify')
  await waitFor(() => expect(callsOf(page, 'count.verify')).toEqual([{ committee: complete?.id }]))
  act(() => void (location.hash = `#/count?committee=${verified?.code}`))
  const why = () => screen.getByRole('button', { name: /^Verify the sheet of / }).getAttribute('aria-description')
  await waitFor(() => expect(why()).toBe('This sheet is verified already.'))
  cleanup()
  await drawPage('13,counting,clerk', { at: 'count?committee=m1' })
  await waitFor(() => expect(why()).toMatch(/may not verify/))
})

test('[V176] results are published by who types their own name, and the page counts down', async () => {
  const page = await drawPage('13,counting,offline', { at: 'results' })
  fireEvent.click(await screen.findByRole('button', { name: 'Publish…' }))
  await screen.findByRole('dialog')
  type(/^Sign off/, 'Somebody Else')
  press('Publish now')
  await screen.findByText(/Type your name just as/)
  expect(callsOf(page, 'results.publish')).toEqual([])
  type(/^Sign off/, 'noura al-sabah')
  press('Publish now')
  await screen.findByText(/^Publishing\. Given up in .?[12]:\d\d.? unless/)
  expect(callsOf(page, 'results.publish')).toEqual([{ deadline: expect.any(Number) as number }])
  expect(screen.getByRole('button', { name: 'Publish…' }).getAttribute('aria-description')).toBe(
    'They are being published.',
  )
  act(() => page.core.settle('expired'))
  await screen.findByText(/^Not published: the server could not be reached by/)
})

test('[V176] who may not add up or publish is told why', async () => {
  await drawPage('13,clerk', { at: 'results' })
  const button = await screen.findByRole('button', { name: 'Add up the verified sheets' })
  expect(button.getAttribute('aria-description')).toMatch(/may not add up/)
})

test('[V177] a sheet that is not saved is a draft that another load of the page finds again', async () => {
  const OPEN = { at: 'count?committee=m1&sheet=open' }
  const cast = () => document.getElementById('sheet-cast') as HTMLInputElement
  await drawPage('13,counting', OPEN)
  await waitFor(() => expect(cast()).not.toBeNull())
  expect(text()).not.toContain('Draft, only on this screen')
  fireEvent.change(cast(), { target: { value: '412' } })
  await screen.findByText(/^Draft, only on this screen, not saved/)
  const kept = localStorage.getItem('tallydesk.sheets') ?? ''
  cleanup()
  useDrafts.setState({ drafts: {} })
  localStorage.setItem('tallydesk.sheets', kept)
  await useDrafts.persist.rehydrate()
  await drawPage('13,counting', OPEN)
  await waitFor(() => expect(cast()?.value).toBe('412'))
  localStorage.setItem('tallydesk.sheets', '{"state":{"drafts":7},"version":1}')
  await useDrafts.persist.rehydrate()
  expect(useDrafts.getState().drafts).toEqual({})
})
