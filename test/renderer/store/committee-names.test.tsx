// @vitest-environment jsdom
import { act, render, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { createFakeCore } from '../../../src/renderer/src/dev/fake-core.ts'
import { parseScenario } from '../../../src/renderer/src/dev/scenario.ts'
import { useCommitteeNames } from '../../../src/renderer/src/store/committee-names.ts'
import { CoreProvider, useValue } from '../../../src/renderer/src/store/core-context.tsx'
import { linkToCore } from '../../../src/renderer/src/store/link-to-core.ts'
import { createStreams } from '../../../src/renderer/src/store/streams.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

test('[V411] a list of names is not drawn again when somebody is marked, and is when a name changes', async () => {
  const core = createFakeCore(parseScenario('still'))
  const link = linkToCore(core.open)
  const streams = createStreams(link)
  stops.push(() => streams.stop(), link.stop, core.stop)
  let draws = 0
  function Names() {
    draws++
    return <p id="names">{(useCommitteeNames() ?? []).map((row) => row.name).join()}</p>
  }
  const Figures = () => <p id="figures">{useValue('committees')?.reduce((sum, row) => sum + row.attended, 0)}</p>
  render(
    <CoreProvider core={{ link, streams }}>
      <Names />
      <Figures />
    </CoreProvider>,
  )
  const told = (id: string) => document.getElementById(id)?.textContent ?? ''
  await waitFor(() => expect(told('names')).not.toBe(''))

  const [before, drawn] = [told('figures'), draws]
  const someCome = () => act(() => core.world.committees.forEach(() => core.tick()))
  someCome()
  await waitFor(() => expect(told('figures')).not.toBe(before))
  expect(draws).toBe(drawn)

  core.world.committees.forEach((row, place) => {
    core.world.committees[place] = { ...row, name: `Renamed ${row.name}` }
  })
  someCome()
  await waitFor(() => expect(told('names')).toContain('Renamed'))
})
