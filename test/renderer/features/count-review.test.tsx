// @vitest-environment jsdom
import { fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, text, usePage } from '../support.tsx'

usePage()

const tiles = () =>
  [...screen.getByRole('list', { name: 'Committees' }).querySelectorAll('a')].map((tile) => ({
    code: tile.querySelector('bdi')?.textContent,
    attention: tile.dataset['attention'] ?? null,
    stage: tile.dataset['stage'],
  }))

test('[V212] a warning saved with words is shown with them, marked handled with a note, and quiet from then on', async () => {
  const page = await drawPage('13,counting', { at: 'count?committee=m2' })
  const box = await screen.findByRole('region', { name: 'To look into in m2' })
  expect(box.textContent).toMatch(/W201.*Hold the paper against the list/)
  expect(box.textContent).toContain('Two came late and were marked on paper only.')
  fireEvent.click(within(box).getByRole('button', { name: 'Mark W201 handled…' }))
  const dialog = await screen.findByRole('dialog', { name: 'What was done about W201' })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Mark handled' }))
  expect(dialog.textContent).toContain('Say why, in a few words.')
  fireEvent.change(within(dialog).getByLabelText(/Reason/), { target: { value: 'Seen on the paper' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Mark handled' }))
  await waitFor(() => expect(box.textContent).toMatch(/Handled at .* by chief@example.org: Seen on the paper/))
  expect(page.core.calls).toContainEqual({
    name: 'count.handle',
    input: { committee: page.core.world.committees[2]?.id, code: 'W201', field: 'cast', note: 'Seen on the paper' },
  })
  await waitFor(() => expect(tiles().find(({ code }) => code === 'm2')?.attention).toBeNull())
})

test('[V212] a finding nobody said anything to is told as such', async () => {
  await drawPage('13,counting', { at: 'count?committee=m3' })
  const box = await screen.findByRole('region', { name: 'To look into in m3' })
  expect(box.textContent).toMatch(
    /F302.*Have the sheet entered again from the paper.*Nobody said anything to this at any desk/,
  )
})

test.each([
  ['13,counting', 'Every desk reads these words and who dealt with them.'],
  ['13,counting,offline', 'are as last told. What is noted now is known at this desk only'],
  ['13,counting,unnumbered', 'Only this desk has these words'],
])('[V364] at %s it says who sees the words', async (scene, words) => {
  await drawPage(scene, { at: 'count?committee=m2' })
  const box = await screen.findByRole('region', { name: 'To look into in m2' })
  await waitFor(() => expect(box.textContent).toContain(words))
})

test('[V212] in Arabic it speaks Arabic', async () => {
  await drawPage('13,counting', { at: 'count?committee=m2', preferences: { language: 'ar' } })
  await waitFor(() => expect(text()).toContain('قارن الورقة بقائمة من حضر'))
})

test.each([13, 420])(
  '[V213] of %d committees those that want somebody come first and the verified last',
  async (many) => {
    await drawPage(`${many},counting,double`, { at: 'count' })
    await waitFor(() => expect(tiles()).toHaveLength(many))
    const attention = tiles().map((tile) => tile.attention)
    const [alarms, warnings] = [attention.lastIndexOf('alarm'), attention.lastIndexOf('warning')]
    expect(alarms).toBe(2)
    expect(warnings).toBe(3)
    expect(tiles().at(-1)?.stage).toBe('verified')
  },
)

test('[V213] each step is counted and leads to its committees alone', async () => {
  await drawPage('13,counting,double', { at: 'count' })
  const steps = await screen.findByRole('navigation', { name: 'How far the sheets are' })
  await waitFor(() => expect(steps.textContent).toContain('Entries differ 2'))
  location.hash = within(steps).getByRole('link', { name: 'Entries differ 2' }).getAttribute('href') ?? ''
  await waitFor(() => expect(tiles().map(({ stage }) => stage)).toEqual(['differs', 'differs']))
  location.hash =
    within(steps)
      .getByRole('link', { name: /Look at these/ })
      .getAttribute('href') ?? ''
  await waitFor(() => expect(tiles()).toHaveLength(4))
})

test('[V213] without committees nothing is listed', async () => {
  await drawPage('none', { at: 'count' })
  await waitFor(() => expect(text()).toContain('All 0'))
})
