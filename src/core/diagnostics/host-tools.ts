import type { Network } from '../doctor/network.ts'
import type { Entry } from './bundle.ts'
import type { Scrub } from './scrub.ts'

export type Archive = {
  /** Size of the ZIP, bytes. */
  readonly bytes: number
  readonly base64: string
}
/** What doctor and diagnostics ask of the host, beyond the ports the console lives by. */
export type HostTools = {
  readonly network: Network
  /** Versions of the program, the runtime, the system. */
  readonly about: Readonly<Record<string, string>>
  /** The log's files, newest first, at most so many characters of the newest lines in all. */
  logs(most: number): readonly Entry[]
  /** Takes secrets and telephone numbers out of a text. */
  readonly redact: Scrub
  zip(entries: readonly Entry[]): Archive
}
