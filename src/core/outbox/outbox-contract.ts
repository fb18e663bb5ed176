import type { NextStep } from '../../shared/view/outbox.ts'
import type { Clock, Log, Random } from '../ports.ts'
import type { OutboxEntry } from '../projection/outbox-entry.ts'
import type { Action } from './action.ts'
import type { Already, Clash, Holdings } from './standing.ts'

/** What became of one sending. */
export type Verdict =
  /** The server has it. `already`: it was so before. `seen`: a read has shown it as well. */
  | { readonly is: 'accepted'; readonly already?: Already; readonly row?: number; readonly seen?: true }
  /** The server will never take it as it is. `reason` is for the operator. */
  | { readonly is: 'rejected'; readonly reason: string; readonly next: NextStep }
  /** It met what another did. */
  | { readonly is: 'conflict'; readonly clash: Clash }
  /** Its time is past, and the server does not have it. */
  | { readonly is: 'expired' }
  /** Not known, or not yet; try later. `undone`: the server turned it away unread; what stands there now is not of this sending. */
  | { readonly is: 'again'; readonly afterMs: number | null; readonly undone?: true }

/** How actions are carried to this family of servers. */
export type Delivery = {
  /** How many may be under way at once; those of one record never are. */
  width(): number
  /** So long after a sending without an answer, ms, the server may still be at it: it is not looked for sooner. */
  settles(): number
  /** `held`: what this desk knows of the records. Never throws. */
  deliver(entry: OutboxEntry, held: Holdings): Promise<Verdict>
}

export type OutboxParts = {
  readonly clock: Clock
  readonly random: Random
  readonly delivery: Delivery
  readonly log: Log
  /** The e-mail of whoever is signed in; null: nobody. What another typed waits for them: it is never sent in a wrong name. */
  readonly who: () => string | null
  /** What the server's clock shows, UTC ms; null: not known. */
  readonly serverNow?: () => number | null
  /** The server took it, refused it or had something else: what it is about may be read. */
  readonly answered: (action: Action, verdict: Verdict['is']) => void
  /** The server took it a while ago and nothing has shown it since: what it is about may be read. */
  readonly unseen: (action: Action) => void
}
