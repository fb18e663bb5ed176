// @vitest-environment jsdom
import { act, cleanup, fireEvent, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useDrafts } from '../../../src/renderer/src/store/drafts.ts'
import { drawPage, type Page, screen, settle, usePage } from '../support.tsx'

usePage()

const DAY = '13,yours,counting'
const WORDS = 'twice on the list'
const hidden = true

/** Where it is, the field that is typed into, and what is typed. */
const FIELDS: readonly (readonly [at: string, field: string | RegExp, typed: string])[] = [
  ['attendance?open=pending&of=404 %40 m1 %40 unknown', /^Name as on/, WORDS],
  ['attendance?view=reconcile&committee=m2&open=paper&of=m2', 'People on the paper list', '312'],
  ['guarantees?open=new', 'Note', WORDS],
  ['guarantees?open=views&q=ali', /^Name/, WORDS],
  ['incidents?open=shift', 'Your words to the next person', WORDS],
  ['incidents?open=rules', 'Target, %', '61'],
  ['count?open=counting', 'Seats', '11'],
  ['link?open=keeping', 'Size of a file, MB', '77'],
]

const kept = () => sessionStorage.getItem('tallydesk.typed') ?? ''
const field = (name: string | RegExp) => screen.findByRole<HTMLInputElement>('textbox', { name, hidden })

/** The page goes with all it had in memory; what the window keeps stays. */
async function reload(at: string): Promise<Page> {
  const [before, { version }] = [kept(), JSON.parse(kept())]
  cleanup()
  useDrafts.setState({ drafts: {} })
  expect(version).toBe(1)
  sessionStorage.setItem('tallydesk.typed', before)
  await useDrafts.persist.rehydrate()
  return drawPage(DAY, { at })
}

test.each(FIELDS)('[V438] what was typed and not sent is there again after a reload: %s', async (at, name, typed) => {
  await drawPage(DAY, { at })
  fireEvent.change(await field(name), { target: { value: typed } })
  await reload(at)
  expect((await field(name)).value).toBe(typed)
  await screen.findByText(/^What you typed here before is still there/)
})

test('[V438] what was sent is not there again', async () => {
  const { core } = await drawPage(DAY, { at: 'incidents?open=shift' })
  fireEvent.change(await field('Your words to the next person'), { target: { value: WORDS } })
  expect(kept()).toContain(WORDS)
  fireEvent.click(screen.getByRole('button', { name: 'Hand over', hidden }))
  await waitFor(() => expect(core.calls.some(({ name }) => name === 'shift.hand-over')).toBe(true))
  await waitFor(() => expect(kept()).not.toContain(WORDS))
})

test('[V439] a sign-out takes what was typed in dialogs with it', async () => {
  await drawPage(DAY, { at: 'incidents?open=shift' })
  fireEvent.change(await field('Your words to the next person'), { target: { value: WORDS } })
  await act(async () => history.replaceState(null, '', '#/board'))
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  fireEvent.change(await screen.findByRole('combobox', { hidden }), { target: { value: 'sign out' } })
  fireEvent.keyDown(document.activeElement!, { key: 'Enter' })
  const sure = await screen.findByRole('button', { name: 'Sign out all the same', hidden })
  fireEvent.click(sure)
  await screen.findByLabelText('Password')
  expect(kept()).not.toContain(WORDS)
})

test('[V439] what one account typed is gone when another signs in', async () => {
  await drawPage('13', { at: 'incidents?open=shift' })
  fireEvent.change(await field('Your words to the next person'), { target: { value: WORDS } })
  cleanup()
  expect(kept()).toContain(WORDS)
  await drawPage('13,clerk', { at: 'board' })
  await screen.findByText('Live')
  await settle()
  expect(kept()).not.toContain(WORDS)
})

test('[V438] a password, and a name that signs results off, are kept nowhere', async () => {
  await drawPage('13,counting,offline', { at: 'results?open=publish' })
  fireEvent.change(await field(/^Sign off/), { target: { value: WORDS } })
  cleanup()
  await drawPage('sign-in')
  fireEvent.change(await screen.findByLabelText('Password'), { target: { value: WORDS } })
  for (const storage of [localStorage, sessionStorage]) expect(JSON.stringify({ ...storage })).not.toContain(WORDS)
})

test('[V438] what a page of another time left in the window is taken for nothing', async () => {
  sessionStorage.setItem('tallydesk.typed', JSON.stringify({ state: { drafts: { a: { b: 1 } } }, version: 1 }))
  await useDrafts.persist.rehydrate()
  expect(useDrafts.getState().drafts).toEqual({})
})
