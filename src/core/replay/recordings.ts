import type { Result } from '../../shared/result.ts'
import type { CheckpointStore, DiskFault, JournalStore } from '../ports.ts'

/** The reading half of a journal: it is never written, repaired or merged into another. */
export type JournalReader = Pick<JournalStore, 'read' | 'last' | 'length' | 'close'> & {
  /** Of a journal whose first rows were let go the one it begins at is here; absent where only the rows are at hand. */
  readonly checkpoints?: Pick<CheckpointStore, 'read'>
}

/** Thrown by a reader that writes what it unpacks before it gives it, where the disk refuses: nothing more of it is read. */
export class ReaderRefused extends Error {
  readonly fault: DiskFault

  constructor(fault: DiskFault) {
    super(fault.detail)
    this.fault = fault
  }
}

/** A journal of another desk as a window brings it: written in parts, read once whole, taken off the disk when let go. */
export interface Brought {
  /** The next part, base64. */
  add(text: string): Result<null, DiskFault>
  /** Nothing more comes. `missing`: it is an evidence pack that does not hold its journal; `full`: there is no room to unpack it. */
  open(): Result<JournalReader, DiskFault>
  /** Once nobody reads it any more. */
  drop(): void
}

/** Journals a replay may be made of, beside the desk that may be writing one of them. */
export interface Recordings {
  /** Names of the journals in the data directory. */
  list(): Result<readonly string[], DiskFault>
  open(name: string): Result<JournalReader, DiskFault>
  bring(): Result<Brought, DiskFault>
  /** The file the console was started on; null: none. */
  readonly file: { readonly name: string; open(): Result<JournalReader, DiskFault> } | null
}
