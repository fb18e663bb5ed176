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
