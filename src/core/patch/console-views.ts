import type { LinkView } from '../../shared/model/link.ts'
import type { Source } from '../../shared/rpc/define.ts'
import { type DoctorView, NO_DOCTOR } from '../../shared/view/doctor.ts'
import type { EvidenceView } from '../../shared/view/evidence.ts'
import type { MetersView } from '../../shared/view/meters.ts'
import type { AlertSettings } from '../../shared/view/incident.ts'
import type { KeepingView } from '../../shared/keeping-contract.ts'
import type { BulkView } from '../../shared/view/bulk.ts'
import type { SavedView } from '../../shared/view/saved-views.ts'
import type { SessionView } from '../../shared/view/session.ts'
import { mayOf } from '../authority.ts'
import type { Console } from '../console.ts'
import { keepingView } from '../keeping.ts'
import { noLink, noMeters } from '../nothing.ts'
import { PACE, paced } from './pace.ts'

/** Who is signed in where. */
export const sessionSource = (console: Console): Source<unknown, SessionView, SessionView> =>
  viewSource(console, PACE.figures, null, () => console.view())

/** How this desk calls people. */
export const alertsSource = (console: Console): Source<unknown, AlertSettings, AlertSettings> =>
  viewSource(console, PACE.figures, null, () => console.settings.now.alerts)

/** Where the election is held. */
export const zoneSource = (console: Console): Source<unknown, string, string> =>
  viewSource(console, PACE.figures, null, () => console.settings.now.zone)

/** How much is kept of the journals. */
export const keepingSource = (console: Console): Source<unknown, KeepingView, KeepingView> =>
  viewSource(console, PACE.figures, null, () => keepingView(console))

/** A change of many guarantees under way, or the last one. */
export const bulkSource =
  (console: Console): Source<unknown, BulkView, BulkView> =>
  (_input, changed) => {
    const stop = console.bulk.onChange(() => changed('view'))
    const read = () => console.bulk.view
    return { snapshot: read, patch: read, stop }
  }

/** Lists kept by name at this desk. */
export const viewsSource = (console: Console): Source<unknown, SavedView[], SavedView[]> =>
  viewSource(console, PACE.figures, null, () => [...console.settings.now.views])

/** The link's state, and once a second the time of the last byte: the age of the data grows on screen by itself. */
export const linkSource = (console: Console): Source<unknown, LinkView, LinkView> =>
  viewSource(
    console,
    PACE.figures,
    PACE.chart,
    () => console.core.now()?.link.view() ?? noLink(console.ports.clock.now()),
  )

/** The connection's figures, once a second while someone looks. */
export const meterSource = (console: Console): Source<unknown, MetersView, MetersView> =>
  viewSource(
    console,
    PACE.chart,
    PACE.chart,
    () => console.core.now()?.meters.view() ?? noMeters(console.ports.clock.now()),
  )

/** The doctor at work: each step as it begins and ends. */
export const doctorSource =
  (console: Console): Source<unknown, DoctorView, DoctorView> =>
  (_input, changed) => {
    const pace = paced(console.ports.clock, PACE.figures, changed)
    const off = console.doctor?.onChange(() => pace.tell('view')) ?? (() => {})
    const read = () => console.doctor?.view() ?? NO_DOCTOR
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        off()
        pace.stop()
      },
    }
  }

/** The pack under way or made last, for those who may make one. */
export const evidenceSource =
  (console: Console): Source<unknown, EvidenceView, EvidenceView> =>
  (_input, changed) => {
    const pace = paced(console.ports.clock, PACE.figures, changed)
    const tell = () => pace.tell('view')
    const stops = [console.evidence?.onChange(tell), console.onChange(tell)]
    const read = (): EvidenceView => {
      const may = mayOf(console.core.now()?.session.user() ?? null)
      return (may.makeEvidence ? console.evidence?.view() : null) ?? { is: 'none' }
    }
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        for (const stop of stops) stop?.()
        pace.stop()
      },
    }
  }

/** A view of the console itself: told again when the console says that something changed, and every so many ms. */
const viewSource =
  <View>(console: Console, pacedBy: number, every: number | null, read: () => View): Source<unknown, View, View> =>
  (_input, changed) => {
    const { clock } = console.ports
    const pace = paced(clock, pacedBy, changed)
    const tell = () => pace.tell('view')
    let stopTicking = () => {}
    const tick = (ms: number) => {
      stopTicking = clock.after(ms, () => {
        tell()
        tick(ms)
      })
    }
    if (every !== null) tick(every)
    const stops = [console.onChange(tell), console.core.onReplaced(tell)]
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        for (const stop of stops) stop()
        stopTicking()
        pace.stop()
      },
    }
  }
