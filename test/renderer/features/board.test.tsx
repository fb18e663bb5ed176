// @vitest-environment jsdom
import { act, fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { holdAt } from '../../../src/renderer/src/features/board/held-feed.ts'
import { faultsFirst } from '../../../src/renderer/src/ui/faults-first.ts'
import { createWorld } from '../../../src/renderer/src/dev/world.ts'
import { drawPage, screen, settle, usePage } from '../support.tsx'

usePage()

const feedOf = () => screen.findByRole('region', { name: 'Feed' })
const lines = (feed: HTMLElement) => within(feed).queryAllByRole('listitem')

/** Marks until one fell on a committee that takes it. */
function moreMarks(
  core: { readonly world: { readonly feed: readonly { cursor: number }[] }; tick: () => void },
  count: number,
) {
  const goal = (core.world.feed[0]?.cursor ?? 0) + count
  for (let turn = 0; turn < 500 && (core.world.feed[0]?.cursor ?? 0) < goal; turn++) core.tick()
}

test('[V14] the feed holds still while it is looked at, counts what is new and lets it in on demand', async () => {
  const { core } = await drawPage('13')
  const feed = await feedOf()
  await waitFor(() => expect(lines(feed).length).toBeGreaterThan(20))
  const first = lines(feed)[0]?.textContent
  fireEvent.pointerEnter(feed.firstElementChild as Element)
  await act(async () => moreMarks(core, 3))
  await settle()
  expect(lines(feed)[0]?.textContent).toBe(first)
  expect(lines(feed).length).toBe(60)
  fireEvent.click(await within(feed).findByRole('button', { name: '3 new ↑' }))
  await waitFor(() => expect(lines(feed)[0]?.textContent).not.toBe(first))
  expect(lines(feed).length).toBe(63)
})

test('[V15] nobody looking, new lines come in at the top at once', async () => {
  const { core } = await drawPage('13')
  const feed = await feedOf()
  await waitFor(() => expect(lines(feed).length).toBeGreaterThan(20))
  const [first, second] = lines(feed).map((line) => line.textContent)
  await act(async () => moreMarks(core, 2))
  await waitFor(() => expect(lines(feed)[0]?.textContent).not.toBe(first))
  expect(
    lines(feed)
      .map((line) => line.textContent)
      .slice(2, 4),
  ).toEqual([first, second])
  expect(within(feed).queryByRole('button', { name: /new/ })).toBeNull()
})

test('[V471] lines that come in are written where the ones before them stood', async () => {
  const { core } = await drawPage('13')
  const feed = await feedOf()
  await waitFor(() => expect(lines(feed).length).toBeGreaterThan(20))
  const before = lines(feed).slice(0, 5)
  const first = before[0]?.textContent
  await act(async () => moreMarks(core, 8))
  await waitFor(() => expect(lines(feed)[0]?.textContent).not.toBe(first))
  expect(lines(feed).slice(0, 5)).toEqual(before)
})

test('[V14] when all that was held has left the list, it goes on', () => {
  const items = createWorld({ committees: 3, counting: false, quiet: false, now: 0 }).feed
  const newest = items[0]?.cursor ?? 0
  expect(holdAt(items, newest - 5)).toMatchObject({ waiting: 5 })
  expect(holdAt(items, 1)).toEqual({ shown: items, waiting: 0 })
})

test('[V14] a line that grows while it is held grows in its place and is not counted as new', () => {
  const [first, second, ...rest] = createWorld({ committees: 3, counting: false, quiet: false, now: 0 }).feed
  if (!first || !second) throw new Error('no feed')
  const grown = { ...second, cursor: first.cursor + 10 }
  const held = holdAt([first, grown, ...rest], second.id)
  expect(held.waiting).toBe(1)
  expect(held.shown[0]).toEqual(grown)
  expect(held.shown).toHaveLength(rest.length + 1)
})

test('[V26] committees come faults first, then in people’s order', () => {
  const rows = createWorld({ committees: 40, counting: false, quiet: false, now: 0 }).committees
  const sorted = faultsFirst(rows)
  const firstFine = sorted.findIndex((row) => row.condition === 'fine')
  expect(sorted.slice(firstFine).every((row) => row.condition === 'fine')).toBe(true)
  const codes = sorted.slice(firstFine).map((row) => row.code as string)
  expect(codes.indexOf('f2') === -1 || codes.indexOf('f2') < codes.indexOf('f10')).toBe(true)
  expect(codes.indexOf('m9')).toBeLessThan(codes.indexOf('m10'))
})

test('[V26] up to thirty committees are rows, more are tiles', async () => {
  await drawPage('13')
  await waitFor(() => expect(document.querySelectorAll('tr[data-condition]').length).toBe(13))
})

test('[V26] four hundred and twenty committees are tiles, each with its words', async () => {
  await drawPage('420')
  await waitFor(() => expect(document.querySelectorAll('a[data-condition]').length).toBe(420))
  const silent = document.querySelector('a[data-condition="silent"]')
  expect(silent?.getAttribute('aria-label')).toMatch(/silent/)
  expect(silent?.parentElement?.querySelector('svg')).not.toBeNull()
})

test('[V472] turnout is painted into a tile, and never gives it a size', async () => {
  await drawPage('420')
  await waitFor(() => expect(document.querySelectorAll('a[data-condition]').length).toBe(420))
  const styles = [...document.querySelectorAll('a[data-condition] > span[style]')].map((each) =>
    each.getAttribute('style'),
  )
  expect(styles).toHaveLength(420)
  expect(styles.filter((style) => !/^background-size: 100% [\d.]+%;$/.test(style ?? ''))).toEqual([])
})

test('[V26] only faults can be asked for, and the address says so', async () => {
  await drawPage('13')
  fireEvent.click(await screen.findByRole('switch', { name: 'Only faults' }))
  await waitFor(() => expect(document.querySelectorAll('tr[data-condition]').length).toBe(2))
  expect(location.hash).toBe('#/board?only=faults')
})

test('[V13] names keep their own direction', async () => {
  await drawPage('13,counting')
  await screen.findByText('Leading candidates')
  await waitFor(() => expect(document.querySelector('ol bdi')).not.toBeNull())
  const feed = await feedOf()
  await waitFor(() => expect(lines(feed)[0]?.textContent).toMatch(/\u2068.+\u2069/))
})

test('[V456] the feed is one stop, and arrows go from line to line and to its committee', async () => {
  await drawPage('13')
  const feed = await feedOf()
  await waitFor(() => expect(lines(feed).length).toBeGreaterThan(20))
  const list = within(feed).getByRole('group', { name: 'Feed' })
  const stops = [list, ...list.querySelectorAll<HTMLElement>('a, button')].filter((each) => each.tabIndex >= 0)
  expect(stops).toEqual([list])
  list.focus()
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? list, { key })
  const lineOf = () => lines(feed).findIndex((line) => line.contains(document.activeElement))
  press('ArrowDown')
  expect(lineOf()).toBe(0)
  press('ArrowDown')
  expect(lineOf()).toBe(1)
  press('ArrowRight')
  expect(document.activeElement?.getAttribute('href')).toMatch(/^#\/(committee\?code=|board\?record=)/)
  press('ArrowLeft')
  press('ArrowUp')
  expect(lineOf()).toBe(0)
  press('End')
  expect(lineOf()).toBe(lines(feed).length - 1)
  press('Home')
  expect(lineOf()).toBe(0)
})

test.each(['board', 'guarantees', 'radar', 'attendance', 'count', 'results', 'incidents', 'link', 'committee?code=m4'])(
  '[V457] %s has its heading while nothing has come',
  async (at) => {
    await drawPage('13,loading', { at })
    expect(await screen.findAllByRole('heading', { level: 1 })).toHaveLength(1)
  },
)
