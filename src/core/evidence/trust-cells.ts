import type { Topic } from '../../shared/model/change.ts'
import type { TopicTrust } from '../../shared/model/trust.ts'
import { assertNever } from '../../shared/result.ts'
import type { Held } from '../projection/table.ts'
import type { Trust } from '../projection/trust.ts'
import type { Cell } from './csv.ts'
import { utc, utcOrNull } from './facts.ts'

/** Columns that say how far a row's figures can be trusted. */
export const trustColumns = (topic: Topic): readonly string[] =>
  ['in_doubt', 'trust', 'trust_since', 'trust_because'].map((name) => `${topic}_${name}`)

/** The same for each row of a file: trust is known by topic. */
export const trustCells = (trust: Trust, topic: Topic): readonly Cell[] => standingCells(trust.of(topic))
/** The cells of one topic's standing at some moment. */
export const standingCells = (so: TopicTrust): readonly Cell[] => [
  ...[so.state === 'doubtful', so.state, utc(sinceOf(so)), so.state === 'doubtful' ? so.because : null],
]

/** Since when it has been so, ms. */
export function sinceOf(trust: TopicTrust): number {
  switch (trust.state) {
    case 'confirmed':
    case 'live':
      return trust.at
    case 'provisional':
    case 'doubtful':
      return trust.since
    default:
      return assertNever(trust)
  }
}

/** How one record came to be known. */
export const HELD_COLUMNS: readonly string[] = ['known_from', 'known_since', 'provisional', 'journal_cursor']
export const heldCells = ({ from, at, provisional, cursor }: Held<unknown>): readonly Cell[] => [
  from,
  utcOrNull(at),
  provisional,
  cursor,
]
