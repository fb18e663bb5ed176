import { z } from 'zod'
import { CommitteeCode } from '../../shared/model/ids.ts'
import { PaperCount } from '../../shared/view/reconcile.ts'
import type { JournalRecord } from '../journal/event.ts'
import type { PaperTurn } from '../paper/paper-turn.ts'

/** `rows`: journal cursors of the turns, oldest first. */
const Kept = PaperCount.extend({ rows: z.array(z.number()) })
type Kept = z.infer<typeof Kept>
export const SavedPaper = z.array(z.tuple([CommitteeCode, Kept]))

/** Rows kept of one committee's paper: nobody counts it so often. */
const MOST_ROWS = 40

/** What people counted on paper, the latest of each committee. A part of the projection: it knows what the journal says. */
export class PaperFold {
  readonly #counts = new Map<CommitteeCode, Kept>()

  apply(turn: PaperTurn, { cursor }: Pick<JournalRecord, 'cursor'>): CommitteeCode {
    const { committee, count, by, at, reason, attended, waiting } = turn
    const before = this.#counts.get(committee)
    this.#counts.set(committee, {
      ...{ count, by, at, reason, attendedThen: attended, waitingThen: waiting },
      times: (before?.times ?? 0) + 1,
      rows: [...(before?.rows ?? []), cursor].slice(-MOST_ROWS),
    })
    return committee
  }

  of(committee: CommitteeCode): PaperCount | null {
    const kept = this.#counts.get(committee)
    if (!kept) return null
    const { rows: _rows, ...count } = kept
    return count
  }
  /** Journal cursors of what was typed of this committee's paper, oldest first. */
  rowsOf(committee: CommitteeCode): readonly number[] {
    return this.#counts.get(committee)?.rows ?? []
  }

  /** What no server has, to be told to a journal that follows. */
  waiting(): readonly PaperTurn[] {
    return [...this.#counts].map(([committee, { count, by, at, reason, attendedThen, waitingThen }]) => ({
      ...{ does: 'counted' as const, committee, by, at, count, reason }, // the literal the turn is told by
      ...{ attended: attendedThen, waiting: waitingThen },
    }))
  }

  save(): z.infer<typeof SavedPaper> {
    return [...this.#counts]
  }
  /** In place of what was here. */
  load(saved: z.infer<typeof SavedPaper>): void {
    this.#counts.clear()
    for (const [committee, count] of saved) this.#counts.set(committee, count)
  }
}
