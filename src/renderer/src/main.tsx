import './no-eval.ts'
import './theme/mantine-styles.ts'
import './theme/fonts.css'
import './theme/tokens.css'
import './theme/base.css'
import './theme/print.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Port } from '../../shared/port.ts'
import { App } from './app.tsx'
import { openPort } from './bridge/open-port.ts'
import { CoreProvider } from './store/core-context.tsx'
import { followScene } from './features/wall/scene-address.ts'
import { linkToCore } from './store/link-to-core.ts'
import { followAddress } from './store/route.ts'
import { createStreams } from './store/streams.ts'
import { fetchTheRest } from './ui/later.tsx'

/** The first screen is drawn and its data is in by then; what is left of the page is small. ms. */
const REST_AFTER_MS = 1_000

/** Under the dev server, and in the page built for pictures, `?fake=420,offline` shows made-up data; the product has no such thing. */
async function chooseOpen(): Promise<() => Promise<Port>> {
  if (import.meta.env.DEV || import.meta.env.MODE === 'made-up') {
    const scenario = new URLSearchParams(location.search).get('fake')
    if (scenario !== null) return (await import('./dev/fake-open.ts')).fakeOpen(scenario)
  }
  return () => openPort()
}

const root = document.getElementById('root')
if (root) {
  const link = linkToCore(await chooseOpen())
  followAddress()
  followScene()
  createRoot(root).render(
    <StrictMode>
      <CoreProvider core={{ link, streams: createStreams(link) }}>
        <App />
      </CoreProvider>
    </StrictMode>,
  )
  setTimeout(() => void fetchTheRest(), REST_AFTER_MS)
}
