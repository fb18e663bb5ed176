// @vitest-environment jsdom
import { act, fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, settle, text, usePage } from '../support.tsx'

usePage()

/** A choice of the menu that is open, not the same word in a row. */
const chooseIn = async (name: string) => within(await screen.findByRole('dialog', { hidden: true })).getByText(name)

test('[V4] the link chip shows the word and the age of the data', async () => {
  await drawPage('13')
  const chip = await screen.findByText('Live')
  expect(chip.closest('button')?.textContent).toMatch(/Live\s*data \d+ s/)
  expect(chip.closest('button')?.querySelector('svg')).not.toBeNull()
})

test('[V5] while the link is not live a bar says what, since when, what it means and when it tries again', async () => {
  const { core } = await drawPage('offline')
  const bar = await screen.findByRole('region', { name: 'Not live' })
  expect(bar.textContent).toMatch(/Offline for 4 min/)
  expect(bar.textContent).toContain('what you type is kept here and sent later')
  expect(bar.textContent).toMatch(/next try in \d+ s/)
  fireEvent.click(screen.getByRole('button', { name: 'Try now' }))
  await waitFor(() => expect(core.calls.map((call) => call.name)).toContain('link.try-now'))
})

test('[V6] while the link is live there is no such bar', async () => {
  await drawPage('13')
  await screen.findByText('Live')
  expect(screen.queryByRole('region', { name: 'Not live' })).toBeNull()
})

test('[V5] the cause card says the cause, the next step and the proof', async () => {
  await drawPage('refused')
  fireEvent.click((await screen.findAllByText('Refused'))[0] as HTMLElement)
  await screen.findByText('The server does not accept where this console says it comes from.')
  expect(text()).toContain('Set the Origin in the server’s settings')
  expect(text()).toContain('HTTP 403 on upgrade')
})

test.each(['board', 'guarantees', 'attendance', 'count', 'results', 'link'])(
  '[V7] a rehearsal is marked on the %s screen, with the way to a real server',
  async (at) => {
    await drawPage('rehearsal', { at })
    const bar = await screen.findByRole('region', { name: 'Rehearsal' })
    expect(bar.textContent).toContain('Nothing here is a real vote')
    expect(bar.querySelector('button')?.textContent).toBe('Connect to your server…')
  },
)

test('[V7] a server chosen as official that plays a rehearsal is said to do so', async () => {
  await drawPage('surprise')
  const bar = await screen.findByRole('region', { name: 'Rehearsal' })
  expect(bar.textContent).toContain('You chose this server as official, but it plays a rehearsal')
})

test('[V7] an official election is not marked', async () => {
  await drawPage('13')
  await screen.findByText('Live')
  expect(screen.queryByRole('region', { name: 'Rehearsal' })).toBeNull()
})

test.each([
  ['memory', 'In memory only'],
  ['locked', 'Keychain locked'],
  ['no-vault', 'No keychain'],
])('[V33] a sign-in kept in a weak place is told: %s', async (scenario, words) => {
  await drawPage(scenario)
  const note = (await screen.findByText(words)).closest('button')
  expect(note?.dataset.weak).toBe('true')
})

test('[V34] the foot counts what is waiting at this desk', async () => {
  await drawPage('offline', { at: 'guarantees' })
  await screen.findByText('Yours: 0 waiting')
  fireEvent.click((await screen.findAllByRole('button', { name: /^Promised/ }))[0] as HTMLElement)
  fireEvent.click(await chooseIn('Open'))
  await screen.findByText('Yours: 1 waiting')
})

test('[V50] what the server refuses is said at once, with its reason', async () => {
  const { core } = await drawPage('13', { at: 'guarantees' })
  await screen.findByText('Yours: 0 waiting')
  await act(async () => core.refuse('Not your guarantee'))
  await screen.findByText(/Guarantee .*7.* was refused by the server: Not your guarantee/)
  await screen.findByText('Yours: 0 waiting · 1 refused')
})

test('[V28] while nothing has come there are places held and no figures', async () => {
  await drawPage('loading')
  await settle()
  expect(document.querySelectorAll('[aria-busy="true"]').length).toBeGreaterThan(3)
  expect(document.querySelector('[data-trust]')).toBeNull()
  expect(text()).not.toContain('No election yet')
})

test('[V29] an election that is not there is said, and what will happen', async () => {
  await drawPage('none')
  await screen.findByText('No election here yet')
})

test('[V11] in Arabic the page runs from right to left and time does not', async () => {
  await drawPage('13', { preferences: { language: 'ar' } })
  await waitFor(() => expect(document.querySelector('header [data-state="live"]')?.textContent).toContain('مباشر'))
  expect(document.documentElement.dir).toBe('rtl')
  expect(document.documentElement.lang).toBe('ar')
  const chart = await waitFor(() => {
    const figure = document.querySelector('figure')
    if (!figure) throw new Error('the chart is not drawn yet')
    return figure
  })
  expect(chart.dir).toBe('ltr')
})

test('[V12] figures are shown in the chosen digits', async () => {
  await drawPage('13', { preferences: { language: 'ar', digits: 'arab' } })
  await waitFor(() => expect(document.querySelector('header [data-state="live"]')?.textContent).toContain('مباشر'))
  await waitFor(() => expect(document.querySelector('[data-level="1"]')?.textContent).toMatch(/^[٠-٩٬]+$/))
})

/** The page over a day whose latest mark is this far from now, ms. */
const dayAt = (ms: number) =>
  drawPage('13,rehearsal', {
    open: (core) => {
      const [row] = core.world.attendance
      if (row) core.world.attendance[0] = { ...row, attendedAt: Date.now() + ms }
      return core.open
    },
  })

test('[V65] the day’s own clock is told where it differs', async () => {
  await dayAt(3 * 3_600_000)
  await waitFor(() => expect(text()).toMatch(/day at \d\d:\d\d/))
})

test('[V65] while both clocks agree there is one', async () => {
  await dayAt(-60_000)
  await waitFor(() => expect(text()).toContain('Union election 2026'))
  expect(text()).not.toContain('day at')
})
