import type { Mode } from '../../shared/model/records.ts'
import type { PackBeginning } from './beginning.ts'
import type { EvidenceFold } from './fold.ts'

/** Whose journal it is, and how far it was taken. */
export type JournalPlace = {
  /** The name of its file in the data directory. */
  readonly name: string
  readonly server: string
  readonly election: number
  readonly mode: Mode
  /** The last record that went in; everything after it did not. */
  readonly cursor: number
  /** The chain's hash at that record. */
  readonly head: string
  /** When that record was written, ms. The time of everything in the pack. */
  readonly at: number
  /** Where its rows begin; null: all of them are there. */
  readonly begins: PackBeginning | null
}

/** `open`: as its maker may see it. `sealed`: no names, no telephone numbers, no notes, elector numbers as ordinals. */
export type Privacy = 'open' | 'sealed'
export type PaperLanguage = 'en' | 'ar'

/** What a person chose; with the journal it decides every byte of a pack. */
export type PackChoice = {
  readonly privacy: Privacy
  /** The journal's own rows go in: whoever has the pack can verify it without the desk. Never in a sealed pack. */
  readonly withJournal: boolean
  /** The language of the paper. */
  readonly language: PaperLanguage
  /** Times on paper are in this zone, minutes east of UTC. Files for machines say UTC. */
  readonly utcOffsetMinutes: number
}

export type EvidenceFacts = {
  readonly fold: EvidenceFold
  readonly journal: JournalPlace
  readonly choice: PackChoice
  /** Version of the program. */
  readonly version: string
}

/** A moment for machines: ISO 8601, UTC, ms. */
export const utc = (at: number): string => new Date(at).toISOString()
export const utcOrNull = (at: number | null): string | null => (at === null ? null : utc(at))
