// @vitest-environment jsdom
import { act, fireEvent, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { useDrafts } from '../../../src/renderer/src/features/count/sheet-drafts.ts'
import { drawPage, type Page, screen, text, usePage } from '../support.tsx'

usePage()
afterEach(() => useDrafts.setState({ drafts: {} }))

const OPEN = { at: 'count?committee=m1&sheet=open' }
const field = (name: string) => document.getElementById(`sheet-${name}`) as HTMLInputElement
const inputs = () =>
  [...document.querySelectorAll<HTMLInputElement>('[id^="sheet-"]')].filter((each) => 'value' in each)
const type = (name: string, value: string) => {
  fireEvent.change(field(name), { target: { value } })
  fireEvent.blur(field(name))
}
const candidatesOf = ({ core }: Page) => [...core.world.candidates].sort((a, b) => a.number - b.number)

/** A sheet without a fault: every candidate twenty, as many ballots as came. */
async function fillIn(page: Page) {
  await waitFor(() => expect(field('cast')).not.toBeNull())
  type('cast', String(page.core.world.committees[0]?.attended))
  type('invalid', '٧')
  for (const { id } of candidatesOf(page)) type(String(id), '٢٠')
}
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save the sheet' }))
const entered = ({ core }: Page) => core.calls.filter((call) => call.name === 'count.enter')

test('[V53] the fields follow the paper; Enter goes on and at last to the button', async () => {
  const page = await drawPage('13,counting', OPEN)
  await waitFor(() => expect(field('cast')).not.toBeNull())
  const order = inputs().map((input) => input.id)
  const paper = ['cast', 'invalid', ...candidatesOf(page).map((row) => String(row.id))]
  expect(order.filter((id) => id !== 'sheet-save')).toEqual(paper.map((name) => `sheet-${name}`))
  expect(document.activeElement).toBe(field('cast'))
  for (const name of paper) {
    expect(document.activeElement?.id).toBe(`sheet-${name}`)
    fireEvent.keyDown(field(name), { key: 'Enter' })
  }
  expect(document.activeElement?.textContent).toBe('Save the sheet')
})

test('[V53] the sum runs beside the ballots, and what is sent is ASCII and whole', async () => {
  const page = await drawPage('13', OPEN)
  await fillIn(page)
  expect(text()).toContain('Votes typed600')
  save()
  await waitFor(() => expect(entered(page).length).toBe(1))
  expect(entered(page)[0]?.input).toEqual({
    committee: page.core.world.committees[0]?.id,
    cast: page.core.world.committees[0]?.attended,
    invalid: 7,
    votes: candidatesOf(page).map((row) => ({ candidate: row.id, votes: 20 })),
    remarks: [],
  })
})

test('[V54] a rule speaks once its field is left, and a fault is not saved', async () => {
  const page = await drawPage('13', OPEN)
  await waitFor(() => expect(field('1')).not.toBeNull())
  fireEvent.change(field('1'), { target: { value: 'ten' } })
  expect(text()).not.toContain('Type a whole number')
  fireEvent.blur(field('1'))
  await waitFor(() => expect(text()).toContain('Type a whole number, digits only.'))
  await fillIn(page)
  type('invalid', '9999')
  save()
  await waitFor(() => expect(document.activeElement).toBe(field('invalid')))
  expect(text()).toMatch(/9.999 invalid of \d+ cast: more than there are\./)
  expect(field('invalid').getAttribute('aria-invalid')).toBe('true')
  expect(entered(page)).toEqual([])
})

test('[V54] empty fields are counted when one saves, not before', async () => {
  await drawPage('13', OPEN)
  await waitFor(() => expect(field('cast')).not.toBeNull())
  expect(text()).not.toContain('fields are empty')
  save()
  await screen.findByText('32 fields are empty. Where the paper has none, type 0.')
})

test('[V54][V210] what is unlikely is saved only with words to each warning; they go with the sheet', async () => {
  const page = await drawPage('13', OPEN)
  await fillIn(page)
  const came = page.core.world.committees[0]?.attended ?? 0
  type('cast', String(came + 1))
  save()
  await waitFor(() => expect(document.activeElement?.id).toBe('why-W201-cast'))
  expect(text()).toContain(`${came + 1} ballots cast, but only ${came} came.`)
  expect(text()).toContain('Say why, in a few words')
  expect(entered(page)).toEqual([])
  const why = screen.getByLabelText('Why the paper has this (W201)')
  fireEvent.change(why, { target: { value: 'One was marked on paper only' } })
  save()
  await waitFor(() => expect(entered(page).length).toBe(1))
  expect(entered(page)[0]?.input).toMatchObject({
    remarks: [{ code: 'W201', field: 'cast', n: came + 1, most: came, words: 'One was marked on paper only' }],
  })
})

test('[V361] what only the core finds is shown too, asked for words and led to', async () => {
  const page = await drawPage('13', OPEN)
  await fillIn(page)
  page.core.finds.push({ code: 'W402', field: '3', n: 20, most: 90 })
  save()
  await screen.findByText('A warning has no explanation yet. Say why the paper has it, then save again.')
  const why = await screen.findByLabelText('Why the paper has this (W402)')
  save()
  await waitFor(() => expect(document.activeElement).toBe(why))
  expect(entered(page)).toEqual([])
  fireEvent.change(why, { target: { value: 'The first was a misprint' } })
  save()
  await waitFor(() => expect(entered(page).length).toBe(1))
  expect(entered(page)[0]?.input).toMatchObject({ remarks: [{ code: 'W402', words: 'The first was a misprint' }] })
})

test('[V210] another figure wants words of its own; a fault asks for none', async () => {
  const page = await drawPage('13', OPEN)
  await fillIn(page)
  const came = page.core.world.committees[0]?.attended ?? 0
  type('cast', String(came + 1))
  fireEvent.change(await screen.findByLabelText('Why the paper has this (W201)'), {
    target: { value: 'On paper only' },
  })
  type('cast', String(came + 2))
  const why = screen.getByLabelText<HTMLTextAreaElement>('Why the paper has this (W201)')
  expect(why.value).toBe('')
  type('3', 'x')
  await waitFor(() => expect(screen.queryByLabelText('Why the paper has this (W201)')).toBeNull())
})

test('[V211] every rule that speaks is on the list with its code, and leads to its field by the keyboard', async () => {
  const page = await drawPage('13', OPEN)
  await fillIn(page)
  type('5', 'x')
  type('invalid', '9999')
  save()
  const list = screen.getByRole('list', { name: 'What the rules say' })
  const lines = [...list.querySelectorAll('button')]
  expect(lines.map((line) => line.textContent?.slice(0, 4))).toEqual(['F102', 'F201'])
  lines[1]?.focus()
  fireEvent.click(lines[1] as HTMLButtonElement)
  expect(document.activeElement).toBe(field('invalid'))
  fireEvent.keyDown(field('invalid'), { key: 'F8' })
  expect(document.activeElement).toBe(field('5'))
  fireEvent.keyDown(field('5'), { key: 'F8', shiftKey: true })
  expect(document.activeElement).toBe(field('invalid'))
})

test('[V55] what was typed stays until the server confirmed it: refused, it can be corrected', async () => {
  const page = await drawPage('13,offline', OPEN)
  await fillIn(page)
  save()
  await screen.findByText('Saved at this desk. Sent as soon as the server takes it.')
  expect(field('1').readOnly).toBe(true)
  act(() => page.core.settle('sent'))
  await screen.findByText('Sent, not confirmed yet.')
  expect(screen.queryByRole('button', { name: 'Put the sheet away' })).toBeNull()
  act(() => page.core.settle('rejected', 'Candidate 3 does not exist.'))
  await waitFor(() => expect(text()).toContain('Candidate 3 does not exist.'))
  expect([field('1').value, field('1').readOnly]).toEqual(['٢٠', false])
  save()
  await waitFor(() => expect(entered(page).length).toBe(2))
  act(() => page.core.settle('confirmed'))
  fireEvent.click(await screen.findByRole('button', { name: 'Put the sheet away' }))
  await waitFor(() => expect(location.hash).toBe('#/count?committee=m1'))
  location.hash = '#/count?committee=m1&sheet=open'
  await waitFor(() => expect(field('1')?.value).toBe(''))
})

test('[V55] a look at another screen loses nothing of a sheet', async () => {
  await drawPage('13', { at: 'count?committee=m2&sheet=open' })
  await waitFor(() => expect(field('cast')).not.toBeNull())
  type('cast', '123')
  location.hash = '#/board'
  await waitFor(() => expect(field('cast')).toBeNull())
  location.hash = '#/count'
  await screen.findByText('draft here')
  location.hash = '#/count?committee=m2&sheet=open'
  await waitFor(() => expect(field('cast')?.value).toBe('123'))
})

test('[V56] who may not enter counts is told so at the button and where the sheet would be', async () => {
  await drawPage('clerk', { at: 'count?committee=m1' })
  const link = await screen.findByRole('button', { name: /^Enter the count sheet of/ })
  await waitFor(() => expect(link.getAttribute('aria-disabled')).toBe('true'))
  expect(link.getAttribute('aria-description')).toContain('may not enter counts')
  fireEvent.click(link)
  expect(location.hash).toBe('#/count?committee=m1')
  location.hash = '#/count?committee=m1&sheet=open'
  await screen.findByText(/Your account may not enter counts/)
  expect(field('cast')).toBeNull()
})
