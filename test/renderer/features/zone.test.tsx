// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { DEFAULT_ZONE } from '../../../src/shared/zone.ts'
import { useZone } from '../../../src/renderer/src/store/zone.ts'
import { drawPage, settle, text, usePage } from '../support.tsx'

usePage()
beforeEach(() => useZone.setState({ zone: DEFAULT_ZONE }))

const clock = (zone: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })

test('[V392] another zone is chosen from the menu, and every clock tells it by name', async () => {
  const { core } = await drawPage('13')
  await waitFor(() => expect(text()).toContain('Kuwait'))
  fireEvent.click(await screen.findByRole('button', { name: 'Menu' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Time zone: Kuwait…', hidden: true }))
  const dialog = await screen.findByRole('dialog', { name: 'Time zone of the election' })
  fireEvent.change(within(dialog).getByRole('combobox'), { target: { value: 'America/New_York' } })
  expect(dialog.textContent).toContain('There (New York) it is')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Tell this time' }))
  await settle()
  expect(core.calls).toContainEqual({ name: 'zone.set', input: { zone: 'America/New_York' } })
  await waitFor(() => expect(text()).toContain('New York'))
  const near = [0, 60_000].map((later) => clock('America/New_York').format(Date.now() - later))
  expect(near.some((time) => text().includes(`${time} New York`))).toBe(true)
})

test('[V393] the polls open and close by the election’s clock', async () => {
  const { core } = await drawPage('13', { at: 'incidents' })
  fireEvent.click(await screen.findByRole('button', { name: 'Rules and sound…' }))
  const dialog = await screen.findByRole('dialog', { name: 'How this desk calls you' })
  await within(dialog).findByText(/Times are those of Kuwait\./)
  const fill = (name: string, value: string) =>
    fireEvent.change(within(dialog).getByRole('textbox', { name }), { target: { value } })
  fill('Target, %', '60')
  fill('Opens', '08:00')
  fill('Closes', '٢٠:٠٠')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save hours and target' }))
  await waitFor(() => expect(core.calls.some((call) => call.name === 'alerts.set')).toBe(true))
  const set = core.calls.find((call) => call.name === 'alerts.set')?.input as {
    target: { opens: number; closes: number }
  } // as sent
  expect([set.target.opens, set.target.closes].map((at) => clock('Asia/Kuwait').format(at))).toEqual(['08:00', '20:00'])
})

test('[V342] the hours of the polls are kept without a target too', async () => {
  const { core } = await drawPage('13', { at: 'incidents' })
  fireEvent.click(await screen.findByRole('button', { name: 'Rules and sound…' }))
  const dialog = await screen.findByRole('dialog', { name: 'How this desk calls you' })
  const fill = (name: string, value: string) =>
    fireEvent.change(within(dialog).getByRole('textbox', { name }), { target: { value } })
  fill('Target, %', '')
  fill('Opens', '08:00')
  fill('Closes', '20:00')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save hours and target' }))
  await waitFor(() => expect(core.calls.some((call) => call.name === 'alerts.set')).toBe(true))
  const set = core.calls.find((call) => call.name === 'alerts.set')?.input as {
    target: null
    polls: { opens: number; closes: number }
  } // as sent
  expect(set.target).toBeNull()
  expect(set.polls.closes - set.polls.opens).toBe(12 * 3_600_000)
})
