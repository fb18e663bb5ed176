import type { Attempts } from './auth/attempts.ts'
import type { Gate } from './auth/gate.ts'
import type { Pairings } from './auth/pairings.ts'
import type { Passwords } from './auth/passwords.ts'
import type { Tickets } from './auth/tickets.ts'
import type { Tokens } from './auth/tokens.ts'
import type { OriginCheck } from './http/origin.ts'
import type { Layer } from './layer/layer.ts'
import type { HubLog } from './log.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Mode } from './store/records.ts'
import type { Store } from './store/store.ts'

/** How much the hub lets anyone ask of it. */
export type HubLimits = {
  /** Sign-ins a minute from one address. */
  readonly signInsPerMinute: number
  /** Refreshes and tickets a minute from one address; a fleet behind one router shares it. */
  readonly authPerMinute: number
  /** Open sockets of one account, and of the hub. */
  readonly socketsPerUser: number
  readonly sockets: number
  /** Bytes that may wait for one reader before it is told to come back. */
  readonly bufferedBytes: number
  /** Frames kept for resuming. */
  readonly keepFrames: number
}
const LIMITS: HubLimits = {
  signInsPerMinute: 60,
  authPerMinute: 600,
  socketsPerUser: 250,
  sockets: 20_000,
  bufferedBytes: 4 * 1024 * 1024,
  keepFrames: 50_000,
}

/** A rehearsal signs dozens of invented people in from this one machine within seconds. */
const REHEARSAL_SIGN_INS = 1200

/** The limits of a hub, where its options say nothing else. */
export const limitsFor = (mode: Mode): HubLimits =>
  mode === 'rehearsal' ? { ...LIMITS, signInsPerMinute: REHEARSAL_SIGN_INS, authPerMinute: 6000 } : LIMITS

/** What the rooms of a running hub share; made once in `startHub`, held by nobody else. */
export type HubContext = {
  readonly store: Store
  readonly layer: Layer
  readonly tokens: Tokens
  readonly gate: Gate
  readonly passwords: Passwords
  readonly tickets: Tickets
  readonly pairings: Pairings
  readonly attempts: Attempts
  readonly originAllowed: OriginCheck
  readonly metrics: Metrics
  readonly limits: HubLimits
  readonly now: () => number
  readonly log: HubLog
  /** Token for `/metrics` from elsewhere than this machine; null for none. */
  readonly metricsToken: string | null
  /** The sockets, as far as REST rooms may touch them. */
  readonly desks: Desks
}

export type Desks = {
  readonly count: number
  /** An account changed, and with it perhaps a team: rights are read anew, and sockets of a closed account end. */
  review(): void
  /** A sign-in ended: its sockets end with it. */
  endSession(sid: string): void
}
