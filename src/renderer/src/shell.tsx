import { type ReactNode, useMemo, useState } from 'react'
import { AttendancePage } from './features/attendance/attendance-page.tsx'
import { BoardPage } from './features/board/board-page.tsx'
import { CountPage } from './features/count/count-page.tsx'
import { Frame } from './features/frame/frame.tsx'
import { GuaranteesPage } from './features/guarantees/guarantees-page.tsx'
import { LinkPage } from './features/link/link-page.tsx'
import { KeysDialog } from './features/palette/keys-dialog.tsx'
import { Palette } from './features/palette/palette.tsx'
import { ResultsPage } from './features/results/results-page.tsx'
import { ConnectDialog } from './features/session/connect-dialog.tsx'
import { SessionPage } from './features/session/session-page.tsx'
import { useStream } from './store/core-context.tsx'
import { type KeyActions, useKeys } from './store/keys.ts'
import { go, type Screen, useRoute } from './store/route.ts'
import { ViewBoundary } from './ui/state-notes.tsx'
import { useTryNow } from './ui/use-try-now.ts'

const PAGE: Readonly<Record<Screen, () => ReactNode>> = {
  board: BoardPage,
  guarantees: GuaranteesPage,
  attendance: AttendancePage,
  count: CountPage,
  results: ResultsPage,
  link: LinkPage,
}

/** Sign-in while nobody is, else the console in its frame. */
export function Shell() {
  const session = useStream('session')
  if (session.is === 'ready' && session.value.state !== 'signed-in') return <SessionPage session={session.value} />
  return <Console />
}

type Open = 'nothing' | 'palette' | 'keys' | 'connect'

function Console() {
  const screen = useRoute((route) => route.screen)
  const [open, setOpen] = useState<Open>('nothing')
  const close = () => setOpen('nothing')
  const tryNow = useTryNow()
  const actions = useMemo<KeyActions>(
    () => ({
      palette: () => setOpen('palette'),
      help: () => setOpen('keys'),
      mark: markNow,
      faults: () => go('board', { only: 'faults' }),
      search: () => focusOn('search'),
      tryNow: () => void tryNow(),
    }),
    [tryNow],
  )
  useKeys(actions)
  const Page = PAGE[screen]
  return (
    <Frame onPalette={actions.palette} onKeys={actions.help} onConnect={() => setOpen('connect')}>
      <ViewBoundary key={screen}>
        <Page />
      </ViewBoundary>
      {open === 'palette' && (
        <Palette
          onClose={close}
          actions={{ connect: () => setOpen('connect'), keys: actions.help, mark: markNow, tryNow: actions.tryNow }}
        />
      )}
      {open === 'keys' && <KeysDialog onClose={close} />}
      {open === 'connect' && <ConnectDialog onClose={close} />}
    </Frame>
  )
}

const focusOn = (id: string) => document.getElementById(id)?.focus()

/** The screen is drawn after the address changed; the field is there a frame later. */
function markNow() {
  go('attendance')
  requestAnimationFrame(() => requestAnimationFrame(() => focusOn('mark-number')))
}
