// @vitest-environment jsdom
import { act, fireEvent, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { drawPage, type Page, screen, text, usePage } from '../support.tsx'

usePage()

/** Notes started by the page. */
let notes: number[] = []
class Silence {
  currentTime = 0
  destination = {}
  resume = async () => undefined
  createOscillator() {
    const frequency = { value: 0 }
    return {
      frequency,
      connect: (next: unknown) => next,
      start: () => notes.push(frequency.value),
      stop: () => undefined,
    }
  }
  createGain() {
    const gain = { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined }
    return { gain, connect: (next: unknown) => next }
  }
}
Object.defineProperty(globalThis, 'AudioContext', { configurable: true, value: Silence })
afterEach(() => {
  notes = []
})

const field = () => document.getElementById('kiosk-number') as HTMLInputElement
const said = () => document.querySelector('[data-said]')?.textContent ?? ''
const type = (value: string) => fireEvent.change(field(), { target: { value } })
const enter = () => fireEvent.submit(field().closest('form') as HTMLFormElement)
const marks = ({ core }: Page) => core.calls.filter((call) => call.name === 'attendance.mark').map((call) => call.input)

/** A clerk's kiosk that stands at m1. */
async function stand(scenario: string, options: Parameters<typeof drawPage>[1] = {}) {
  const page = await drawPage(`kiosk,clerk,${scenario}`, options)
  fireEvent.click(await screen.findByRole('button', { name: /^m1/ }))
  await waitFor(() => expect(field()).not.toBeNull())
  return page
}

test('[V57] a kiosk has one screen whatever the address says, and no keys lead away', async () => {
  await stand('13', { at: 'results' })
  expect(screen.queryByRole('navigation')).toBeNull()
  expect(document.querySelectorAll('a[href]').length).toBe(0)
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  fireEvent.keyDown(document.body, { key: '?' })
  expect(screen.queryByRole('dialog', { hidden: true })).toBeNull()
  act(() => void (location.hash = '#/board'))
  await waitFor(() => expect(field()).not.toBeNull())
})

test('[V57] at a kiosk nobody is signed in at, there is the sign-in and no other server', async () => {
  await drawPage('kiosk,sign-in')
  await screen.findByLabelText('Email')
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Connect/ })).toBeNull())
})

test('[V58] the focus stays in the field', async () => {
  await stand('13')
  expect(document.activeElement).toBe(field())
  act(() => field().blur())
  await waitFor(() => expect(document.activeElement).toBe(field()))
  const sound = screen.getByRole('button', { name: 'Sound' })
  act(() => sound.focus())
  await act(async () => undefined)
  expect(document.activeElement).toBe(sound)
  fireEvent.keyDown(sound, { key: '7' })
  expect(document.activeElement).toBe(field())
  act(() => sound.focus())
  fireEvent.click(sound, { detail: 1 })
  expect(document.activeElement).toBe(field())
})

test('[V58] a press that opens something leaves the focus to what it opens', async () => {
  await stand('13')
  const chip = screen.getByRole('button', { name: /Live/ })
  act(() => chip.focus())
  fireEvent.click(chip, { detail: 1 })
  expect(document.activeElement).not.toBe(field())
})

test('[V59] the card tells who it is, whether they came already, and what cannot be known', async () => {
  const { core } = await stand('13')
  type('٧٤٢')
  await waitFor(() => expect(text()).toContain(core.world.attendance[742 % 97]?.electorName))
  expect(core.calls.at(-1)?.input).toEqual({ elector: '742', committee: 'm1' })
  type('406')
  await screen.findByText(/^Has already come, at \d\d:\d\d\. Nothing to do/)
  type('404')
  await screen.findByText('No elector has this number here')
})

test('[V413] Esc takes the number away, and the focus stays for the next', async () => {
  await stand('13')
  type('406')
  await screen.findByText(/Esc, then the next number/)
  fireEvent.keyDown(field(), { key: 'Escape' })
  expect(field().value).toBe('')
  expect(document.activeElement).toBe(field())
})

test('[V59] while the server is away the card says that a mark is kept all the same', async () => {
  await stand('13,offline')
  type('742')
  await screen.findByText(/The name cannot be looked up now/)
})

test('[V60] Enter marks and says so for two seconds, with a sound; the number goes', async () => {
  const page = await stand('13')
  type('٠٠٧٤٢')
  enter()
  await waitFor(() => expect(said()).toContain('attendance marked'))
  expect(marks(page)).toEqual([{ elector: '00742', committee: 'm1', notes: '' }])
  expect([field().value, notes]).toEqual(['', [880]])
  await waitFor(() => expect(said()).toBe(''))
})

test('[V60] muted, nothing sounds; without a number nothing is marked and the words say what is missing', async () => {
  const page = await stand('13', { preferences: { sound: false } })
  enter()
  await waitFor(() => expect(said()).toContain('Type the elector’s number'))
  type('742')
  expect(said()).toBe('')
  enter()
  await waitFor(() => expect(marks(page).length).toBe(1))
  expect(notes).toEqual([])
})

test('[V61] a refused mark is told with its reason until the next number is typed', async () => {
  const { core } = await stand('13,offline')
  type('742')
  enter()
  await waitFor(() => expect(said()).toContain('saved here'))
  act(() => core.settle('rejected', 'Elector has already attended.'))
  await waitFor(() => expect(said()).toContain('Elector has already attended.'))
  expect(notes).toEqual([880, 220, 196])
  expect(document.querySelector('[data-said]')?.getAttribute('role')).toBe('alert')
  type('7')
  await waitFor(() => expect(said()).toBe(''))
})

test('[V62] the last ten marks and the foot tell what is saved here, sent and heard', async () => {
  const { core } = await stand('13,offline')
  for (let number = 101; number <= 112; number++) {
    type(String(number))
    enter()
    await waitFor(() => expect(field().value).toBe(''))
  }
  await waitFor(() => expect(document.querySelectorAll('li[data-state="queued"]').length).toBe(10))
  await waitFor(() => expect(document.querySelector('li[data-state]')?.textContent).toContain('112'))
  expect(document.querySelector('footer')?.textContent).toMatch(
    /Saved here: 12Sent: not yet, oldest \d sServer 4 min ago/,
  )
  act(() => core.settle('confirmed'))
  await waitFor(() => expect(document.querySelector('li[data-state]')?.textContent).toContain('confirmed'))
})

test('[V62] with nothing waiting the foot says that all is sent', async () => {
  await stand('13')
  await waitFor(() =>
    expect(document.querySelector('footer')?.textContent).toMatch(/Saved here: 0Sent: allServer \d s ago/),
  )
})

test('[V63] the committee is asked for once, among those the account may mark in, and can be changed', async () => {
  await drawPage('kiosk,clerk')
  await screen.findByText('At which committee does this desk stand?')
  await waitFor(() => expect(document.querySelectorAll('main ul button').length).toBe(2))
  fireEvent.click(screen.getByRole('button', { name: /^m2/ }))
  await waitFor(() => expect(field()).not.toBeNull())
  fireEvent.click(screen.getByRole('button', { name: 'Change committee' }))
  await screen.findByText('At which committee does this desk stand?')
})

test('[V160] an elector of another committee is recorded as pending by the same Enter; nobody’s number asks for the name', async () => {
  const page = await stand('13')
  type('405')
  await screen.findByRole('button', { name: /^Record as pending/ })
  enter()
  await waitFor(() => expect(said()).toContain('arrival recorded as pending'))
  const arrivals = () => page.core.calls.filter((call) => call.name === 'attendance.pending').map((call) => call.input)
  expect(arrivals()).toEqual([{ elector: '405', committee: 'm1', name: '', notes: '' }])
  expect([field().value, marks(page)]).toEqual(['', []])
  type('404')
  await screen.findByText(/Enter records the arrival as pending, with the name/)
  enter()
  const name = await screen.findByLabelText('Name as on the identity card')
  fireEvent.change(name, { target: { value: 'Noura Saleh' } })
  fireEvent.submit(name.closest('form') as HTMLFormElement)
  await waitFor(() => expect(arrivals().at(-1)).toMatchObject({ elector: '404', name: 'Noura Saleh' }))
  await waitFor(() => expect(field().value).toBe(''))
})

test('[V161] a mark refused for the wrong committee offers the arrival in its line; the foot counts every end', async () => {
  const page = await stand('13,yours,conflicts')
  const foot = () => document.querySelector('footer')?.textContent ?? ''
  await waitFor(() => expect(foot()).toContain('Not seen back yet: 1'))
  expect(foot()).toContain('Not sent in time: 1')
  expect(foot()).toContain('To be decided: 3')
  const line = document.querySelector('li[data-state="rejected"]') as HTMLElement
  fireEvent.click(line.querySelector('button') as HTMLElement)
  fireEvent.click(await screen.findByRole('button', { name: 'Record' }))
  await waitFor(() =>
    expect(page.core.calls.at(-1)).toMatchObject({ name: 'attendance.pending', input: { elector: '100405' } }),
  )
})

test('[V398] for an elector the register has as not active the kiosk says what to do, and offers no arrival', async () => {
  const page = await stand('13')
  type('100871')
  enter()
  await waitFor(() => expect(page.core.calls.at(-1)?.name).toBe('attendance.mark'))
  await act(async () => page.core.settle('rejected', 'Elector is inactive', 'not-eligible'))
  const line = await waitFor(() => {
    const found = document.querySelector('li[data-state="rejected"]')
    expect(found).not.toBeNull()
    return found as HTMLElement
  })
  expect(line.textContent).toContain('Elector is inactive')
  expect(line.textContent).toContain('send them to the head of the committee')
  expect(line.querySelector('button')).toBeNull()
})

test('[V327] a scanner marks each number once: digits as fast as they come, of either set, each with its Enter', async () => {
  const page = await stand('13')
  const [first = '', second = '', third = ''] = page.core.world.attendance.map((row) => String(row.elector))
  const arabic = (number: string) => number.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit)
  for (const scanned of [first, arabic(second), `${third}\t`]) {
    // A scanner types a digit each ms and asks nobody whether the last one was saved.
    for (let end = 1; end <= scanned.length; end++) type(scanned.slice(0, end))
    enter()
    await waitFor(() => expect(field().value).toBe(''))
  }
  expect(marks(page)).toMatchObject([{ elector: first }, { elector: second }, { elector: third }])
})

test('[V424] a committee that is not found is said to be so, and all are there again with one press', async () => {
  await drawPage('20,kiosk')
  const field = await screen.findByRole('searchbox', { name: 'Committee’s code or name' })
  fireEvent.change(field, { target: { value: 'zz٩' } })
  await screen.findByText(/No committee this desk may mark in has .zz٩/)
  fireEvent.click(screen.getByRole('button', { name: 'Show all 20 committees' }))
  expect(document.activeElement).toBe(field)
  expect((field as HTMLInputElement).value).toBe('')
  expect(screen.getByRole('button', { name: /^m10/ })).toBeTruthy()
  expect(screen.queryByText(/No committee this desk/)).toBeNull()
})
