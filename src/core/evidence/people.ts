import type { ElectorNumber } from '../../shared/model/ids.ts'
import type { EvidenceFold } from './fold.ts'
import type { Privacy } from './facts.ts'

/** What of a person goes into a pack. */
export type PeopleView = {
  /** A name, a telephone number, a note, an address, a server's free words: null when sealed. */
  text(text: string | null): string | null
  /** An elector's number; sealed, an ordinal that says who is the same and not who it is. */
  elector(number: ElectorNumber): string
  readonly isSealed: boolean
}

/** Enough digits that ordinals sort as text. */
const DIGITS = 7

export function peopleView(fold: EvidenceFold, privacy: Privacy): PeopleView {
  if (privacy === 'open') return { isSealed: false, text: (text) => text, elector: (number) => number }
  const ordinals = ordinalsOf(fold)
  return {
    isSealed: true,
    text: () => null,
    elector: (number) => `E${String(ordinals.get(number) ?? 0).padStart(DIGITS, '0')}`,
  }
}

/** Numbered in the order of their numbers: the same in every file of the pack, and on every desk with this journal. */
function ordinalsOf({ projection }: EvidenceFold): ReadonlyMap<ElectorNumber, number> {
  const numbers = new Set<ElectorNumber>()
  for (const { record } of projection.of('attendance').values()) numbers.add(record.elector)
  for (const { record } of projection.of('guarantee').values()) numbers.add(record.elector)
  for (const { action } of projection.outbox.entries.values()) if ('elector' in action) numbers.add(action.elector)
  return new Map([...numbers].sort().map((number, index) => [number, index + 1]))
}
