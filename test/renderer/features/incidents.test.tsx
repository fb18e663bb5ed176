// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { heard } from '../../../src/renderer/src/features/incidents/use-alarm.ts'
import { inOrder, those } from '../../../src/renderer/src/features/incidents/in-order.ts'
import { DEFAULT_ALERTS, type Incident } from '../../../src/shared/view/incident.ts'
import { drawPage, text, usePage } from '../support.tsx'

usePage()

const NOW = 1_000_000
const one = (key: string, more: Partial<Incident> = {}): Incident => ({
  ...{ id: `${key}@1`, key, severity: 'alarm', topic: null, committee: null, since: 100, triggeredAt: 100 },
  ...{ evidence: { is: 'disk', freeBytes: 1 }, state: 'triggered', stands: true, owner: null, snoozedUntil: null },
  ...{ escalatedTo: null, resolvedAt: null, resolvedBy: null, turns: [] },
  ...more,
})
const press = (key: string) => fireEvent.keyDown(document.body, { key })
const lines = () => [...document.querySelectorAll('button[data-severity]')]

test('[V200] what calls comes first, alarms before warnings, then the oldest; what is put off or resolved gives way', () => {
  const all = [
    one('resolved', { state: 'resolved' }),
    one('snoozed', { snoozedUntil: NOW + 1 }),
    one('warning', { severity: 'warning', since: 1 }),
    one('young', { since: 300 }),
    one('old', { since: 200 }),
  ]
  expect(inOrder(all, NOW).map(({ key }) => key)).toEqual(['old', 'young', 'warning', 'snoozed'])
})

test('[V201] mine, unowned, only what calls now, and those of one committee can be asked for', () => {
  const place = { id: 1, code: 'm1', name: 'M' } as never
  const all = [
    one('mine', { owner: 'me' }),
    one('theirs', { owner: 'you' }),
    one('none', { committee: place, snoozedUntil: NOW + 1 }),
  ]
  const keys = (ask: Partial<Parameters<typeof those>[1]>) =>
    those(all, { shows: null, calling: false, committee: null, ...ask }, 'me', NOW).map(({ key }) => key)
  expect(keys({ shows: 'mine' })).toEqual(['mine'])
  expect(keys({ shows: 'unowned' })).toEqual(['none'])
  expect(keys({ calling: true })).toEqual(['mine', 'theirs'])
  expect(keys({ committee: 'm1' })).toEqual(['none'])
})

test('[V202] the header and the side name how many call, and lead there', async () => {
  await drawPage('13')
  const chip = await screen.findByRole('link', { name: /things? needs? you/ })
  expect(chip.getAttribute('href')).toBe('#/incidents')
  const shown = chip.textContent
  const side = screen.getByRole('link', { name: /^Faults/ })
  expect(side.textContent).toContain(shown)
})

test('[V203] a fault is taken, put off, noted, escalated and resolved by keys alone', async () => {
  const { core } = await drawPage('13', { at: 'incidents' })
  await waitFor(() => expect(lines().length).toBeGreaterThan(2))
  press('a')
  await waitFor(() => expect(core.calls.at(-1)?.name).toBe('incident.acknowledge'))
  press('s')
  fireEvent.click(await screen.findByRole('button', { name: '15 minutes' }))
  await waitFor(() => expect(core.calls.at(-1)).toMatchObject({ name: 'incident.snooze', input: { minutes: 15 } }))
  for (const [key, act] of [
    ['n', 'note'],
    ['e', 'escalate'],
    ['r', 'resolve'],
  ] as const) {
    await waitFor(() => expect(document.querySelector('[role="dialog"]')).toBeNull())
    press(key)
    fireEvent.change(await screen.findByRole('textbox'), { target: { value: `why ${act}` } })
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter', ctrlKey: true })
    await waitFor(() =>
      expect(core.calls.at(-1)).toMatchObject({ name: `incident.${act}`, input: { note: `why ${act}` } }),
    )
  }
})

test('[V204] where all is well it says so and what will appear', async () => {
  await drawPage('13,quiet', { at: 'incidents' })
  await screen.findByText('Nothing needs you', { selector: 'strong' })
  expect(text()).toMatch(/Faults appear here by themselves/)
})

test('[V205] what was resolved stays with who did it, and what ended by itself says so', async () => {
  await drawPage('13', { at: 'incidents' })
  const history = await screen.findByRole('region', { name: 'Resolved today' })
  expect(history.textContent).toMatch(/by itself/)
  expect(history.textContent).toMatch(/by .*chief@example.org/)
})

test('[V206] a silent committee on the board leads to its incident', async () => {
  await drawPage('13')
  await waitFor(() =>
    expect(document.querySelector('tr[data-condition="silent"] a[href^="#/incidents?committee="]')).not.toBeNull(),
  )
})

test('[V207] a hand-over that waits is read and confirmed; one’s own says who has to', async () => {
  const { core } = await drawPage('13,hand-over', { at: 'incidents' })
  fireEvent.click(await screen.findByRole('button', { name: 'Read and confirm' }))
  fireEvent.click(await screen.findByRole('button', { name: 'I have read this and take over' }))
  await waitFor(() => expect(core.calls.at(-1)?.name).toBe('shift.accept'))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Read and confirm' })).toBeNull())
  fireEvent.click(screen.getByRole('button', { name: 'Hand over…' }))
  fireEvent.change(await screen.findByRole('textbox'), { target: { value: 'All quiet.' } })
  fireEvent.click(screen.getByRole('button', { name: 'Hand over' }))
  await waitFor(() =>
    expect(core.calls.at(-1)).toMatchObject({ name: 'shift.hand-over', input: { note: 'All quiet.' } }),
  )
  await screen.findByText(/You handed over at/)
})

test('[V208] sound off is said where the faults are, and one press turns it on again', async () => {
  const { core } = await drawPage('13', { at: 'incidents' })
  fireEvent.click(await screen.findByRole('button', { name: 'Sound on' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Sound off' }))
  await screen.findByRole('button', { name: 'Sound on' })
  expect(core.calls.filter(({ name }) => name === 'alerts.set')).toHaveLength(2)
})

test('[N28] only what nobody has taken, is not put off, loud enough and of no muted rule is heard', () => {
  const all = [
    one('loud'),
    one('taken', { state: 'acknowledged', owner: 'you' }),
    one('snoozed', { snoozedUntil: NOW + 1 }),
    one('warning', { severity: 'warning' }),
    one('muted', { evidence: { is: 'clock', skewMs: 9_000 } }),
    one('resolved', { state: 'resolved' }),
  ]
  const keys = (alerts: Partial<typeof DEFAULT_ALERTS>) =>
    heard(all, { ...DEFAULT_ALERTS, mute: ['clock'], ...alerts }, NOW).map(({ key }) => key)
  expect(keys({})).toEqual(['loud'])
  expect(keys({ sound: { alarm: true, warning: true } })).toEqual(['loud', 'warning'])
  expect(keys({ sound: { alarm: false, warning: false } })).toEqual([])
})
