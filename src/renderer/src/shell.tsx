import { type ComponentType, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AttendancePage } from './features/attendance/attendance-page.tsx'
import { BoardPage } from './features/board/board-page.tsx'
import { CommitteePage } from './features/committee/committee-page.tsx'
import { ConflictsPage } from './features/conflicts/conflicts-page.tsx'
import { CountPage } from './features/count/count-page.tsx'
import { EvidenceDialog } from './features/evidence/evidence-dialog.tsx'
import { Frame } from './features/frame/frame.tsx'
import { ZoneDialog } from './features/frame/zone-dialog.tsx'
import { LinkChip } from './features/frame/link-chip.tsx'
import { NotLiveBar } from './features/frame/not-live-bar.tsx'
import { RehearsalBar } from './features/frame/rehearsal-bar.tsx'
import { GuaranteesPage } from './features/guarantees/guarantees-page.tsx'
import { FreezeButton, FrozenBar, useToggleFreeze } from './features/replay/freeze.tsx'
import { RecordingsButton } from './features/replay/recordings-button.tsx'
import { RecordingsDialog } from './features/replay/recordings-dialog.tsx'
import { ReplayBar } from './features/replay/replay-bar.tsx'
import { useReplayActions } from './features/replay/use-replay-actions.ts'
import { IncidentsPage } from './features/incidents/incidents-page.tsx'
import { useAlarm } from './features/incidents/use-alarm.ts'
import { KioskPage } from './features/kiosk/kiosk-page.tsx'
import { KeysDialog } from './features/palette/keys-dialog.tsx'
import { Palette } from './features/palette/palette.tsx'
import { RadarPage } from './features/radar/radar-page.tsx'
import { ResultsPage } from './features/results/results-page.tsx'
import { ConnectDialog } from './features/session/connect-dialog.tsx'
import { SafePage } from './features/safe/safe-page.tsx'
import { SessionPage } from './features/session/session-page.tsx'
import { startTour, TourBar } from './features/tour/tour-bar.tsx'
import { useSceneAddress } from './features/wall/scene-address.ts'
import { WallPage } from './features/wall/wall-page.tsx'
import { LeavingDialog } from './features/yours/leaving-dialog.tsx'
import { YoursChip } from './features/yours/yours-chip.tsx'
import { useStream, useValue } from './store/core-context.tsx'
import { useForgetTyped } from './store/drafts.ts'
import { type KeyActions, useKeys } from './store/keys.ts'
import { openNow, useOpen } from './store/open.ts'
import { useReplay, useReplayTime } from './store/replay.ts'
import { useLeave } from './store/leaving.ts'
import { go, type Screen, useRoute } from './store/route.ts'
import { useZoneOfDesk } from './store/zone-of-desk.ts'
import { later } from './ui/later.tsx'
import { OpenedArrival } from './ui/opened-arrival.tsx'
import { Skeleton, ViewBoundary } from './ui/state-notes.tsx'
import { TrailPanel } from './ui/trail-panel.tsx'
import { useTryNow } from './ui/use-try-now.ts'

/** With its charts and the doctor's words it is the largest of the screens, and never the first. */
const LinkPage = later(async () => (await import('./features/link/link-page.tsx')).LinkPage, <LinkWaits />)

/** The screen has its heading also before its part of the page came. */
function LinkWaits() {
  const { t } = useTranslation()
  return (
    <>
      <h1 className="visually-hidden">{t('link.page')}</h1>
      <Skeleton width="100%" height={480} />
    </>
  )
}

const PAGE: Readonly<Record<Screen, ComponentType>> = {
  board: BoardPage,
  committee: CommitteePage,
  guarantees: GuaranteesPage,
  radar: RadarPage,
  attendance: AttendancePage,
  count: CountPage,
  results: ResultsPage,
  conflicts: ConflictsPage,
  incidents: IncidentsPage,
  link: LinkPage,
}

/** What the host was started as: a wall, which is asked and told nothing else; or a desk. Any desk's window may look like the wall. */
export function Shell() {
  const host = useStream('host')
  useZoneOfDesk()
  const looksLikeWall = useSceneAddress(({ at }) => at !== null)
  const isWall = host.is === 'ready' && host.value.wall === true
  return isWall || looksLikeWall ? <WallPage /> : <Desk />
}

/** Sign-in while nobody is, else the console in its frame; at a kiosk the one screen it has. */
function Desk() {
  const session = useStream('session')
  const host = useStream('host')
  const kiosk = host.is === 'ready' && host.value.kiosk
  useEffect(() => {
    document.documentElement.toggleAttribute('data-kiosk', kiosk)
  }, [kiosk])
  useReplayTime()
  useForgetTyped()
  const safe = useValue('safe')
  // A recording the console was started on needs no sign-in.
  const look = useValue('replay')
  const looksBack = look !== null && look.is !== 'live'
  if (safe !== null) return <SafePage safe={safe} />
  if (session.is === 'ready' && session.value.state !== 'signed-in' && !looksBack)
    return (
      <>
        <SessionPage session={session.value} />
        <LeavingDialog />
      </>
    )
  return (
    <>
      {kiosk ? <Kiosk /> : <Console />}
      <LeavingDialog />
    </>
  )
}

function Kiosk() {
  return (
    <ViewBoundary>
      <KioskPage
        bars={
          <>
            <RehearsalBar />
            <NotLiveBar whyAt={null} />
          </>
        }
        chip={<LinkChip whyAt={null} />}
      />
    </ViewBoundary>
  )
}

type Open = 'nothing' | 'palette' | 'connect'

function Console() {
  const screen = useRoute((route) => route.screen)
  const [open, setOpen] = useState<Open>('nothing')
  const close = () => setOpen('nothing')
  const keys = useOpen('keys')
  const recordings = useOpen('recordings')
  const tryNow = useTryNow()
  const freeze = useToggleFreeze()
  const replay = useReplay() !== null
  const isLive = useValue('link')?.state === 'live'
  const { open: look, live } = useReplayActions()
  const leave = useLeave('server')
  const connect = () => leave(() => setOpen('connect'))
  const actions = useMemo<KeyActions>(
    () => ({
      freeze: replay ? null : freeze,
      live: replay ? () => void live() : null,
      palette: () => setOpen('palette'),
      help: () => openNow('keys'),
      mark: markNow,
      faults: () => go('incidents'),
      search: () => focusOn('search'),
      tryNow: isLive || replay ? null : () => void tryNow(),
    }),
    [tryNow, freeze, live, replay, isLive],
  )
  useKeys(actions)
  useAlarm()
  const Page = PAGE[screen]
  return (
    <Frame
      onPalette={actions.palette}
      onKeys={actions.help}
      onConnect={connect}
      bar={
        <>
          <ReplayBar />
          <TourBar />
        </>
      }
      yours={<YoursChip />}
      tools={
        <>
          <FreezeButton />
          <RecordingsButton onOpen={() => openNow('recordings')} />
        </>
      }
    >
      <ViewBoundary key={screen}>
        <Page />
      </ViewBoundary>
      {open === 'palette' && (
        <Palette
          onClose={close}
          actions={{
            mark: actions.mark,
            freeze,
            live: () => void live(),
            tryNow: () => void tryNow(),
            connect,
            keys: actions.help,
            lookBack: () => void look(null),
            recordings: () => openNow('recordings'),
            tour: startTour,
          }}
        />
      )}
      {keys.isOpen && <KeysDialog onClose={keys.close} />}
      {open === 'connect' && <ConnectDialog onClose={close} />}
      {recordings.isOpen && <RecordingsDialog onClose={recordings.close} />}
      <EvidenceDialog />
      <ZoneDialog />
      <OpenedArrival />
      <TrailPanel />
      <FrozenBar />
    </Frame>
  )
}

const focusOn = (id: string) => document.getElementById(id)?.focus()

/** The screen is drawn after the address changed. */
function markNow() {
  go('attendance')
  focusWhenDrawn('mark-number', DRAWN_WITHIN_FRAMES)
}

/** On a busy machine a screen takes several frames to be drawn; after this many nobody waits for the field any more. */
const DRAWN_WITHIN_FRAMES = 60

function focusWhenDrawn(id: string, frames: number) {
  if (document.getElementById(id)) return focusOn(id)
  if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(id, frames - 1))
}
