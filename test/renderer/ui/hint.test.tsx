// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { fireEvent, render, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Hint } from '../../../src/renderer/src/ui/hint.tsx'
import { screen, usePage } from '../support.tsx'

usePage()

function draw(label: string | null) {
  render(
    <MantineProvider env="test">
      <Hint label={label}>
        <button type="button">Correct</button>
      </Hint>
      <p>elsewhere</p>
    </MantineProvider>,
  )
  return screen.getByRole('button')
}
const tip = () => screen.queryByRole('tooltip')

test('[V412] a hint is there for the pointer and for the keyboard, is said of its control, and Escape closes it', async () => {
  const button = draw('This account may not')
  expect(tip()).toBeNull()
  fireEvent.pointerEnter(button)
  await waitFor(() => expect(tip()?.textContent).toBe('This account may not'))
  const described = button.getAttribute('aria-describedby') ?? ''
  expect(tip()?.contains(document.getElementById(described))).toBe(true)
  fireEvent.pointerLeave(button)
  await waitFor(() => expect(tip()).toBeNull())
  expect(button.getAttribute('aria-describedby')).toBeNull()

  fireEvent.keyDown(document.body, { key: 'Tab' })
  button.focus()
  await waitFor(() => expect(tip()).not.toBeNull())
  fireEvent.keyDown(button, { key: 'Escape' })
  await waitFor(() => expect(tip()).toBeNull())
})

test('[V412] a finger that is lifted leaves the hint open until it touches elsewhere', async () => {
  const button = draw('This account may not')
  fireEvent.pointerEnter(button, { pointerType: 'touch' })
  fireEvent.pointerLeave(button, { pointerType: 'touch' })
  await waitFor(() => expect(tip()).not.toBeNull())
  fireEvent.pointerDown(screen.getByText('elsewhere'))
  await waitFor(() => expect(tip()).toBeNull())
})

test('[V412] where there is nothing to say nothing opens', async () => {
  const button = draw(null)
  fireEvent.pointerEnter(button)
  expect(button.getAttribute('aria-describedby')).toBeNull()
  expect(tip()).toBeNull()
})
