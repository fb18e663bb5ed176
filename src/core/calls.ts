import type { ServerProfile } from '../shared/view/session.ts'
import type { Feature, Heard, Reader } from './backend/backend.ts'
import { createReader } from './backend/election/reader.ts'
import { patient } from './backend/patient.ts'
import { createRest, type PacedRest } from './backend/rest.ts'
import { createProbe, type Probe } from './link/probe.ts'
import type { Ports } from './ports.ts'
import { ServerClock } from './server-clock.ts'
import { createSession } from './session/create-session.ts'
import { tokenLife } from './session/jwt.ts'
import type { Session } from './session/session.ts'

/** Everything that is asked of one server over HTTP: who we are there, what it has, and what it takes. */
export type Calls = {
  readonly session: Session
  readonly rest: PacedRest
  readonly probe: Probe
  readonly reader: Reader
  /** What the server said last that it can do; empty for the plain one. */
  readonly features: () => ReadonlySet<Feature>
  /** What the server's clock shows, UTC ms; null: it never told. */
  readonly serverNow: () => number | null
  readonly greeted: (hello: Pick<Extract<Heard, { is: 'hello' }>, 'features' | 'serverTime'>) => void
  stop(): void
}

export function callsTo({ http, clock, random, vault, log }: Ports, server: ServerProfile): Calls {
  const serverClock = new ServerClock(clock)
  const issued = (access: string) => serverClock.told(tokenLife(access).issuedAt)
  const session = createSession({ http, clock, random, vault, log, server, vaultName: server.id, issued })
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
    serverNow: () => serverClock.now(),
    greeted: (hello) => {
      known = hello.features
      serverClock.told(hello.serverTime)
    },
    stop,
  }
}
