import { z } from 'zod'
import type { OutboxView } from '../../shared/view/outbox.ts'
import type { OutboxEntry } from './outbox-entry.ts'

export const SavedNews = z.object({
  rejected: z.number(),
  expired: z.number(),
  /** Of those, how many somebody has read. */
  read: z.object({ rejected: z.number(), expired: z.number() }).default({ rejected: 0, expired: 0 }),
})
type SavedNews = z.infer<typeof SavedNews>

type News = OutboxEntry & { readonly state: 'rejected' | 'expired' }
/** It came to nothing, and nobody has said that they read so. */
export const isNews = (entry: OutboxEntry): entry is News =>
  (entry.state === 'rejected' || entry.state === 'expired') && entry.lookedAt === null

/** How many of all that was typed came to nothing, and how many of those somebody has read. Which they are, the entries say. */
export class OutboxNews {
  #counts: SavedNews = { rejected: 0, expired: 0, read: { rejected: 0, expired: 0 } }

  /** How many the server refused, in all. */
  get rejected(): number {
    return this.#counts.rejected
  }
  /** Those that nobody has read. */
  get unread(): Pick<OutboxView, 'rejected' | 'expired'> {
    const { rejected, expired, read } = this.#counts
    return { rejected: rejected - read.rejected, expired: expired - read.expired }
  }

  ended(outcome: News['state']): void {
    this.#counts = { ...this.#counts, [outcome]: this.#counts[outcome] + 1 }
  }
  read({ state }: News): void {
    const { read } = this.#counts
    this.#counts = { ...this.#counts, read: { ...read, [state]: read[state] + 1 } }
  }

  save(): SavedNews {
    return this.#counts
  }
  load({ rejected, expired, read }: SavedNews): void {
    this.#counts = { rejected, expired, read }
  }
}
