import type { Result } from '../shared/result.ts'
import type { Unsubscribe } from '../shared/port.ts'

/** What the core asks of its host, and nothing more. Each has one contract suite run over every implementation. */
export type Ports = {
  readonly clock: Clock
  readonly random: Random
  readonly digest: Digest
  readonly dial: Dial
  readonly http: Http
  readonly vault: Vault
  readonly disk: Disk
  readonly log: Log
  readonly power: Power
}

export interface Clock {
  /** Wall time, ms since 1970 UTC. May jump. */
  now(): number
  /** Ms since some start. Never goes back; may stand still while the machine sleeps. */
  elapsed(): number
  /** Calls once, after at least `ms`. */
  after(ms: number, run: () => void): Unsubscribe
  /** Calls once, after what is already waiting in the host's queue: the end of a batch. */
  soon(run: () => void): void
}

export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** A fresh random identifier, URL-safe, at least 122 bits. */
  id(): string
}

/** SHA-256 of UTF-8 text, lower-case hex. */
export type Digest = (text: string) => string

/** Why bytes did not come through. `detail` is for the technician and never holds a secret. */
export type NetworkFault = {
  readonly is:
    | 'name-not-found'
    | 'refused'
    | 'timed-out'
    | 'unreachable'
    | 'reset'
    | 'tls'
    | 'too-big'
    | 'bad-url'
    | 'aborted'
  readonly detail: string
  /** Nothing of the request was written to the network: the server knows nothing of it. Absent where that is not known. */
  readonly unsent?: true
}

export type TlsChoice = {
  /** PEM of an extra authority to trust. */
  readonly authority: string | null
}

export type DialRequest = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly origin: string | null
  readonly timeoutMs: number
  readonly maxFrameBytes: number
  readonly tls: TlsChoice
}
/** The upgrade was answered, but not by a socket. */
export type UpgradeRefusal = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** First 2 KB of the answer. */
  readonly body: string
}
export type DialListener = {
  opened(): void
  text(frame: string): void
  /** A binary frame arrived; it is never ours. */
  binary(bytes: number): void
  /** A protocol ping or pong: life, though not data. */
  alive(): void
  /** The upgrade was refused. No `closed` follows. */
  refused(refusal: UpgradeRefusal): void
  /** No connection came about. No `closed` follows. */
  failed(fault: NetworkFault): void
  /** The open socket ended. 1006 when no close frame came. */
  closed(code: number, reason: string): void
}
export interface Socket {
  send(text: string): void
  /** A protocol ping. */
  ping(): void
  close(code: number, reason: string): void
  /** Ends at once, without a handshake; `closed` does not follow. */
  drop(): void
}
/** Opens one WebSocket. Exactly one of opened/refused/failed comes, unless `drop` was called before. */
export type Dial = (request: DialRequest, listener: DialListener) => Socket

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly tls: TlsChoice
  /** It is written only once the connection stands, and not after its time: then the fault says `unsent`. */
  readonly inTime?: InTime
}
/** The time after which a request may not be written to the network any more. */
export type InTime = {
  /** From now, elapsed ms: then it is given up, if nothing was written. */
  readonly withinMs: number
  /** Asked last, just before it is written: somebody may have set the clock. */
  isLate(): boolean
}
export type HttpAnswer = {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
/** One request, redirects not followed. A status is an answer, not a fault. */
export type Http = (request: HttpRequest) => Promise<Result<HttpAnswer, NetworkFault>>

/** Where secrets can be kept, as it is now. The operator sees which. */
export type VaultState = 'keychain' | 'locked' | 'unavailable' | 'memory'
/** Secrets in the operating system's keychain. Every call is time-limited; `null` is not proof of absence while `locked`. */
export interface Vault {
  /** Writes, reads back and removes a probe; decides what the vault is. */
  probe(): Promise<VaultState>
  state(): VaultState
  read(name: string): Promise<Result<string | null, VaultFault>>
  /** In state `locked` or `unavailable` the secret is kept in memory for this session only; `state()` then says `memory`. */
  write(name: string, secret: string): Promise<Result<void, VaultFault>>
  erase(name: string): Promise<Result<void, VaultFault>>
}
export type VaultFault = { readonly is: 'locked' | 'unavailable' | 'timed-out'; readonly detail: string }

export type DiskFault = {
  readonly is: 'full' | 'read-only' | 'in-use' | 'corrupt' | 'missing' | 'failed'
  /** The file and the system's word for it. */
  readonly detail: string
}
export interface Disk {
  /** Opens, or makes, the journal of this name. Fails when the file is another desk's or damaged. */
  journal(name: string): Result<JournalStore, DiskFault>
  /** Names of the journals there are, in no order. */
  journals(): Result<readonly string[], DiskFault>
  /** What was folded of the journal of this name. */
  checkpoints(name: string): CheckpointStore
  /** Room left where journals are, bytes; null: the system does not say. */
  freeBytes(): number | null
  /** Small settings (profiles, preferences) as one JSON value; null when never written. */
  readSettings(): Result<unknown, DiskFault>
  writeSettings(value: unknown): Result<void, DiskFault>
}

export type JournalRow = {
  /** From 1, without a gap. */
  readonly cursor: number
  /** ms since 1970, this desk's clock. */
  readonly at: number
  /** The event as JSON text. */
  readonly text: string
  /** Chain link: digest over the previous hash and this row. */
  readonly hash: string
}
/** What a commit survives: the death of the process, or also the loss of power. */
export type Durability = 'process' | 'power'
/**
 * The end of a journal that was once written and is not there when it is opened. `through`, `hash`: the last row of it.
 * `saved`: whether something asked to survive the loss of power was in it; null: not known.
 */
export type LostEnd = { readonly through: number; readonly hash: string; readonly saved: boolean | null }
export interface JournalStore {
  /** All rows in one transaction, or none. Returns after the commit. */
  append(rows: readonly JournalRow[], durability: Durability): Result<void, DiskFault>
  /** Rows with `cursor > after`, in order, at most `limit`. */
  read(after: number, limit: number): readonly JournalRow[]
  last(): JournalRow | null
  /** Rows kept. */
  length(): number
  /** Its rows may lie in several parts, of which only the last grows; absent where the host has but one. */
  readonly parting?: Parting
  /** What was lost of its end before it was opened; absent where the host does not look. */
  readonly lostEnd?: LostEnd | null
  /** The journal itself says so now, for good: what the host noted of it is not needed any more. */
  lostEndTold?(): void
  close(): void
}

/** How a journal goes on in a new part. Whoever reads it sees all rows as of one. */
export interface Parting {
  /** Bytes of the part that grows. */
  bytes(): number
  /** The parts there are, by their first rows. */
  parts(): readonly { readonly first: number; readonly bytes: number }[]
  /** As `append`, into a new part that begins with these rows; it survives the loss of power. On a fault there is none. */
  begin(rows: readonly JournalRow[]): Result<void, DiskFault>
  /** Removes every part before the one that begins with row `first`, the oldest first; the last part stays, whatever is asked. */
  letGo(first: number): Result<void, DiskFault>
}

/** Keeps what was folded of one journal, so that it opens sooner. All of it can be made again from the rows: losing it loses no fact. */
export interface CheckpointStore {
  /** Cursors of the last row in each, newest first. */
  list(): readonly number[]
  /**
   * The lines of one, in order; null when it is not there. They are read as they are asked for, each time anew, so that what
   * is as large as all records together is never held at once; where the disk fails they end early.
   */
  read(cursor: number): Iterable<string> | null
  /** Begins one. It is not in the list before `finish`, whatever dies meanwhile. */
  begin(cursor: number): Result<CheckpointDraft, DiskFault>
  remove(cursor: number): void
}
/** A checkpoint being written. */
export interface CheckpointDraft {
  /** A line holds no line break. */
  add(line: string): Result<void, DiskFault>
  /** Through to the disk, then in its place, whole. */
  finish(): Result<void, DiskFault>
  abandon(): void
}

export type LogFields = Readonly<Record<string, string | number | boolean | null>>
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  /** A bug or a loss: something a person should look at. */
  error(event: string, fields?: LogFields): void
}

export interface Power {
  onSuspend(listener: () => void): Unsubscribe
  onResume(listener: () => void): Unsubscribe
  /** The host's word on the network: up again, or gone. */
  onNetwork(listener: (up: boolean) => void): Unsubscribe
}
