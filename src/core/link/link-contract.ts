import type { Cause, LinkView } from '../../shared/model/link.ts'
import type { Codec, Heard } from '../backend/backend.ts'
import type { Clock, Dial, Log, Random } from '../ports.ts'
import type { Session } from '../session/session.ts'
import type { AuthChoice, LinkServer } from './handshake.ts'
import type { Probe } from './probe.ts'

export type LinkParts = {
  readonly clock: Clock
  readonly random: Random
  readonly dial: Dial
  readonly session: Session
  readonly codec: Pick<Codec, 'ping' | 'authenticate'>
  readonly probe: Probe
  readonly server: LinkServer
  readonly auth: AuthChoice
  readonly log: Log
}
/** What the link tells the core, each from within a turn of its own. */
export type LinkListener = {
  text(frame: string): void
  /** A binary frame; nothing of ours is binary. Bytes. */
  binary(bytes: number): void
  /** A socket opened; its hello may follow. */
  up(): void
  /** The open socket is no more, whoever ended it. */
  down(cause: Cause): void
  /** Life again after `ms` without, on a socket that stayed open: what the server had to say meanwhile it may have let fall. */
  stalled(ms: number): void
  /** The view is another. */
  changed(): void
}
export interface Link {
  start(): void
  stop(): void
  /** A person does not want to wait. */
  tryNow(): void
  /** Sends on the open socket. False: there is none. */
  send(text: string): boolean
  /** The core understood the server's greeting. */
  hello(heard: Extract<Heard, { is: 'hello' }>): void
  pong(echo: number | null): void
  /** The core holds all the server has. */
  caughtUp(): void
  /** The core found that it does not. */
  fallBehind(): void
  /** A poll was answered at this wall ms: contact without a socket. */
  polled(okAt: number): void
  /** The core will not use this server as it is (another mode than official, a broken journal). A person must act. */
  refuse(cause: Cause): void
  network(up: boolean): void
  suspended(): void
  resumed(): void
  /** Ends the socket and opens another at once. */
  recycle(): void
  /** Wall ms since pongs are missing though other life goes on; null: none are. */
  stalledSince(): number | null
  view(): LinkView
}
