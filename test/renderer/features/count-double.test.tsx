// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { useDrafts } from '../../../src/renderer/src/features/count/sheet-drafts.ts'
import { drawPage, type Page, screen, text, usePage } from '../support.tsx'

usePage()
afterEach(() => useDrafts.setState({ drafts: {} }))

const field = (name: string) => document.getElementById(`sheet-${name}`) as HTMLInputElement
const type = (name: string, value: string) => {
  fireEvent.change(field(name), { target: { value } })
  fireEvent.blur(field(name))
}
const callsOf = ({ core }: Page, name: string) =>
  core.calls.filter((call) => call.name === name).map(({ input }) => input)
/** The made-up desk: of the open committees the first waits for a second entry, the second and third differ, the fourth is one's own. */
const SCENE = '13,double,counting'
const open = (code: string) => ({ at: `count?committee=${code}&sheet=open` })

test('[V230] the first of two entries says that it stays here, and is not to be looked at afterwards', async () => {
  const page = await drawPage('13,double', open('m3'))
  await screen.findByText(/Yours is the first entry/)
  type('cast', String(page.core.world.committees[4]?.attended))
  type('invalid', '7')
  for (const { id } of page.core.world.candidates) type(String(id), '20')
  fireEvent.click(screen.getByRole('button', { name: 'Save the sheet' }))
  await screen.findByRole('heading', { name: 'Waits for a second person' })
  expect(callsOf(page, 'count.enter')).toHaveLength(1)
  expect(field('cast')).toBeNull()
  expect(useDrafts.getState().drafts).toEqual({})
  expect(localStorage.getItem('tallydesk.sheets')).not.toContain('20')
})

test('[V231] the second entry begins empty and shows nothing that was typed before', async () => {
  const page = await drawPage(SCENE, open('m5'))
  await screen.findByText(/Yours is the second entry/)
  expect(field('cast').value).toBe('')
  expect(text()).not.toContain('on record')
  expect(callsOf(page, 'count.look')).toEqual([])
})

test('[V232] where two differ one’s own sheet is there with only those fields open and empty', async () => {
  const page = await drawPage(SCENE, open('m6'))
  await screen.findByText(/Type only those again/)
  await waitFor(() => expect(field('1')).not.toBeNull())
  expect([field('1').value, field('1').readOnly]).toEqual(['20', true])
  expect([field('3').value, field('3').readOnly]).toEqual(['', false])
  expect(document.activeElement).toBe(field('3'))
  type('3', '23')
  fireEvent.keyDown(field('3'), { key: 'Enter' })
  expect(document.activeElement?.id).toBe('sheet-save')
  expect(callsOf(page, 'count.enter')).toEqual([])
})

test('[V233] who decides sees both figures of each field that differs, and sends what the paper says, with a reason', async () => {
  const page = await drawPage(SCENE, open('f5'))
  await screen.findByRole('heading', { name: 'Decide by the paper' })
  const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1)
  expect(rows).toHaveLength(2)
  const give = () => fireEvent.click(screen.getByRole('button', { name: 'Decide and send' }))
  give()
  expect(callsOf(page, 'count.resolve')).toEqual([])
  fireEvent.click(within(rows[0] as HTMLElement).getByRole('button', { name: /Take 120/ }))
  fireEvent.change(within(rows[1] as HTMLElement).getByRole('textbox'), { target: { value: '٢١١' } })
  give()
  expect(text()).toContain('Say why, in a few words.')
  fireEvent.change(screen.getByLabelText(/Reason/), { target: { value: 'Read the paper again' } })
  give()
  await waitFor(() => expect(callsOf(page, 'count.resolve')).toHaveLength(1))
  expect(callsOf(page, 'count.resolve')[0]).toMatchObject({
    take: [
      { field: 'cast', value: 120 },
      { field: '3', value: 211 },
    ],
    reason: 'Read the paper again',
  })
})

test('[V233] both entries are thrown away with a reason', async () => {
  const page = await drawPage(SCENE, open('f5'))
  fireEvent.click(await screen.findByRole('button', { name: 'Throw both away…' }))
  const dialog = await screen.findByRole('dialog')
  fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: 'Wrong paper' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Throw both away' }))
  await screen.findByText(/Yours is the first entry/)
  expect(callsOf(page, 'count.drop')).toMatchObject([{ reason: 'Wrong paper' }])
})

test('[V234] two people a sheet is turned on at the count', async () => {
  const page = await drawPage('13,counting', { at: 'count' })
  fireEvent.click(await screen.findByRole('button', { name: 'One person types each sheet' }))
  const dialog = await screen.findByRole('dialog', { name: 'How this desk counts' })
  fireEvent.click(within(dialog).getByLabelText('Two people type each sheet'))
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await screen.findByRole('button', { name: 'Two people type each sheet' })
  expect(callsOf(page, 'count.settle')).toEqual([{ double: true, seats: null }])
})
