import type { ServerProfile } from '../shared/view/session.ts'
import type { Feature, Reader } from './backend/backend.ts'
import { createReader } from './backend/election/reader.ts'
import { patient } from './backend/patient.ts'
import { createRest, type PacedRest } from './backend/rest.ts'
import { createProbe, type Probe } from './link/probe.ts'
import type { Ports } from './ports.ts'
import { createSession } from './session/create-session.ts'
import type { Session } from './session/session.ts'

/** Everything that is asked of one server over HTTP: who we are there, what it has, and what it takes. */
export type Calls = {
  readonly session: Session
  readonly rest: PacedRest
  readonly probe: Probe
  readonly reader: Reader
  /** What the server said last that it can do; empty for the plain one. */
  readonly features: () => ReadonlySet<Feature>
  readonly greeted: (features: ReadonlySet<Feature>) => void
  stop(): void
}

export function callsTo({ http, clock, random, vault, log }: Ports, server: ServerProfile): Calls {
  const session = createSession({ http, clock, random, vault, log, server, vaultName: server.id })
  const rest = createRest({ http, clock, random, session, server, log })
  let known: ReadonlySet<Feature> = new Set()
  const features = () => known
  const stop = () => {
    rest.stop()
    session.stop()
  }
  return {
    session,
    rest,
    probe: createProbe({ http, session, server }),
    reader: createReader(patient(rest), { election: null, features }),
    features,
    greeted: (features) => {
      known = features
    },
    stop,
  }
}
