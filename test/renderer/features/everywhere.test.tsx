// @vitest-environment jsdom
import { notifications } from '@mantine/notifications'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { useMessages } from '../../../src/renderer/src/store/messages.ts'
import { useTour } from '../../../src/renderer/src/store/tour.ts'
import { say } from '../../../src/renderer/src/ui/say.ts'
import { drawPage, settle, text, usePage } from '../support.tsx'

usePage()
beforeEach(() => {
  notifications.clean()
  useMessages.setState({ said: [], unread: 0 })
  useTour.setState({ offered: false, stop: null })
})

/** What a popover holds has no size here, and counts as hidden. */
const hidden = true
const chip = (name: RegExp) => screen.findByRole('button', { name })

test('[V320] notes stack, the same words are counted, and all are read later', async () => {
  await drawPage('13')
  await act(async () => {
    say('First.')
    say('It did not work.', 'failed')
    say('It did not work.', 'failed')
  })
  await settle()
  await waitFor(() =>
    expect(screen.getAllByRole('alert').map((note) => note.textContent)).toEqual(['It did not work. ×2']),
  )
  fireEvent.click(await chip(/^Messages: 1 failed$/))
  const dialog = await screen.findByRole('dialog', { name: 'Messages' })
  const lines = within(dialog)
    .getAllByRole('listitem')
    .map((line) => line.textContent)
  expect(lines).toEqual([expect.stringMatching(/Failed: It did not work\. ×2$/), expect.stringMatching(/First\.$/)])
  fireEvent.keyDown(dialog, { key: 'Escape' })
  await settle()
  expect((await chip(/^Messages: 2$/)).dataset['unread']).toBeUndefined()
})

test('[V321] a note of a refusal opens what was done at this desk', async () => {
  const { core } = await drawPage('13')
  await chip(/^Yours: /)
  await settle()
  await act(async () => core.refuse('Already marked.'))
  await settle()
  const more = await screen.findByRole('button', { name: 'Show it in “Yours”' })
  expect(more.closest('[role=alert]')?.textContent).toContain('Already marked.')
  fireEvent.click(more)
  await screen.findByRole('heading', { name: 'What you did at this desk', hidden })
})

test('[V323] the clock names the election’s zone and tells its time', async () => {
  await drawPage('13')
  await screen.findByText('Kuwait')
  const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const there = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'Asia/Kuwait' })
  const near = [0, 60_000].map((later) => there.format(Date.now() - later))
  expect(near.some((time) => text().includes(`${time} Kuwait`))).toBe(true)
})

test('[V324] that the sound is off is shown on every screen', async () => {
  const { core } = await drawPage('13', { at: 'count' })
  const faults = () => document.querySelector('header a[data-some], header a[aria-label*="ault"]')
  await waitFor(() => expect(faults()).not.toBeNull())
  expect(document.querySelector('[data-sound="off"]')).toBeNull()
  location.hash = '#/incidents'
  const button = await screen.findByRole('button', { name: 'Sound on' })
  fireEvent.click(button)
  await waitFor(() => expect(core.calls.some((call) => call.name === 'alerts.set')).toBe(true))
  location.hash = '#/count'
  await waitFor(() => expect(document.querySelector('header [data-sound="off"]')).not.toBeNull())
})

test('[V325] the tour is offered once, goes on by Enter over the real screens, and comes again only when asked', async () => {
  await drawPage('13')
  fireEvent.click(await chip(/^Start the tour$/))
  const seen: string[] = []
  for (let stop = 0; stop < 6; stop++) {
    await settle()
    const bar = document.querySelector<HTMLElement>('[data-tour]')
    seen.push(`${bar?.dataset['tour']} ${location.hash}`)
    const next = within(bar ?? document.body).getByRole('button', { name: /^(Next|Done)$/ })
    await waitFor(() => expect(document.activeElement).toBe(next))
    fireEvent.click(next)
  }
  await settle()
  const places = [
    'board #/board',
    'doubt #/board',
    'link #/link',
    'mark #/attendance',
    'faults #/incidents',
    'keys #/board',
  ]
  expect(seen).toEqual(places)
  expect(document.querySelector('[data-tour]')).toBeNull()
  expect(JSON.parse(localStorage.getItem('tallydesk.tour') ?? '{}')).toMatchObject({ state: { offered: true } })
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
  fireEvent.change(await screen.findByRole('combobox'), { target: { value: 'tour' } })
  await settle()
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Enter' })
  await waitFor(() => expect(document.querySelector('[data-tour="board"]')).not.toBeNull())
})

test('[V325] Escape ends the tour, and who declines it is not asked again', async () => {
  await drawPage('13', { preferences: { language: 'ar' } })
  fireEvent.click(await chip(/^ابدأ الجولة$/))
  await settle()
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' })
  await settle()
  expect([document.querySelector('[data-tour]'), useTour.getState().offered]).toEqual([null, true])
})

test('[V326] a printed screen begins with what it is, of when and in which zone, and that made-up data is made up', async () => {
  await drawPage('13,rehearsal', { at: 'count' })
  await screen.findByRole('region', { name: 'Rehearsal' })
  const paper = document.querySelector('.on-paper')?.textContent
  expect(paper).toMatch(
    /^Count · Union election 2026 · Voting day · .*\d\d:\d\d:\d\d Kuwait · Live.*REHEARSAL: made-up data$/,
  )
})
