import type { Target } from '../shared/view/incident.ts'
import type { ServerProfile } from '../shared/view/session.ts'
import type { AuthChoice } from './link/handshake.ts'
import type { Revocation } from './session/revocation.ts'
import type { Identity } from './open-book.ts'

export type CoreOptions = {
  readonly server: ServerProfile
  readonly auth: AuthChoice
  /** The journal last used with this server: its figures are on screen before anything is read. */
  readonly lastBook: Identity | null
  /** Turnout to be reached today; null: none is set. */
  readonly target: () => Target | null
}
export type CoreEvents = {
  /** The link, the session or the vault is not what it was. */
  changed(): void
  opened(identity: Identity): void
  /** The server took the account of this desk away. False: the disk would not take the order. */
  revoked(order: Revocation): boolean
  /** The server said by its hello which of the two it is. */
  greeted(kind: NonNullable<ServerProfile['kind']>): void
  /** The disk refuses: figures can no longer be trusted to survive. */
  diskFailed(fault: { readonly is: string; readonly detail: string }): void
}
