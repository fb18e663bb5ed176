import type { Change, Position, Topic } from '../../shared/model/change.ts'
import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { Mode } from '../../shared/model/records.ts'
import type { Result } from '../../shared/result.ts'
import type { HistoryLine, Note } from '../../shared/view/notes.ts'
import type { User } from '../../shared/view/session.ts'
import type { Kind } from '../../shared/model/change.ts'
import type { NetworkFault } from '../ports.ts'

/** What a server can do beyond the plain election server; stated in its hello. */
export type Feature =
  | 'seq'
  | 'resume'
  | 'authenticate'
  | 'bulk_mark'
  | 'idempotency'
  | 'ticket'
  | 'calls'
  | 'remarks'
  | 'double'

/** What one frame says, after it was understood. */
export type Heard =
  | {
      readonly is: 'hello'
      readonly features: ReadonlySet<Feature>
      /** Where the stream stands; null where the server keeps no sequence. */
      readonly position: Position | null
      readonly mode: Mode | null
      /** The server's clock at the hello, ms. */
      readonly serverTime: number | null
    }
  | { readonly is: 'pong' /** The number our ping carried; null when it is not ours. */; readonly echo: number | null }
  | {
      readonly is: 'changes'
      readonly changes: readonly Change[]
      readonly position: Position | null
      /** When the server says it sent it, ms. */
      readonly sentAt: number | null
    }
  /** Frames up to `position` are not for this desk: the sequence goes on without them. */
  | { readonly is: 'skip'; readonly from: number; readonly position: Position }
  | { readonly is: 'resumed'; readonly from: number; readonly to: number }
  | { readonly is: 'resync'; readonly position: Position; readonly because: string }
  /** Understood and of no consequence: `subscribed`, `dashboard_update`. */
  | { readonly is: 'noted'; readonly type: string }

/** Why a frame could not be understood; the frame goes to quarantine. */
export type FrameFault = {
  readonly reason: 'not-json' | 'not-an-object' | 'too-deep' | 'unknown-type' | 'wrong-shape'
  readonly detail: string
  /** Where it stood in the stream, if that much could be read: the sequence then goes on behind it. */
  readonly position?: Position | null
}

/** Text frames in and out, for one family of servers. Pure. */
export interface Codec {
  decode(text: string): Result<Heard, FrameFault>
  /** `sentAt`: ms of this desk's clock; comes back in the pong. */
  ping(sentAt: number): string
  resume(since: Position): string
  /** Extends the socket's life past the token it was opened with. */
  authenticate(token: string): string
}

/** One call of the server's REST interface. `path` begins with `/api/` and ends with a slash before its query. */
export type RestCall = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  /** JSON value; null for none. */
  readonly body: unknown
  /** Sent as `Idempotency-Key`. */
  readonly key: string | null
  /** Sent as `If-Match`: the record as this desk knows it. Null, as `If-None-Match: *`: as far as it knows there is none. */
  readonly version?: string | null
  /** Ms of this desk's clock: not written to the network from then on, however long it had to wait its turn. */
  readonly notAfter?: number | null
  readonly timeoutMs: number
}
export type RestReply = {
  readonly data: unknown
  /** The whole `meta` of the envelope. */
  readonly meta: unknown
  /** The stream's position at the moment of the read, where the server says it. */
  readonly position: Position | null
}
export type RestFault =
  | { readonly is: 'network'; readonly fault: NetworkFault }
  /** The server answered with an error. `message` is its own words, `errors` its fields. */
  | {
      readonly is: 'answer'
      readonly status: number
      readonly message: string
      readonly errors: unknown
      readonly retryAfterMs: number | null
    }
  /** Not this server's JSON: a proxy's page, a portal, a front end. */
  | { readonly is: 'not-ours'; readonly status: number; readonly detail: string }
  | { readonly is: 'signed-out' }
  /** Its time, `notAfter`, was past before it could be written to the network: the server knows nothing of it. */
  | { readonly is: 'too-late' }

/** Sends authorised calls. Refreshes once on 401; limits its own rate; never throws. */
export type Rest = (call: RestCall) => Promise<Result<RestReply, RestFault>>

/** One scope of one topic as read: everything the server has there, so what is missing is gone. */
export type ReadPart = {
  readonly topic: Topic
  readonly scope:
    | { readonly is: 'kind'; readonly kind: Kind }
    | { readonly is: 'committee'; readonly code: CommitteeCode }
  readonly changes: readonly Change[]
  readonly position: Position | null
}
export type ReadFault = {
  readonly topic: Topic
  readonly fault: RestFault | { readonly is: 'wrong-shape'; readonly detail: string }
}

/** Cheap totals that move when a topic moved: the reason to read it, or not to. */
export type Totals = Readonly<Partial<Record<Topic, string>>>

/** What is written about one guarantee, newest first. `history` is null where the server gave none that was understood. */
export type PledgeNotes = { readonly notes: Note[]; readonly history: HistoryLine[] | null }

/** Reads what the server has, by topic. */
export interface Reader {
  /** Who is signed in. */
  me(): Promise<Result<User, ReadFault>>
  /** Hands over part by part, in order; resolves when the topic was read whole. Stops early when `stopped()` turns true. */
  read(topic: Topic, onPart: (part: ReadPart) => void, stopped: () => boolean): Promise<Result<void, ReadFault>>
  totals(): Promise<Result<Totals, ReadFault>>
  /** Calls made so far: what a reading cost is the difference. */
  calls(): number
}
