// @vitest-environment jsdom
import { act, fireEvent, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, settle, usePage } from '../support.tsx'

usePage()

const DAY = '13,yours,counting'
const hidden = true

type Opened = {
  readonly at: string
  /** What is typed into the field of the next elector first. */
  readonly number?: string
  readonly presses: readonly RegExp[]
  /** How the address names it. */
  readonly address: RegExp
  /** A field of it that is typed into. */
  readonly field: string | RegExp
}

const DIALOGS: Readonly<Record<string, Opened>> = {
  'a mark to be corrected': {
    ...{ at: 'attendance', presses: [/^Correct the mark/], field: 'Reason' },
    address: /^#\/attendance\?open=correct&of=\d+-\d+$/,
  },
  'a guarantee to be changed': {
    ...{ at: 'guarantees?collector=mine', presses: [/^More for/], field: 'Note' },
    address: /^#\/guarantees\?collector=mine&open=edit&of=\d+$/,
  },
  'a guarantee to be taken away': {
    ...{ at: 'guarantees?collector=mine', presses: [/^More for/, /^Take away/], field: 'Reason' },
    address: /^#\/guarantees\?collector=mine&open=remove&of=\d+$/,
  },
  'what a call came to': {
    ...{ at: 'radar?list=calls', presses: [/^Take the call/], field: /^Note/ },
    address: /^#\/radar\?list=calls&open=call&of=\d+$/,
  },
  'an arrival to be recorded': {
    ...{ at: 'attendance?committee=m1', number: '404', presses: [/^Record as pending$/], field: /^Name as on/ },
    address: /^#\/attendance\?committee=m1&open=pending&of=404\+%40\+\w+\+%40\+unknown$/,
  },
  'a fault to be noted': {
    ...{ at: 'incidents', presses: [/^Note/], field: 'Note' },
    address: /^#\/incidents\?open=note&of=[^&]+$/,
  },
  'a fault to be called for': {
    ...{ at: 'incidents', presses: [/^Escalate/], field: /^Why/ },
    address: /^#\/incidents\?open=escalate&of=[^&]+$/,
  },
  'a fault to be resolved': {
    ...{ at: 'incidents', presses: [/^Resolve/], field: 'Note' },
    address: /^#\/incidents\?open=resolve&of=[^&]+$/,
  },
  'an action to be undone': {
    ...{ at: 'board', presses: [/^Yours:/, /^Undo…$/], field: 'Reason' },
    address: /^#\/board\?open=undo&of=[^&]+$/,
  },
}
const NAMES = Object.keys(DIALOGS)

const dialog = () => screen.findByRole('dialog', { hidden, name: /./ })
const noDialog = () =>
  waitFor(() => expect(screen.queryByRole('textbox', { name: /^(Reason|Note|Why|Name as on)/, hidden })).toBeNull())
const fieldOf = ({ field }: Opened) => screen.findByRole<HTMLInputElement>('textbox', { name: field, hidden })

async function press({ number, presses }: Opened) {
  if (number !== undefined) {
    await waitFor(() => expect(document.getElementById('mark-number')).not.toBeNull())
    fireEvent.change(document.getElementById('mark-number')!, { target: { value: number } })
  }
  for (const name of presses) {
    const buttons = await screen.findAllByRole('button', { name, hidden })
    fireEvent.click(buttons.find((button) => button.getAttribute('aria-disabled') !== 'true')!)
    await settle()
  }
}

test.each(NAMES)('[V425] %s is in the address: Back closes it, a reload opens it again', async (name) => {
  const of = DIALOGS[name]!
  await drawPage(DAY, { at: of.at })
  await press(of)
  await fieldOf(of)
  expect(location.hash).toMatch(of.address)
  const address = location.hash.replace('#/', '')
  await act(async () => history.back())
  await noDialog()
  expect(location.hash).toBe(`#/${of.at}`)
  // As a reload comes: the address alone.
  await act(async () => void (location.hash = `#/${address}`))
  await fieldOf(of)
})

test.each(NAMES)(
  '[V426] what was typed about %s is there again after Back, said to be so, and gone once cancelled',
  async (name) => {
    const of = DIALOGS[name]!
    await drawPage(DAY, { at: of.at })
    await press(of)
    const before = (await fieldOf(of)).value
    fireEvent.change(await fieldOf(of), { target: { value: 'twice on the list' } })
    expect(screen.queryByText(/^What you typed here before/)).toBeNull()
    const address = location.hash
    await act(async () => history.back())
    await noDialog()
    await act(async () => void (location.hash = address))
    expect((await fieldOf(of)).value).toBe('twice on the list')
    await screen.findByText(/^What you typed here before is still there/)
    fireEvent.click(screen.getByRole('button', { name: /^(Cancel|Give it back|Give back|Release)/, hidden }))
    await noDialog()
    await act(async () => void (location.hash = address))
    if (name === 'what a call came to') return
    expect((await fieldOf(of)).value).toBe(before)
    expect(screen.queryByText(/^What you typed here before/)).toBeNull()
  },
)

test('[V425] a change of the ticked ones is not opened again as one of all', async () => {
  await drawPage(DAY, { at: 'guarantees?open=bulk&of=ticked' })
  await screen.findByRole('button', { name: /^Change many/ })
  await settle()
  expect(screen.queryByRole('dialog')).toBeNull()
  await act(async () => void (location.hash = '#/guarantees?open=bulk'))
  await dialog()
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /filters|list/i, hidden }).checked).toBe(true)
})

test.each([
  'attendance?open=correct&of=9999999-100871',
  'attendance?open=correct&of=nothing',
  'guarantees?open=edit&of=9999999',
  'guarantees?open=remove&of=x',
  'radar?list=calls&open=call&of=100871',
  'board?open=undo&of=nothing',
  'board?open=pending',
  'incidents?open=note&of=nothing',
  'board?open=undo&of=fake-verify',
])('[V425] an address that names nothing that can be changed opens nothing: %s', async (at) => {
  await drawPage(DAY, { at })
  await screen.findByText('Live')
  await settle()
  expect(screen.queryByRole('dialog')).toBeNull()
  await act(async () => void (location.hash = '#/link'))
  await screen.findByRole('heading', { level: 1, name: 'Link' })
})

test('[V425] another collector’s guarantee and another committee’s mark are not opened by an address', async () => {
  const { core } = await drawPage('13,clerk,counting', { at: 'board' })
  await screen.findByText('Live')
  const theirs = core.world.guarantees.find(({ mine }) => !mine)!
  const mark = core.world.attendance.find(({ committeeCode }) => committeeCode === 'm5')!
  for (const at of [`guarantees?open=edit&of=${theirs.id}`, `attendance?open=correct&of=${mark.id}-${mark.elector}`]) {
    await act(async () => void (location.hash = `#/${at}`))
    await settle()
    expect(screen.queryByRole('dialog')).toBeNull()
  }
})

const READ = {
  'the list of messages': { at: 'board', press: /^Messages/, address: '#/board?open=messages', title: 'Messages' },
  'how much paper a list takes': {
    ...{ at: 'attendance', press: 'Print the list…', address: '#/attendance?open=print&of=attendance' },
    title: /^Print/,
  },
  'for how long a fault is put off': {
    ...{ at: 'incidents', press: /^Snooze/, address: /^#\/incidents\?open=snooze&of=[^&]+$/, title: /./ },
  },
}

test.each(Object.keys(READ) as (keyof typeof READ)[])('[V455] %s is in the address as well', async (name) => {
  const { at, press: button, address, title } = READ[name]
  await drawPage(DAY, { at })
  const found = await screen.findAllByRole('button', { name: button, hidden })
  fireEvent.click(found[0]!)
  await screen.findByRole('dialog', { name: title, hidden })
  expect(location.hash).toMatch(address)
  const there = location.hash
  await act(async () => history.back())
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await act(async () => void (location.hash = there))
  await screen.findByRole('dialog', { name: title, hidden })
})
