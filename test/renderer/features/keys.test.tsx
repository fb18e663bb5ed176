// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { SCREENS } from '../../../src/renderer/src/store/route.ts'
import { letGo } from '../../../src/renderer/src/store/freeze.ts'
import { drawPage, settle, usePage } from '../support.tsx'

usePage()

const KEYS = [...'abcdefghijklmnopqrstuvwxyz/?']

const PLACES = [
  ...SCREENS.map((at) => ['13,counting,yours', at] as const),
  ['13,counting', 'committee?code=m4'],
  ['13,counting', 'radar?list=calls'],
  ['13,counting', 'guarantees?view=sums'],
  ['13,counting', 'count?committee=m1&sheet=open'],
  ['13,offline', 'board'],
  ['13,replay', 'attendance'],
] as const

/** What the list of keys says, one key at a time. */
async function listed(): Promise<string[]> {
  fireEvent.keyDown(document.body, { key: '?' })
  const dialog = await screen.findByRole('dialog', { name: 'Keys' })
  const keys = [...dialog.querySelectorAll('dt')].map((term) =>
    [...term.querySelectorAll('kbd')].map((key) => key.textContent).join(' '),
  )
  fireEvent.keyDown(dialog, { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  return keys
}

/** Whether somebody takes the key; then all is put back as it was. */
async function isTaken(key: string, at: string): Promise<boolean> {
  ;(document.activeElement as HTMLElement | null)?.blur()
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  await act(async () => void document.body.dispatchEvent(event))
  if (!event.defaultPrevented) return false
  await settle()
  const open = screen.queryByRole('dialog')
  if (open) {
    fireEvent.keyDown(open, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  }
  await act(async () => letGo())
  if (location.hash !== `#/${at}`) {
    await act(async () => {
      location.hash = `#/${at}`
      window.dispatchEvent(new Event('hashchange'))
    })
    await settle()
  }
  return true
}

test.each(PLACES)(
  '[V396] in %s on %s the list of keys names those that work there and no others',
  async (scenario, at) => {
    await drawPage(scenario, { at })
    await screen.findByRole('heading', { level: 1 })
    await settle()
    const lines = await listed()
    const taken: string[] = []
    for (const key of KEYS) if (await isTaken(key, at)) taken.push(key)
    expect(taken.toSorted()).toEqual(lines.filter((keys) => KEYS.includes(keys)).toSorted())
  },
)
