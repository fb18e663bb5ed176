// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { render } from '@testing-library/react'
import { I18nextProvider } from 'react-i18next'
import { expect, test, vi } from 'vitest'
import { createWords } from '../../../src/renderer/src/i18n/words.ts'
import { EmptyState, ViewBoundary } from '../../../src/renderer/src/ui/state-notes.tsx'
import { screen, usePage } from '../support.tsx'

usePage()

test('[V45] a view that breaks says so and the rest of the page goes on', () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const Broken = () => {
    throw new Error('a bug of ours')
  }
  render(
    <I18nextProvider i18n={createWords('en')}>
      <MantineProvider>
        <EmptyState text="the rest" />
        <ViewBoundary>
          <Broken />
        </ViewBoundary>
      </MantineProvider>
    </I18nextProvider>,
  )
  expect(screen.getByText('the rest')).toBeDefined()
  expect(screen.getByRole('alert').textContent).toContain('Something in this view broke')
  expect(screen.getByText('a bug of ours')).toBeDefined()
  quiet.mockRestore()
})
