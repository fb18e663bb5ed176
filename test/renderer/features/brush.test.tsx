// @vitest-environment jsdom
import { act, fireEvent, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { brush, parseSpan, within as pointsWithin } from '../../../src/renderer/src/store/brush.ts'
import { drawPage, screen, usePage } from '../support.tsx'

usePage()
beforeEach(() => brush(null))

const fromHandle = () => screen.findByRole<HTMLInputElement>('slider', { name: 'From' })
const spanInAddress = () => /span=(\d+)-(\d+)/.exec(location.hash)

test('[V273] a handle is moved by keys and the address holds the part of the day; Esc takes the whole day again', async () => {
  await drawPage('13')
  const from = await fromHandle()
  const middle = (Number(from.min) + Number(from.max)) / 2
  fireEvent.change(from, { target: { value: String(middle) } })
  await waitFor(() => expect(spanInAddress()).not.toBeNull())
  expect(Number(spanInAddress()?.[1])).toBeGreaterThan(Number(from.min))
  expect(from.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d$/)
  fireEvent.keyDown(document.body, { key: 'Escape' })
  await waitFor(() => expect(spanInAddress()).toBeNull())
  expect((await fromHandle()).value).toBe(from.min)
})

test('[V273] the other screens’ charts show the same part', async () => {
  await drawPage('13')
  const from = await fromHandle()
  const later = Number(from.max) - 3_600_000
  fireEvent.change(from, { target: { value: String(later) } })
  await waitFor(() => expect(spanInAddress()).not.toBeNull())
  const told = spanInAddress()?.[0]
  await act(async () => void (location.hash = '#/link'))
  await waitFor(() => expect(location.hash).toContain(told))
  expect(location.hash).toMatch(/^#\/link\?/)
  const all = 200
  fireEvent.click(await screen.findByRole('button', { name: 'As a table' }))
  const table = await screen.findByRole('table', { name: 'The day so far' })
  expect(within(table).getAllByRole('row').length).toBeLessThan(all / 2)
})

test('[V273] what no chart can hold is no part of the day', () => {
  for (const wrong of [undefined, '', '5-5', '9-3', 'a-b', '1', '-1-5']) expect(parseSpan(wrong)).toBeNull()
  expect(parseSpan('3-9')).toEqual({ from: 3, to: 9 })
})

test('[V273] the line goes on to the edge: one point on either side stays', () => {
  const points = [1, 2, 3, 4, 5].map((at) => ({ at }))
  expect(pointsWithin(points, { from: 2.5, to: 3.5 }).map(({ at }) => at)).toEqual([2, 3, 4])
  expect(pointsWithin(points, { from: 9, to: 12 })).toEqual([{ at: 5 }])
  expect(pointsWithin(points, null)).toBe(points)
})

test('[V274] the board’s curve is a table too, of the very same points', async () => {
  const { core } = await drawPage('13')
  const panel = await screen.findByRole('region', { name: 'Turnout through the day' })
  fireEvent.click(await within(panel).findByRole('button', { name: 'As a table' }))
  const table = await within(panel).findByRole('table')
  const rows = within(table).getAllByRole('row')
  expect(rows).toHaveLength(core.world.turnout.length + 1)
  expect(rows.length).toBeLessThanOrEqual(241)
  fireEvent.click(within(panel).getByRole('button', { name: 'As a chart' }))
  expect(within(panel).queryByRole('table')).toBeNull()
})

test('[V275] the turnout card says what was expected by now and what that rests on, and the marks of three spans', async () => {
  await drawPage('13')
  const card = await screen.findByRole('group', { name: 'Turnout' })
  await within(card).findByText(/^expected by now 37\.\d.%$/)
  const target = within(card).getByRole('link', { name: /^target 60\.0.%$/ })
  expect(target.getAttribute('aria-description')).toMatch(/60\.0.%, spread evenly over \d\d:\d\d–\d\d:\d\d/)
  expect(card.textContent).toMatch(/212 \/ 401 \/ 766 in 15 \/ 30 \/ 60 min/)
})

test('[V275] without a target the card says so and leads to where one is set', async () => {
  await drawPage('13,quiet')
  const link = await screen.findByRole('link', { name: 'no target set' })
  expect(link.getAttribute('href')).toBe('#/incidents?open=rules')
})

test('[V276] the first candidate’s margin and the parties’ totals stand on the board', async () => {
  await drawPage('13,counting')
  const panel = await screen.findByRole('region', { name: 'Leading candidates' })
  await within(panel).findByText(/ ahead$|^level$/)
  const parties = await within(panel).findByLabelText('Parties')
  expect(parties.querySelectorAll('[data-trust]').length).toBeGreaterThan(1)
})

test('[V277] the link’s figures are copied as JSON, as the stream tells them', async () => {
  const writeText = vi.fn(async () => undefined)
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  await drawPage('13', { at: 'link' })
  fireEvent.click(await screen.findByRole('button', { name: 'Copy as JSON' }))
  await screen.findByText('The link’s figures are copied.')
  const [[copied] = []] = writeText.mock.calls as unknown as [string][]
  expect(Object.keys(JSON.parse(copied ?? ''))).toEqual(
    expect.arrayContaining(['meters', 'health', 'points', 'ribbon', 'closes', 'quarantine']),
  )
})

test('[V277] what the browser does not let be copied is said', async () => {
  const writeText = async () => Promise.reject(new Error('no'))
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
  await drawPage('13', { at: 'link' })
  fireEvent.click(await screen.findByRole('button', { name: 'Copy as JSON' }))
  await screen.findByText(/did not let it be copied/)
})

test('[V278] the link page says of the server what can be seen from here, and bytes per second beside the frames', async () => {
  await drawPage('13', { at: 'link' })
  const seen = await screen.findByRole('region', { name: 'The server, as seen from here' })
  expect(seen.textContent).toContain('1 of 44')
  expect(seen.textContent).toContain('would show: frames are numbered')
  await screen.findByText('Bytes per second')
})

test('[V340] a part of the day is drawn from finer points once the handle rests; the table shows the same', async () => {
  const { core } = await drawPage('13')
  const from = await fromHandle()
  const panel = await screen.findByRole('region', { name: 'Turnout through the day' })
  fireEvent.click(await within(panel).findByRole('button', { name: 'As a table' }))
  const rows = () => panel.querySelectorAll('tbody tr').length
  const hour = Number(from.max) - 3_600_000
  const coarse = pointsWithin(core.world.turnout, { from: hour, to: Number(from.max) }).length
  fireEvent.change(from, { target: { value: String(hour) } })
  await waitFor(() => expect(rows()).toBe(coarse))
  await waitFor(() => expect(rows()).toBeGreaterThan(3 * coarse))
  expect(rows()).toBeLessThanOrEqual(240)
})

test('[V341] what is not seen yet leads to the gap radar', async () => {
  await drawPage('13')
  const link = await screen.findByText(/not seen yet/)
  expect(link.closest('a')?.getAttribute('href')).toBe('#/radar')
})

test('[V450] the bars of arrivals follow the part of the day: each whole hour it touches', async () => {
  await drawPage('13', { at: 'attendance?view=hours' })
  const panel = await screen.findByRole('region', { name: 'Arrivals by hour' })
  const rows = () => within(within(panel).getByRole('table')).getAllByRole('row').length - 1
  fireEvent.click(within(panel).getByRole('button', { name: 'As a table' }))
  const all = rows()
  expect(all).toBeGreaterThan(2)
  const from = await fromHandle()
  const last = Number(from.max) - 3_600_000
  fireEvent.change(from, { target: { value: String(last + 1) } })
  await waitFor(() => expect(spanInAddress()).not.toBeNull())
  expect(rows()).toBe(1)
  expect(within(panel).getByText(/Whole hours: each/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull()
  fireEvent.keyDown(document.body, { key: 'Escape' })
  await waitFor(() => expect(rows()).toBe(all))
})
