import { z } from 'zod'
import { assertNever } from '../../shared/result.ts'
import { Conflict, type ConflictKind, type Decision } from '../../shared/view/conflict.ts'

/** A card, and the rows of the server that its decision may have to touch: `mine` is null where nothing of it is there. */
export const Card = z
  .object({ card: Conflict, rows: z.object({ mine: z.number().nullable(), theirs: z.number().nullable() }) })
  .readonly()
export type Card = z.infer<typeof Card>

/** All cards, as those who find a conflict keep theirs among them. */
export type Cards = {
  readonly cards: Map<string, Card>
  isOpen(id: string): boolean
  add(card: Conflict, rows: Card['rows']): void
  /** What an open card says from here on. */
  change(id: string, change: Partial<Conflict>): void
  /** It is over without anybody's decision here. */
  end(id: string): boolean
}

export const OPEN: Pick<Conflict, 'state' | 'decided'> = { state: 'open', decided: null }

/** What may be decided of a card, by what is in conflict. */
export function decisionsFor(kind: ConflictKind): Decision[] {
  switch (kind) {
    case 'double-mark':
    case 'guarantee':
    case 'results':
    case 'not-as-done':
      return ['keep-mine', 'keep-theirs']
    case 'count':
      return ['keep-mine', 'keep-theirs', 're-enter']
    default:
      return assertNever(kind)
  }
}
