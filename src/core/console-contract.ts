import type { Result } from '../shared/result.ts'
import type { HostInfo } from '../shared/view/host.ts'
import type { ServerProfile } from '../shared/view/session.ts'
import type { CoreEvents } from './core-contract.ts'
import type { HostTools } from './diagnostics/host-tools.ts'
import type { EvidenceMaker } from './evidence/evidence-desk.ts'
import type { AuthChoice } from './link/handshake.ts'
import type { Recordings } from './replay/recordings.ts'
import type { Wiper } from './revocations.ts'

/** A rehearsal the host can start: its own hub on loopback and someone to sign in as. */
export type Rehearsal = { readonly url: string; readonly email: string; readonly password: string }
export type ConsoleOptions = {
  readonly host: HostInfo
  readonly auth: AuthChoice
  /** Starts the built-in hub with a rehearsal; null where this host cannot. */
  readonly rehearse: (() => Promise<Result<Rehearsal, string>>) | null
  readonly diskFailed: CoreEvents['diskFailed']
  /** What doctor and diagnostics need of the host; absent: neither is here. */
  readonly tools?: HostTools
  /** Makes evidence packs; absent: not here. */
  readonly evidence?: EvidenceMaker
  /** Removes a server's journals at its order; absent: not here. */
  readonly wipe?: Wiper
  /** Journals to look back at; absent: none here. */
  readonly recordings?: Recordings
}
export type ConnectFault = 'bad-url' | 'plain-not-accepted' | 'not-saved'
export type Connect = Pick<ServerProfile, 'name' | 'url' | 'origin' | 'authority' | 'mode' | 'plainAccepted'>
