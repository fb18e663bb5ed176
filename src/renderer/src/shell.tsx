import type { ReactNode } from 'react'
import { BoardPage } from './features/board/board-page.tsx'
import { Frame } from './features/frame/frame.tsx'
import { type Screen, useRoute } from './store/route.ts'
import { ViewBoundary } from './ui/state-notes.tsx'

const PAGE: Readonly<Partial<Record<Screen, () => ReactNode>>> = { board: BoardPage }

/** One of the console's own screens in its frame. */
export function Shell() {
  const screen = useRoute((route) => route.screen)
  const Page = PAGE[screen] ?? BoardPage
  return (
    <Frame onPalette={() => undefined} onKeys={() => undefined} onConnect={() => undefined}>
      <ViewBoundary key={screen}>
        <Page />
      </ViewBoundary>
    </Frame>
  )
}
