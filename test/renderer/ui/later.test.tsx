// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { fetchTheRest, later } from '../../../src/renderer/src/ui/later.tsx'

afterEach(cleanup)

test('[V64] a part that does not come holds its place and is asked for until it comes', async () => {
  let asked = 0
  const Part = later<{ name: string }>(
    async () => {
      asked++
      if (asked === 1) throw new Error('the host is away')
      return ({ name }) => <p>here, {name}</p>
    },
    <p>place</p>,
  )
  render(<Part name="chart" />)
  expect(screen.getByText('place')).toBeTruthy()
  await screen.findByText('here, chart', {}, { timeout: 8_000 })
  expect(asked).toBe(2)
})

test('[V64] what was fetched ahead is drawn at once and fetched once', async () => {
  let asked = 0
  const Part = later(async () => {
    asked++
    return () => <p>ready</p>
  }, null)
  await fetchTheRest()
  render(<Part />)
  expect(screen.getByText('ready')).toBeTruthy()
  expect(asked).toBe(1)
})
