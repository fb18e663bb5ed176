// @vitest-environment jsdom
import { act, fireEvent, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { drawPage, screen, settle, text, usePage } from '../support.tsx'

usePage()

/** A popover's place is measured, and here nothing has a size: what is in it counts as hidden. */
const hidden = true
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
async function panel() {
  fireEvent.click(await screen.findByRole('button', { name: /^Yours: / }))
  await screen.findByRole('heading', { name: 'What you did at this desk', hidden })
}
const itemOf = (words: RegExp) => {
  const found = [...document.querySelectorAll<HTMLElement>('li[data-state]')].find((each) =>
    words.test(each.textContent ?? ''),
  )
  if (!found) throw new Error(`no item like ${words}`)
  return within(found)
}
const callsOf = (
  core: { readonly calls: readonly { readonly name: string; readonly input: unknown }[] },
  name: string,
) => core.calls.filter((call) => call.name === name).map((call) => call.input)

test('[V162] the foot counts what waits and what went wrong; the panel tells since when and what was not seen back', async () => {
  await drawPage('13,yours,conflicts')
  const chip = await screen.findByRole('button', { name: /^Yours: / })
  expect(chip.textContent).toBe('Yours: 3 waiting · 2 refused · not sent in time: 1 · to decide: 3')
  await panel()
  expect(text()).toContain('3 wait to be sent, the oldest for 3 min')
  expect(text()).toContain('1 was taken by the server and not seen back yet')
  expect(text()).toContain('1 was not sent in time and will not be sent any more')
})

test('[V163] what came to nothing says why and what to do next, and leads there', async () => {
  const { core } = await drawPage('13,yours,conflicts')
  await panel()
  const refused = itemOf(/100405/)
  refused.getByText('Elector is assigned to committee m7.')
  refused.getByText(/belongs to another committee/)
  itemOf(/do not have permission/).getByText(/Ask somebody who may/)
  expect(
    itemOf(/To be decided/)
      .getByRole('link', { name: 'Open the card', hidden })
      .getAttribute('href'),
  ).toBe('#/conflicts')
  expect(
    itemOf(/Not sent in time/)
      .getByRole('link', { name: 'Do it again', hidden })
      .getAttribute('href'),
  ).toBe('#/results')
  itemOf(/Verification of a count sheet · f2/)
  fireEvent.click(refused.getByRole('button', { name: 'Record as pending…', hidden }))
  fireEvent.click(await screen.findByRole('button', { name: 'Record' }))
  await waitFor(() =>
    expect(callsOf(core, 'attendance.pending')).toEqual([{ elector: '100405', committee: 'm2', name: '', notes: '' }]),
  )
})

test('[V164] an action is undone with a reason; one that cannot be says why', async () => {
  const { core } = await drawPage('13,yours')
  await panel()
  const barred = itemOf(/Verification of a count sheet/).getByRole('button', { name: 'Undo…', hidden })
  expect(barred.getAttribute('aria-description')).toMatch(/no way back/)
  expect(itemOf(/100405/).queryByRole('button', { name: 'Undo…', hidden })).toBeNull()
  fireEvent.click(itemOf(/100880/).getByRole('button', { name: 'Undo…', hidden }))
  await screen.findByText(/It was not sent yet/)
  press('Undo it')
  await screen.findByText('Say why, in a few words.')
  expect(callsOf(core, 'outbox.undo')).toEqual([])
  fireEvent.change(screen.getByLabelText('Reason'), { target: { value: ' wrong number ' } })
  press('Undo it')
  await waitFor(() => expect(callsOf(core, 'outbox.undo')).toEqual([{ key: 'fake-queued', reason: 'wrong number' }]))
  await screen.findByText('Taken back before it was sent.')
  await screen.findByRole('button', { name: /^Yours: 2 waiting/ })
})

test('[V165] what comes to nothing is said at once, and no longer than it is so', async () => {
  const { core } = await drawPage('13,offline,yours')
  await screen.findByRole('button', { name: /^Yours: / })
  act(() => core.settle('conflict', undefined, 'decide'))
  await screen.findByText(/100880 @ m2.* stands against another record/)
  act(() => core.settle('conflict'))
  await waitFor(() => expect(screen.queryByText(/100880 @ m2.* stands against another record/)).toBeNull())
})

test('[V166] signing out with unsent work asks, and says that it stays here', async () => {
  const { core } = await drawPage('13,yours')
  await screen.findByRole('button', { name: /^Yours: / })
  const signOut = async () => {
    press('Menu')
    fireEvent.click(await screen.findByRole('button', { name: 'Sign out', hidden }))
  }
  await signOut()
  await screen.findByText('3 actions are not at the server yet, the oldest for 3 min.')
  expect(text()).toContain('sent when you sign in here again')
  press('Stay')
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Sign out now?' })).toBeNull())
  expect(callsOf(core, 'session.sign-out')).toEqual([])
  await signOut()
  fireEvent.click(await screen.findByRole('button', { name: 'Sign out all the same' }))
  await waitFor(() => expect(callsOf(core, 'session.sign-out')).toEqual([null]))
})

test('[V166] changing the server asks too; with nothing unsent nobody is asked', async () => {
  await drawPage('13,yours')
  await screen.findByRole('button', { name: /^Yours: / })
  press('Menu')
  fireEvent.click(await screen.findByRole('button', { name: 'Connect to your server…', hidden }))
  await screen.findByText(/sent when this server is used/)
  fireEvent.click(screen.getByRole('button', { name: 'Change all the same' }))
  await screen.findByRole('dialog', { name: 'Connect to your server' })
})

test('[V166] a window closes without a word only where nothing is unsent', async () => {
  const closing = () => {
    const event = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(event)
    return event.defaultPrevented
  }
  const { core } = await drawPage('13,offline')
  await screen.findByRole('button', { name: /^Yours: / })
  expect(closing()).toBe(false)
  act(() => core.refuse('no'))
  await settle()
  expect(closing()).toBe(false)
  fireEvent.keyDown(document.body, { key: 'm' })
  await waitFor(() => expect(document.activeElement?.id).toBe('mark-number'))
  fireEvent.change(document.activeElement as HTMLInputElement, { target: { value: '742' } })
  const place = document.querySelector('form[aria-label="Mark attendance"] select') as HTMLSelectElement
  fireEvent.change(place, { target: { value: 'm1' } })
  fireEvent.submit(document.getElementById('mark-number')?.closest('form') as HTMLFormElement)
  await screen.findByRole('button', { name: /^Yours: 1 waiting/ })
  await waitFor(() => expect(closing()).toBe(true))
})

test('[V397] one that came to nothing is read and counted no more, or all at once; they stay, with who read them', async () => {
  const { core } = await drawPage('13,yours,conflicts')
  await panel()
  fireEvent.click(itemOf(/100405/).getByRole('button', { name: 'I have read this', hidden }))
  await waitFor(() => expect(text()).toContain('Yours: 3 waiting · 1 refused · not sent in time: 1 · to decide: 3'))
  expect(callsOf(core, 'outbox.look')).toEqual([{ keys: ['fake-refused'] }])
  itemOf(/100405/).getByText(/^Read by .* at \d\d:\d\d$/)
  fireEvent.click(screen.getByRole('button', { name: 'I have read all 2 that came to nothing', hidden }))
  await waitFor(() => expect(text()).toContain('Yours: 3 waiting · to decide: 3'))
  expect(screen.queryByRole('button', { name: /^I have read all/, hidden })).toBeNull()
  itemOf(/do not have permission/).getByText(/^Read by/)
})
