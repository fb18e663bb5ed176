// @vitest-environment jsdom
import { cleanup, fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useFreeze } from '../../../src/renderer/src/store/freeze.ts'
import { drawPage, screen, text, usePage } from '../support.tsx'

usePage()

test('[V240] the funnel and its sums by committee, collector and own group lead to the guarantees behind them', async () => {
  await drawPage('13', { at: 'guarantees?view=sums' })
  const funnel = await screen.findByRole('region', { name: 'From promise to ballot box' })
  expect(within(funnel).getByRole('link', { name: 'Confirmed on a call' }).getAttribute('href')).toBe(
    '#/guarantees?status=GUARANTEED&confirmation=CONFIRMED',
  )
  for (const name of ['By committee', 'By collector', 'By own group']) screen.getByRole('region', { name })
  const collectors = screen.getByRole('region', { name: 'By collector' })
  const [, mine] = within(collectors).getAllByRole('row')
  expect(mine?.textContent).toMatch(/Noura Al-Sabah.*%/)
  fireEvent.click(screen.getByRole('link', { name: 'List' }))
  await screen.findByRole('table', { name: 'Guarantees' })
})

test('[V241] the gap of each committee, its hours, the range at closing and the method are on the screen', async () => {
  await drawPage('13', { at: 'radar' })
  const table = await screen.findByRole('table')
  const [head, first] = within(table).getAllByRole('row')
  expect(head?.textContent).toMatch(/Committee.*Not seen yet.*Came.*At closing.*\d\d:\d\d/)
  expect(first?.textContent).toMatch(/\d+ – \d+about \d+/)
  expect(text()).toContain('Nine days in ten should end within the range')
  expect(text()).toContain('It cannot know of a rush that has not begun')
})

test('[V241] of many committees the largest gaps are shown, the rest on demand', async () => {
  await drawPage('60', { at: 'radar' })
  await screen.findByRole('table')
  const rows = () => document.querySelectorAll('tbody tr').length
  expect(rows()).toBe(40)
  fireEvent.click(screen.getByText('Show all 60'))
  expect(rows()).toBe(60)
})

test('[V241] without promises the radar says what will appear', async () => {
  await drawPage('quiet', { at: 'radar' })
  await waitFor(() => expect(text()).toContain('Those who promised and have not come appear here'))
})

test('[V2][V241] the radar’s figures are in doubt with the worse of what they are made of', async () => {
  await drawPage('13,offline', { at: 'radar' })
  await screen.findByRole('table')
  await waitFor(() => expect(document.querySelectorAll('td [data-trust="doubtful"]').length).toBeGreaterThan(20))
})

const taken = () => document.querySelectorAll('[aria-label^="Take the call to"]')

test('[V242][V243] a call is taken in its row, its outcome entered, and what others see is said', async () => {
  const { core } = await drawPage('13', { at: 'radar?list=calls' })
  await waitFor(() => expect(taken().length).toBeGreaterThan(5))
  expect(text()).toContain('sees at once who is calling, at every desk: the server keeps it')
  fireEvent.click(taken()[0] as HTMLElement)
  const dialog = await screen.findByRole('dialog')
  fireEvent.click(within(dialog).getByText('Save'))
  await within(dialog).findByText('Choose what the call came to.')
  fireEvent.click(within(dialog).getByLabelText('Is coming'))
  fireEvent.change(within(dialog).getByLabelText('Note'), { target: { value: ' at five ' } })
  fireEvent.click(within(dialog).getByText('Save'))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const [claim, outcome] = core.calls
  expect(claim).toMatchObject({ name: 'call.claim', input: { caller: 'Noura Al-Sabah' } })
  expect(outcome).toMatchObject({ name: 'call.outcome', input: { outcome: 'coming', note: 'at five' } })
  await waitFor(() => expect(text()).toMatch(/Is coming, \d\d:\d\d/))
})

test('[V242] a call another window holds names who has it and until when', async () => {
  const { core } = await drawPage('13', { at: 'radar?list=calls' })
  await waitFor(() => expect(taken().length).toBeGreaterThan(5))
  const first = core.world.guarantees.find(({ status, attended }) => status === 'GUARANTEED' && !attended)
  core.elsewhere(String(first?.elector), 'Salem')
  const theirs = await screen.findByText('Salem is calling')
  expect(theirs.closest('[aria-description]')?.getAttribute('aria-description')).toMatch(
    /free again at \d\d:\d\d at the latest/,
  )
})

test('[V362] a call another desk has names who and since when; without the link it is drawn in doubt and said so', async () => {
  const { core } = await drawPage('13,offline', { at: 'radar?list=calls' })
  await waitFor(() => expect(taken().length).toBeGreaterThan(5))
  expect(text()).toContain('The server that tells the other desks who is calling cannot be reached.')
  const first = core.world.guarantees.find(({ status, attended }) => status === 'GUARANTEED' && !attended)
  core.elsewhere(String(first?.elector), 'Salem')
  const theirs = (await screen.findByText('Salem is calling')).closest('[data-trust]')
  expect(theirs?.getAttribute('data-trust')).toBe('doubtful')
  expect(theirs?.getAttribute('aria-description')).toMatch(/since \d\d:\d\d, as last told before the link was lost/)
})

test('[V363][V243] a claim only this desk knows says so: where the server is away, and where it has no place for it', async () => {
  await drawPage('13,offline', { at: 'radar?list=calls' })
  await waitFor(() => expect(taken().length).toBeGreaterThan(5))
  fireEvent.click(taken()[0] as HTMLElement)
  await screen.findByText('The server cannot be reached: only this desk knows that you are calling.')
  await screen.findByText('here only')
  cleanup()
  await drawPage('13,unnumbered', { at: 'radar?list=calls' })
  await waitFor(() => expect(taken().length).toBeGreaterThan(5))
  expect(text()).toContain('Other desks do not: the server has no place for it.')
  fireEvent.click(taken()[0] as HTMLElement)
  await screen.findByText('here only')
})

test('[V244] the list is saved as CSV and printed with room for answers; in a rehearsal the paper says so', async () => {
  const { core } = await drawPage('13,rehearsal', { at: 'radar?list=calls' })
  await waitFor(() => expect(taken().length).toBeGreaterThan(5))
  URL.createObjectURL = () => 'blob:made'
  URL.revokeObjectURL = () => undefined
  const saved: string[] = []
  const click = HTMLAnchorElement.prototype.click
  HTMLAnchorElement.prototype.click = function () {
    saved.push(this.download)
  }
  fireEvent.click(screen.getByText('CSV'))
  await waitFor(() => expect(saved).toEqual(['call-list.csv']))
  HTMLAnchorElement.prototype.click = click
  expect(core.calls.at(-1)).toMatchObject({ name: 'call.export', input: { language: 'en' } })
  let printed = ''
  window.print = () => {
    printed = document.querySelector('section[aria-hidden]')?.textContent ?? ''
    window.dispatchEvent(new Event('afterprint'))
  }
  fireEvent.click(screen.getByRole('button', { name: 'Print the list…' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Print' }))
  await waitFor(() => expect(printed).toMatch(/Call list.*REHEARSAL.*Answer/))
  await waitFor(() => expect(document.querySelector('section[aria-hidden]')).toBeNull())
})

test('[V245] filters, search and order are saved under a name and taken up again from it', async () => {
  const { core } = await drawPage('13', { at: 'guarantees?attendance=not-seen&sort=name' })
  fireEvent.click(await screen.findByText('Saved views (1)'))
  const dialog = within(await screen.findByRole('dialog'))
  fireEvent.click(dialog.getByText('Save'))
  await dialog.findByText('Give it a name.')
  fireEvent.change(dialog.getByLabelText('Name for the list as it is now'), { target: { value: 'Not seen' } })
  fireEvent.click(dialog.getByText('Save'))
  await screen.findByText('Saved views (2)')
  expect(core.calls.at(-1)).toEqual({
    name: 'view.save',
    input: { name: 'Not seen', query: { attendance: 'not-seen', sort: 'name' } },
  })
  await waitFor(() => expect(location.hash).toBe('#/guarantees?attendance=not-seen&sort=name'))
  fireEvent.click(screen.getByText('Saved views (2)'))
  fireEvent.click(await screen.findByText('Family, not seen'))
  await waitFor(() => expect(location.hash).toBe('#/guarantees?group=1&attendance=not-seen&sort=name'))
})

test('[V246] a change of many shows whom it would change and why not others, is begun, shown and stopped', async () => {
  const { core } = await drawPage('13', { at: 'guarantees' })
  const ticks = await waitFor(() => {
    const found = [...document.querySelectorAll<HTMLInputElement>('input[aria-label^="Tick "]')]
    expect(found.length).toBeGreaterThan(6)
    return found
  })
  for (const tick of ticks.slice(0, 6)) fireEvent.click(tick)
  fireEvent.click(await screen.findByText('Change 6 ticked…'))
  const dialog = within(await screen.findByRole('dialog'))
  fireEvent.click(dialog.getByText('Preview'))
  await dialog.findByText(/Would change:/)
  expect(core.calls.at(-1)).toMatchObject({
    name: 'bulk.prepare',
    input: { change: { is: 'confirmation', to: 'CONFIRMED' } },
  })
  await dialog.findByText(/Stay as they are, because only their collector may change them:/)
  fireEvent.click(dialog.getByText(/^Change \d+$/))
  await screen.findByText(/\d+ of \d+ saved here/)
  expect(core.calls.at(-1)).toEqual({ name: 'bulk.start', input: { id: 'bulk-1' } })
  fireEvent.click(screen.getByText('Stop'))
  await screen.findByText(/Stopped: \d+ of \d+ saved here, the rest is as it was/)
  expect(screen.queryByText(/ticked…/)).toBeNull()
})

test('[V247] who calls is shown also while the screen is held', async () => {
  const { core } = await drawPage('13', { at: 'radar?list=calls' })
  await waitFor(() => expect(taken().length).toBeGreaterThan(5))
  fireEvent.keyDown(document.body, { key: 'f' })
  await waitFor(() => expect(useFreeze.getState().since).not.toBeNull())
  const first = core.world.guarantees.find(({ status, attended }) => status === 'GUARANTEED' && !attended)
  core.elsewhere(String(first?.elector), 'Salem')
  await screen.findByText('Salem is calling')
  fireEvent.keyDown(document.body, { key: 'f' })
  await waitFor(() => expect(useFreeze.getState().since).toBeNull())
})

test('[V241] in Arabic too the hours run from left to right', async () => {
  await drawPage('13', { at: 'radar', preferences: { language: 'ar' } })
  await screen.findByRole('table')
  // The page runs from right to left: what comes last is drawn leftmost.
  const hours = [...document.querySelectorAll('thead bdi')].map((hour) => hour.textContent ?? '')
  const minutes = hours.map((hour) => Number(hour.slice(0, 2)))
  expect(minutes.length).toBe(7)
  for (const [index, hour] of minutes.entries()) if (index > 0) expect((hour + 1) % 24).toBe(minutes[index - 1])
})
