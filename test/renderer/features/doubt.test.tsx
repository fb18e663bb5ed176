// @vitest-environment jsdom
import { act, fireEvent, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, usePage } from '../support.tsx'

usePage()

const card = async (name: string) => screen.findByRole('group', { name })

test('[V1] a doubtful figure is drawn as such, with a clock, its age, the reason and the last read', async () => {
  await drawPage('doubt')
  const turnout = await card('Turnout')
  await waitFor(() => expect(turnout.querySelector('[data-level="1"]')?.getAttribute('data-trust')).toBe('doubtful'))
  const mark = turnout.querySelector('a[aria-label]')
  expect(mark?.textContent).toBe('1 min')
  const words = mark?.getAttribute('aria-label') ?? ''
  expect(words).toContain('Doubtful for 1 min: events are missing in between')
  expect(words).toMatch(/Last confirmed 6 min ago, at \d\d:\d\d/)
})

test('[V1] the reason is shown on focus too', async () => {
  await drawPage('doubt')
  const turnout = await card('Turnout')
  const mark = await waitFor(() => {
    const found = turnout.querySelector<HTMLElement>('a[aria-label^="Doubtful"]')
    if (!found) throw new Error('no clock yet')
    return found
  })
  act(() => mark.focus())
  fireEvent.focus(mark)
  await screen.findByText(/Doubtful for 1 min/)
})

test('[V2] doubt about one topic leaves the figures of the others as they are', async () => {
  await drawPage('doubt')
  const pledged = await card('Pledged who came')
  await waitFor(() => expect(pledged.querySelector('[data-level="1"]')?.getAttribute('data-trust')).toBe('live'))
  expect(pledged.querySelector('a[aria-label^="Doubtful"]')).toBeNull()
})

test('[V66] figures as read are dotted, and a quiet clock tells the age of the read and what it is worth', async () => {
  await drawPage('unnumbered')
  const turnout = await card('Turnout')
  await waitFor(() => expect(turnout.querySelector('[data-level="1"]')?.getAttribute('data-trust')).toBe('provisional'))
  const mark = turnout.querySelector('a[data-mark]')
  expect(mark?.getAttribute('data-mark')).toBe('provisional')
  expect(mark?.textContent).toMatch(/^read \d+ s ago$/)
  expect(mark?.getAttribute('aria-label')).toMatch(
    /^Read at \d\d:\d\d:\d\d\. This server can lose messages without saying so; later changes may be missing/,
  )
  expect(turnout.querySelector('[role="img"]')?.getAttribute('aria-label')).toMatch(/ \(Provisional\)$/)
  const states = [...document.querySelectorAll('[data-trust]')].map((each) => each.getAttribute('data-trust'))
  expect(new Set(states)).toEqual(new Set(['provisional']))
})

test('[V66] frames that wait for a read are counted beside the age of the last', async () => {
  await drawPage('unnumbered')
  const counted = await card('Counted')
  const mark = await waitFor(() => {
    const found = counted.querySelector('a[data-mark="provisional"]')
    if (!found) throw new Error('no clock yet')
    return found
  })
  expect(mark.getAttribute('aria-label')).toContain('2 changes heard since wait to be confirmed by a read.')
})

test('[V66] the link page says of such a server what its silence is worth', async () => {
  await drawPage('unnumbered', { at: 'link' })
  await screen.findByText(/Nothing known to be missing\./)
  await screen.findAllByText(/Figures are as last read\. This server can lose messages without saying so/)
  await screen.findAllByText(/^Read at \d\d:\d\d:\d\d\./)
})

test('[V66] on a server that numbers its frames there is no such clock', async () => {
  await drawPage('13')
  const turnout = await card('Turnout')
  await waitFor(() => expect(turnout.querySelector('[data-level="1"]')?.getAttribute('data-trust')).toBe('live'))
  expect(document.querySelector('[data-mark]')).toBeNull()
})

test('[V3] while the host is away every figure is in doubt and a calm note says so', async () => {
  const { core, link } = await drawPage('13', {
    open: (made) => {
      let opened = 0
      return async () => {
        if (opened++ > 0) throw new Error('away')
        const port = await made.open()
        queueMicrotask(() => closers.push(() => port.close()))
        return port
      }
    },
  })
  await screen.findByText('Live')
  act(() => {
    for (const close of closers.splice(0)) close()
  })
  expect(link.presence.getState().is).toBe('away')
  await waitFor(() => {
    const states = [...document.querySelectorAll('[data-trust]')].map((each) => each.getAttribute('data-trust'))
    expect(new Set(states)).toEqual(new Set(['doubtful']))
  })
  // The chip may not go on saying Live.
  expect(document.querySelector('header [data-state="away"]')).not.toBeNull()
  core.stop()
})
const closers: (() => void)[] = []
