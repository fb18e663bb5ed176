import type { Console } from '../../core/console.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import { type AlertSettings, type Incident, isCalling } from '../../shared/view/incident.ts'
import { INCIDENT_TITLES, SEVERITY_WORDS } from '../../shared/words/incident-words.ts'
import type { Note } from './notify.ts'

/** `flash`: the windows in the taskbar, where nobody looks at one. */
export type IncidentShow = { readonly note: (note: Note) => void; readonly flash: () => void }

/** What the note of an incident says; null: none is to be shown of it. */
export function noteOf(incident: Incident, alerts: AlertSettings, now: number): Note | null {
  const { severity, evidence, committee } = incident
  if (incident.state !== 'triggered' || !isCalling(incident, now)) return null
  if (!alerts.note[severity] || alerts.mute.includes(evidence.is)) return null
  const title = INCIDENT_TITLES[alerts.language][evidence.is]
  return {
    title: `Tallydesk: ${SEVERITY_WORDS[alerts.language][severity]}`,
    // A committee is no person: its name may stand on a locked screen.
    body: committee ? `${committee.code} ${committee.name}: ${title}` : title,
  }
}

/**
 * Tells the desktop of each incident once when it comes up, and again when it becomes an alarm. It owns which were told; it
 * follows the console from server to server until it is stopped. What a journal held before it was opened is not told.
 */
export function incidentSigns(console: Console, show: IncidentShow): Unsubscribe {
  const told = new Map<string, Incident['severity']>()
  let stopBook: Unsubscribe = () => {}
  let stopCore: Unsubscribe = () => {}
  const tell = (incident: Incident | null) => {
    if (!incident || told.get(incident.id) === incident.severity) return
    const note = noteOf(incident, console.settings.now.alerts, console.ports.clock.now())
    if (!note) return
    told.set(incident.id, incident.severity)
    show.note(note)
    show.flash()
  }
  const followBook = () => {
    stopBook()
    const book = console.core.now()?.book.now()
    stopBook = book?.listen({ incidentChanged: (id) => tell(book.projection.duty.incidents.find(id)) }) ?? (() => {})
  }
  const followCore = () => {
    stopCore()
    stopCore = console.core.now()?.book.onReplaced(followBook) ?? (() => {})
    followBook()
  }
  const stop = console.core.onReplaced(followCore)
  followCore()
  return () => {
    stop()
    stopCore()
    stopBook()
  }
}
