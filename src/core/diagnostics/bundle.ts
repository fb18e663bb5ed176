import type { DoctorView } from '../../shared/view/doctor.ts'
import type { LinkView } from '../../shared/model/link.ts'
import type { MetersView } from '../../shared/view/meters.ts'
import type { ServerProfile, SessionView } from '../../shared/view/session.ts'
import { scrubLog } from './log-lines.ts'
import type { Scrub } from './scrub.ts'

export type Entry = { readonly name: string; readonly text: string }
export type JournalFacts = { readonly name: string; readonly length: number; readonly head: string }

/** What a bundle is made of; null where there is none. Nothing here is trusted to be free of people. */
export type BundleParts = {
  /** ms since 1970. */
  readonly at: number
  /** Versions of the program, the runtime, the system. */
  readonly about: Readonly<Record<string, string>>
  readonly servers: readonly ServerProfile[]
  readonly chosen: string | null
  readonly session:
    | (Pick<SessionView, 'state' | 'vault' | 'mode' | 'modeSurprise'> & { readonly role: string | null })
    | null
  readonly link: LinkView | null
  readonly meters: MetersView | null
  readonly doctor: DoctorView | null
  readonly journals: readonly JournalFacts[]
  /** Files of the log, newest first. */
  readonly logs: readonly Entry[]
}

/** The files of a bundle: what a technician needs to look at from afar, without secrets and without people. */
export function bundleEntries(parts: BundleParts, scrub: Scrub): readonly Entry[] {
  const { at, about, session, chosen, link, meters, doctor, journals } = parts
  const json = (name: string, value: unknown): Entry => ({ name, text: `${JSON.stringify(value, null, 2)}\n` })
  return [
    { name: 'READ-ME.txt', text: READ_ME },
    json('about.json', { at, ...about }),
    json('settings.json', { chosen, servers: parts.servers.map((server) => settingsOf(server, scrub)) }),
    json('session.json', session),
    json('link.json', link && { ...link, cause: link.cause && { ...link.cause, proof: scrub(link.cause.proof) } }),
    json('meters.json', meters && metersOf(meters, scrub)),
    json('doctor.json', doctor && doctorOf(doctor, scrub)),
    json('journals.json', journals),
    ...parts.logs.map(({ name, text }) => ({ name: `log/${name}`, text: scrubLog(text, scrub) })),
  ]
}

const READ_ME = `Tallydesk diagnostics.

about.json     versions
settings.json  the servers this desk knows, without secrets
session.json   signed in or not, with which role, where tokens are kept (never the tokens)
link.json      the link now; meters.json its day: figures, ribbon, closes
doctor.json    the last visit of the doctor, step by step with its proof
journals.json  length and head of the journal (no records)
log/           the log, of each line only what is harmless

No token, no password, no name and no telephone number is in here: texts were taken out where they might hold one.
`

function settingsOf(server: ServerProfile, scrub: Scrub): unknown {
  const { id, url, origin, mode, kind, plainAccepted, authority, name } = server
  const certificates = authority?.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0
  return { id, name: scrub(name), url, origin, mode, kind, plainAccepted, extraAuthorities: certificates }
}

function metersOf({ meters, health, points, ribbon, closes, quarantine }: MetersView, scrub: Scrub): unknown {
  const proven = <T extends { readonly cause: { readonly proof: string } | null }>(entry: T) => ({
    ...entry,
    cause: entry.cause && { ...entry.cause, proof: scrub(entry.cause.proof) },
  })
  return {
    meters,
    health,
    points,
    ribbon: ribbon.map(proven),
    closes: closes.map(proven),
    // An excerpt is somebody's frame: it may hold anything.
    quarantine: quarantine.map(({ cursor, at, reason, bytes }) => ({ cursor, at, bytes, reason: scrub(reason) })),
  }
}

const doctorOf = ({ findings, ...view }: DoctorView, scrub: Scrub): unknown => ({
  ...view,
  findings: findings.map((finding) => ({ ...finding, proof: scrub(finding.proof) })),
})
