import type { ReactNode } from 'react'
import { AttendancePage } from './features/attendance/attendance-page.tsx'
import { BoardPage } from './features/board/board-page.tsx'
import { CountPage } from './features/count/count-page.tsx'
import { Frame } from './features/frame/frame.tsx'
import { GuaranteesPage } from './features/guarantees/guarantees-page.tsx'
import { LinkPage } from './features/link/link-page.tsx'
import { ResultsPage } from './features/results/results-page.tsx'
import { type Screen, useRoute } from './store/route.ts'
import { ViewBoundary } from './ui/state-notes.tsx'

const PAGE: Readonly<Record<Screen, () => ReactNode>> = {
  board: BoardPage,
  guarantees: GuaranteesPage,
  attendance: AttendancePage,
  count: CountPage,
  results: ResultsPage,
  link: LinkPage,
}

/** One of the console's own screens in its frame. */
export function Shell() {
  const screen = useRoute((route) => route.screen)
  const Page = PAGE[screen]
  return (
    <Frame onPalette={() => undefined} onKeys={() => undefined} onConnect={() => undefined}>
      <ViewBoundary key={screen}>
        <Page />
      </ViewBoundary>
    </Frame>
  )
}
