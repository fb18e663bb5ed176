import type { Result } from '../../shared/result.ts'
import type { ElectionSeed } from '../seed.ts'
import type { Mode } from './records.ts'
import type { Tables } from './tables.ts'

/** Where the stream stands: which life of the store, and the number of its last frame (0 before the first). */
export type Position = { readonly epoch: string; readonly seq: number }

/** Who may see a frame. `owner`: the collector it belongs to, null for everybody. `committee`: whose members may see the elector's mobile. */
export type Audience = { readonly owner: number | null; readonly committee: string | null }
/** In place of a committee, whose code is never empty: the owner and nobody else, whatever their role. */
export const OWNER_ONLY = ''
export const EVERYBODY: Audience = { owner: null, committee: null }

export type FrameType =
  | 'guarantee_update'
  | 'attendance_update'
  | 'voting_update'
  | 'election_update'
  | 'committee_update'
  | 'candidate_update'
  | 'party_update'
  | 'group_update'
  | 'call_update'
  | 'sheet_update'

/** A record by the name its version is kept under. A sheet is a committee's figures and its entry together. */
export type RecordName = `${'guarantee' | 'attendance' | 'count' | 'sheet'}/${number}` | 'results'

/** One change to tell, before it has a number. `data` has the wire's snake_case keys. */
export type DraftFrame = {
  readonly type: FrameType
  readonly action: 'created' | 'updated' | 'deleted'
  readonly data: object
  readonly audience: Audience
  /** The records it changes, where they have versions. */
  readonly records?: readonly RecordName[]
}

/** One change that is in the store: its number and the exact text that goes out. */
export type CommittedFrame = {
  readonly seq: number
  readonly text: string
  readonly owner: number | null
  readonly committee: string | null
}

export type Announce = (frame: DraftFrame) => void
export type Positioned<T> = { readonly value: T; readonly position: Position }

/**
 * What the hub keeps. Every call is one transaction and runs to its end without giving way, so a value and the position
 * beside it always belong together, and nothing can come between a change and its frames.
 */
export type Store = {
  readonly epoch: string
  readonly mode: Mode
  position(): Position
  read<T>(ask: (tables: Tables) => T): Positioned<T>
  /**
   * Commits what `act` did together with the frames it announced, then publishes them; a failure leaves no row and no frame.
   * `seal` runs last inside the same transaction and knows the position the change will have.
   */
  change<T, E>(
    act: (tables: Tables, announce: Announce) => Result<T, E>,
    seal?: (done: Positioned<T>, tables: Tables) => void,
  ): Result<Positioned<T>, E>
  /** At most `limit` frames after `seq`, in order. */
  framesAfter(seq: number, limit: number): CommittedFrame[]
  /** The number before the oldest kept frame: resuming from there or later loses nothing. */
  resumableFrom(): number
  /** The hub's signing key, made with the store and kept with it. */
  readonly signingKey: Uint8Array
  /** False until an election is in it. */
  hasElection(): boolean
  /** Fills an empty store in one transaction; announces nothing. Hashes are by e-mail. */
  seed(seed: ElectionSeed, passwords: ReadonlyMap<string, string>): void
  /** Forgets what is past its time: revoked tokens, remembered answers. */
  prune(): void
  close(): void
}
