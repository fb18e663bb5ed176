// @vitest-environment jsdom
import { cleanup, fireEvent, waitFor, within } from '@testing-library/react'
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
const fill = ({ core }: Page, place: string) => {
  type('cast', String(core.world.committees.find(({ code }) => code === place)?.attended))
  type('invalid', '7')
  for (const { id } of core.world.candidates) type(String(id), '20')
}
const callsOf = ({ core }: Page, name: string) =>
  core.calls.filter((call) => call.name === name).map(({ input }) => input)
/** The made-up desk: of the open committees the first waits for a second entry, the second and third differ, the fourth is one's own. */
const SCENE = '13,double,counting'
const open = (code: string) => ({ at: `count?committee=${code}&sheet=open` })

test('[V230] the first of two entries says that it stays here, and is not to be looked at afterwards', async () => {
  const page = await drawPage('13,double', open('m3'))
  await screen.findByText(/Yours is the first entry/)
  fill(page, 'm3')
  fireEvent.click(screen.getByRole('button', { name: 'Save the sheet' }))
  await screen.findByRole('heading', { name: 'Waits for a second person' })
  expect(callsOf(page, 'count.enter')).toHaveLength(1)
  expect(field('cast')).toBeNull()
  expect(useDrafts.getState().drafts).toEqual({})
  expect(localStorage.getItem('tallydesk.sheets')).not.toContain('20')
})

test.each([
  ['13,double', 'the server keeps it sealed until somebody else has typed the same paper, at any desk'],
  ['13,double,offline', 'kept at this desk and sent when it is back'],
  ['13,double,unnumbered', 'this server has no place for it, so it stays at this desk'],
])('[V230] at %s the first is told where the entry is kept', async (scene, words) => {
  await drawPage(scene, open('m3'))
  await waitFor(() => expect(text()).toContain(words))
})

test.each([
  [SCENE, 'The server keeps it sealed and shows its figures to nobody'],
  [`${SCENE},unnumbered`, 'somebody else has to sign in here and type the same paper'],
])('[V230] at %s one’s own entry that waits is said to be there', async (scene, words) => {
  await drawPage(scene, open('f6'))
  await screen.findByRole('heading', { name: 'Waits for a second person' })
  expect(text()).toContain(words)
})

test('[V414] the second person is told who entered the sheet once and when', async () => {
  await drawPage(SCENE, open('m5'))
  await waitFor(() =>
    expect(text()).toMatch(/Entered once by .?count\.desk@example\.org.? at \d\d:\d\d.*awaits a second person/),
  )
})

test('[V415] what the server has not taken yet is said to be on its way', async () => {
  const page = await drawPage('13,double,offline', open('m3'))
  await screen.findByText(/The server is away/)
  fill(page, 'm3')
  fireEvent.click(screen.getByRole('button', { name: 'Save the sheet' }))
  await screen.findByRole('heading', { name: 'Your entry is on its way' })
  expect(text()).toContain('no other desk knows of it')
  expect(field('cast')).toBeNull()
})

test('[V416][V417] once both agree the two are told so, the committee says who typed it, and it may be typed anew', async () => {
  const page = await drawPage(SCENE, open('m5'))
  await screen.findByText(/Yours is the second entry/)
  fill(page, 'm5')
  fireEvent.click(screen.getByRole('button', { name: 'Save the sheet' }))
  await screen.findByRole('heading', { name: 'Both entries agree: the sheet is on record' })
  expect(text()).toMatch(/Typed by two people, blind: .?count\.desk@example\.org.? at .* and .?chief@example\.org/)
  fireEvent.click(screen.getByRole('button', { name: 'Type it anew' }))
  await screen.findByText(/Yours is the first entry/)
  fireEvent.click(screen.getByRole('link', { name: 'Back to the counts' }))
  await screen.findByText(/Typed by two people, blind/)
})

test('[V417] where they differed the committee says who decided, and why', async () => {
  await drawPage(SCENE, { at: 'count?committee=m1' })
  await screen.findByText(/They differed\. .?chief@example\.org.? decided by the paper/)
  expect(text()).toContain('The paper says so')
})

test('[V418] while the server that has two differing entries is away it says that they are shown when it is back', async () => {
  await drawPage(`${SCENE},offline`, open('m6'))
  await screen.findByText(/They are asked for again when it is back/)
  expect(field('3')).toBeNull()
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

test('[V232] once corrected nothing of it stays in the window', async () => {
  await drawPage(SCENE, open('m6'))
  await waitFor(() => expect(field('3')).not.toBeNull())
  type('3', '23')
  const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save the sheet' }))
  save()
  for (const why of screen.queryAllByLabelText(/Why the paper has this/))
    fireEvent.change(why, { target: { value: 'So it is on the paper' } })
  save()
  await screen.findByRole('heading', { name: 'Both entries agree: the sheet is on record' })
  expect(useDrafts.getState().drafts).toEqual({})
})

test('[V419] a field that the other has corrected meanwhile stays open where one has not typed it again', async () => {
  await drawPage(SCENE, open('m6'))
  await waitFor(() => expect(field('3')).not.toBeNull())
  const [name = ''] = Object.keys(useDrafts.getState().drafts)
  const { typed, ...draft } = useDrafts.getState().drafts[name]!
  cleanup()
  useDrafts.setState({ drafts: { [name]: { ...draft, typed: { ...typed, 4: '' } } } })
  await drawPage(SCENE, open('m6'))
  await waitFor(() => expect(field('4')).not.toBeNull())
  expect([field('3').readOnly, field('4').readOnly, field('1').readOnly]).toEqual([false, false, true])
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
