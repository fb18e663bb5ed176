import { z } from 'zod'
import type { Change, Position, Topic } from '../../shared/model/change.ts'
import type { CommandKey } from '../../shared/model/ids.ts'
import type { CauseCode, LinkState } from '../../shared/model/link.ts'
import type { Mode } from '../../shared/model/records.ts'
import type { DoubtCause } from '../../shared/model/trust.ts'
import type { Decision } from '../../shared/view/conflict.ts'
import type { CallTurn } from '../../shared/view/calls.ts'
import type { IncidentTurn } from '../../shared/view/incident.ts'
import type { NextStep } from '../../shared/view/outbox.ts'
import type { ShiftTurn } from '../../shared/view/shift.ts'
import type { SheetTurn } from '../count/sheet-turn.ts'
import type { PaperTurn } from '../paper/paper-turn.ts'
import type { Action } from '../outbox/action.ts'
import type { Already, Clash, Seen } from '../outbox/standing.ts'
import type { Ref } from '../projection/table.ts'

/** How this desk learnt something: pushed by the server, read from it, or typed here. */
export type Origin = 'live' | 'snapshot' | 'desk'

/**
 * The journal that another one follows: its name, its last row that can be vouched for, that row's hash ('' where the file
 * does not read), and why it was left: its chain is broken, its file is damaged.
 */
export type Predecessor = z.infer<typeof Predecessor>
export const Predecessor = z.object({
  journal: z.string(),
  cursor: z.number(),
  head: z.string(),
  why: z.enum(['broken', 'damaged']),
})

/**
 * Everything the projection is made of. Written before it is shown; what is not here is not known.
 * Times inside are ms since 1970 by this desk's clock.
 */
export type JournalEvent =
  /** The first event: whose journal this is. It never changes. `after`: the journal it follows, where that stopped and why. */
  | {
      readonly is: 'opened'
      readonly version: 1
      readonly server: string
      readonly election: number
      readonly mode: Mode
      readonly after?: Predecessor
    }
  | {
      readonly is: 'change'
      readonly change: Change
      readonly from: Origin
      readonly position?: Position
      /** The frame may run ahead of its commit, or of a rollback: a read has to confirm it. */
      readonly provisional?: true
      /** Cursor of the row that told of this record before; absent where none of this journal did. */
      readonly before?: number
    }
  /** A frame told of a record that may be shown only once a read says that it is ours to see. Its content was not kept. */
  | { readonly is: 'hinted'; readonly ref: Ref }
  /** A read showed that a provisional record was never written. Counted. */
  | { readonly is: 'phantom'; readonly change: Change; readonly before?: number }
  /** A topic was read whole. The read began at `from`, when the journal's last event was `after`; it settles what frames told before `settles`. */
  | {
      readonly is: 'covered'
      readonly topic: Topic
      readonly from: number
      readonly after: number
      readonly settles: number
      readonly position?: Position
    }
  /** Frames are followed from here on, without those between: what is doubted needs a read. Null: an unnumbered stream, or none but reads; losses do not show. */
  | { readonly is: 'joined'; readonly position: Position | null }
  /** The server sent every frame missed since the link was lost. */
  | { readonly is: 'caught-up'; readonly position: Position }
  | { readonly is: 'doubted'; readonly topics: readonly Topic[]; readonly since: number; readonly because: DoubtCause }
  | { readonly is: 'quarantined'; readonly reason: string; readonly excerpt: string; readonly bytes: number }
  | { readonly is: 'link'; readonly state: LinkState; readonly cause: CauseCode | null; readonly proof: string | null }
  | {
      readonly is: 'queued'
      readonly key: CommandKey
      readonly action: Action
      readonly by: string
      /** What this desk showed of the record when it was typed. */
      readonly seen?: Seen
      /** The operator's reason. */
      readonly why?: string
      /** Not sent after this, ms. */
      readonly deadline?: number
      readonly undoes?: CommandKey
      /** When it was typed, ms, where that was in an earlier journal. */
      readonly typedAt?: number
    }
  /** `serverAt`: what the server's clock showed, ms, where it tells. */
  | { readonly is: 'sent'; readonly key: CommandKey; readonly serverAt?: number }
  /** The last sending certainly did nothing: the server turned it away unread. */
  | { readonly is: 'undone'; readonly key: CommandKey }
  /** The server has it. `already`: it was so before. `row`: the record it made. */
  | { readonly is: 'accepted'; readonly key: CommandKey; readonly already?: Already; readonly row?: number }
  | {
      readonly is: 'settled'
      readonly key: CommandKey
      readonly outcome: 'confirmed' | 'rejected' | 'expired' | 'withdrawn'
      readonly reason: string | null
      readonly next?: NextStep
    }
  /** An action met what another did: neither stands over the other before a person has decided. */
  | { readonly is: 'conflicted'; readonly key: CommandKey; readonly clash: Clash }
  | {
      readonly is: 'decided'
      readonly id: string
      readonly decision: Decision
      readonly reason: string
      readonly by: string
      readonly keys: readonly CommandKey[]
    }
  /** Somebody read that these came to nothing: they are no longer new. */
  | { readonly is: 'looked-at'; readonly keys: readonly CommandKey[]; readonly by: string }
  /** Who works at this desk, by e-mail: from here on, or no longer. */
  | { readonly is: 'operator'; readonly did: 'signed-in' | 'signed-out'; readonly by: string }
  /** Something needs a person, or what became of that. */
  | { readonly is: 'incident'; readonly id: string; readonly turn: IncidentTurn }
  | { readonly is: 'shift'; readonly turn: ShiftTurn }
  /** Who rings an elector from this desk, and what it came to. */
  | { readonly is: 'call'; readonly turn: CallTurn }
  /** What became of a committee's count sheet at this desk, before and beside what the server has. */
  | { readonly is: 'sheet'; readonly turn: SheetTurn }
  /** A committee's paper list was counted. It stays at this desk. */
  | { readonly is: 'paper'; readonly turn: PaperTurn }
  /**
   * Rows up to `through` were written here once, the last with the hash `head`, and were gone when the journal was opened with
   * `after` as its last. It is known from here on. `saved`: whether what an operator was told is saved was in it.
   */
  | {
      readonly is: 'lost-end'
      readonly after: number
      readonly through: number
      readonly head: string
      readonly saved: boolean | null
    }
  /** Everything folded through this row was kept beside the journal; `digest` is of the text kept, so that no other is taken for it. */
  | { readonly is: 'checkpointed'; readonly through: number; readonly head: string; readonly digest: string }
  /** The last row of a part of the journal: the next one is in another file, unless that could not be begun. */
  | { readonly is: 'part'; readonly does: 'ended' }
  /** The first row of a later part, which says whose it is as the journal's first does: the part before it ends with row `after`, which has the hash `head`. */
  | {
      readonly is: 'part'
      readonly does: 'begun'
      readonly after: number
      readonly head: string
      readonly server: string
      readonly election: number
      readonly mode: Mode
    }
  /** The oldest part is kept no longer, with rows up to `through`, which has the hash `head`. A checkpoint holds what they told. */
  | { readonly is: 'part'; readonly does: 'let-go'; readonly through: number; readonly head: string }

/** A journal event in its place. */
export type JournalRecord = { readonly cursor: number; readonly at: number; readonly event: JournalEvent }
