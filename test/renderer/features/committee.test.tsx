// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, settle, text, usePage } from '../support.tsx'

usePage()

/** Found by attribute: asking by role reads every style. */
const region = (name: string) => document.querySelector<HTMLElement>(`section[aria-label="${name}"]`)

const hrefs = (within: Element | null | undefined) =>
  [...(within?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'))

test('[V334] a committee’s page tells all that is known of it, and each figure leads on', async () => {
  await drawPage('13,counting', { at: 'committee?code=m1' })
  await screen.findByRole('heading', { level: 1, name: /m1 · Men 1/ })
  const names = ['Turnout', 'Pledges', 'Count sheet', 'Arrivals by hour: ⁨m1⁩', 'Faults', 'Marked, told, on paper']
  for (const name of [...names, 'People', 'Told last']) await waitFor(() => expect(region(name)).not.toBeNull())
  expect(hrefs(region('Turnout'))).toContain('#/attendance?committee=m1&status=ATTENDED')
  expect(hrefs(region('Pledges'))).toContain('#/guarantees?committee=m1&status=GUARANTEED&attendance=seen')
  expect(hrefs(region('Count sheet'))).toContain('#/committee?code=m1&record=entry%2F1')
  await waitFor(() => expect(text()).toMatch(/3 fewer ballots than people who came/))
  const lines = region('Told last')!.querySelectorAll('li')
  expect(hrefs(lines[0])[0]).toMatch(/^#\/committee\?code=m1&record=attendance%2F\d+$/)
  fireEvent.click(lines[0]!.querySelector('a')!)
  expect((await screen.findAllByText('As written in the journal')).length).toBeGreaterThan(0)
})

test('[V334] a silent committee says so and leads to its fault', async () => {
  await drawPage('13', { at: 'committee?code=f2' })
  const head = (await screen.findByRole('heading', { level: 1, name: /f2/ })).parentElement
  await waitFor(() => expect(hrefs(head)).toContain('#/incidents?committee=f2'))
  expect(within(region('Faults')!).getByText('Silent committee')).toBeTruthy()
})

test('[V335] rows, tiles and the palette lead to the page, a fault’s mark to the fault', async () => {
  await drawPage('13')
  await waitFor(() => expect(document.querySelectorAll('tr[data-condition]').length).toBe(13))
  expect(hrefs(document.querySelector('tr[data-condition="silent"]'))).toEqual([
    '#/committee?code=f2',
    '#/incidents?committee=f2',
    '#/attendance?committee=f2',
  ])
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  const field = await screen.findByRole('combobox')
  fireEvent.change(field, { target: { value: 'Committee m٢' } })
  fireEvent.keyDown(field, { key: 'Enter' })
  await waitFor(() => expect(location.hash).toBe('#/committee?code=m2'))
})

test('[V335] a tile leads to its committee, its mark to the fault, both by keys', async () => {
  await drawPage('420')
  await waitFor(() => expect(document.querySelectorAll('a[data-condition]').length).toBe(420))
  const tile = document.querySelector('a[data-condition="silent"]')
  const code = new URLSearchParams(tile?.getAttribute('href')?.split('?')[1]).get('code')
  expect(tile?.getAttribute('href')).toBe(`#/committee?code=${code}`)
  expect(hrefs(tile?.parentElement)).toEqual([`#/committee?code=${code}`, `#/incidents?committee=${code}`])
  const fine = document.querySelector('a[data-condition="fine"]')
  expect(hrefs(fine?.parentElement)).toHaveLength(1)
})

test('[V336] an address of no committee says so, and all can be chosen', async () => {
  await drawPage('13', { at: 'committee?code=zz' })
  await screen.findByText(/This desk knows no such committee/)
  fireEvent.change(screen.getByRole('combobox', { name: 'Choose a committee' }), { target: { value: 'f1' } })
  await settle()
  await screen.findByRole('heading', { level: 1, name: /f1 · Women 1/ })
  expect(location.hash).toBe('#/committee?code=f1')
})

test('[V337] the board counts each fault, shows one of them alone, and says how many ballots too many', async () => {
  await drawPage('13,counting')
  fireEvent.click(await screen.findByText('1 ballots off'))
  await waitFor(() => expect(document.querySelectorAll('tr[data-condition]').length).toBe(1))
  expect(location.hash).toBe('#/board?only=count')
  expect(document.querySelector('tr[data-condition]')?.textContent).toContain('7 ballots too many')
  expect(hrefs(document.querySelector('tr[data-condition]'))).toContain('#/incidents?committee=m2')
  fireEvent.click(screen.getByRole('switch', { name: 'Only ballots off' }))
  await waitFor(() => expect(document.querySelectorAll('tr[data-condition]').length).toBe(13))
})

test('[V338] a line of the feed leads to its journal rows, its committee to the committee’s page', async () => {
  await drawPage('13')
  const feed = await screen.findByRole('group', { name: 'Feed' })
  const [first] = feed.querySelectorAll('li')
  expect(hrefs(first)[0]).toMatch(/^#\/board\?record=attendance%2F\d+$/)
  expect(hrefs(first)[1]).toMatch(/^#\/committee\?code=\w+$/)
  fireEvent.click(first!.querySelector('a')!)
  expect((await screen.findAllByText('As written in the journal')).length).toBeGreaterThan(0)
})

test('[V427] a committee that is behind without a fault is not said to have nothing wrong', async () => {
  await drawPage('13', { at: 'committee?code=m4' })
  const faults = await screen.findByRole('region', { name: 'Faults' })
  await within(faults).findByText('Turnout far below the others: hence “behind”. No fault is listed for that.')
  expect(within(faults).queryByText('Nothing was found wrong here.')).toBeNull()
  location.hash = '#/committee?code=m1'
  await within(await screen.findByRole('region', { name: 'Faults' })).findByText('Nothing was found wrong here.')
})
