// @vitest-environment jsdom
import { act, render, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { createFakeCore } from '../../../src/renderer/src/dev/fake-core.ts'
import { parseScenario } from '../../../src/renderer/src/dev/scenario.ts'
import { CoreProvider, useValue } from '../../../src/renderer/src/store/core-context.tsx'
import { linkToCore } from '../../../src/renderer/src/store/link-to-core.ts'
import { createStreams } from '../../../src/renderer/src/store/streams.ts'
import { useIsBlank, useIsUnread } from '../../../src/renderer/src/store/trust.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

test('[V429] what asks only whether it was ever read is not drawn again while its data grow newer', async () => {
  const core = createFakeCore(parseScenario('still'))
  const link = linkToCore(core.open)
  const streams = createStreams(link)
  stops.push(() => streams.stop(), link.stop, core.stop)
  let draws = 0
  function Asks() {
    draws++
    return <p id="asks">{`${useIsUnread('guarantees')} ${useIsBlank()}`}</p>
  }
  const Trust = () => <p id="trust">{JSON.stringify(useValue('trust'))}</p>
  render(
    <CoreProvider core={{ link, streams }}>
      <Asks />
      <Trust />
    </CoreProvider>,
  )
  const told = (id: string) => document.getElementById(id)?.textContent ?? ''
  await waitFor(() => expect(told('trust')).not.toBe('null'))
  expect(told('asks')).toBe('false false')

  const [before, drawn] = [told('trust'), draws]
  await waitFor(() => {
    act(() => core.tick())
    expect(told('trust')).not.toBe(before)
  })
  expect(draws).toBe(drawn)
})
