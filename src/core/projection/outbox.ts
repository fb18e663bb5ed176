import { z } from 'zod'
import { CommandKey } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import { OutboxItem, type OutboxView } from '../../shared/view/outbox.ts'
import type { JournalEvent } from '../journal/event.ts'
import { Action } from '../outbox/action.ts'

const OutboxEntry = z
  .object({
    key: CommandKey,
    action: Action,
    by: z.string(),
    state: OutboxItem.shape.state,
    queuedAt: z.number(),
    settledAt: z.number().nullable(),
    attempts: z.number(),
    /** Sendings of which it is not known whether the server did them. */
    unsure: z.number(),
    reason: z.string().nullable(),
  })
  .readonly()
export type OutboxEntry = z.infer<typeof OutboxEntry>
/** `entries` and `waiting` in the order typed. */
export const SavedOutbox = z.object({
  entries: z.array(OutboxEntry),
  waiting: z.array(CommandKey),
  recent: z.array(CommandKey),
  rejected: z.number(),
})
type SavedOutbox = z.infer<typeof SavedOutbox>

/** Entries shown in the newest-first list. */
const RECENT = 50

/** What operators typed at this desk and where each stands: a fold of queued, sent and settled. */
export class OutboxFold {
  /** In the order typed. */
  readonly entries = new Map<CommandKey, OutboxEntry>()
  /** Those not settled yet, in the order typed. */
  readonly waiting = new Set<CommandKey>()
  /** The last ones typed, newest first. */
  #recent: readonly CommandKey[] = []
  #rejected = 0

  apply(event: Extract<JournalEvent, { is: 'queued' | 'sent' | 'undone' | 'settled' }>, at: number): void {
    if (event.is === 'queued') {
      const { key, action, by } = event
      this.waiting.add(key)
      this.#recent = [key, ...this.#recent.slice(0, RECENT - 1)]
      const fresh = { state: 'queued', queuedAt: at, settledAt: null, attempts: 0, unsure: 0, reason: null } as const
      return void this.entries.set(key, { key, action, by, ...fresh })
    }
    const entry = this.entries.get(event.key)
    if (!entry || !this.waiting.has(event.key)) return
    if (event.is === 'sent') {
      const { attempts, unsure } = entry
      return void this.entries.set(event.key, { ...entry, state: 'sent', attempts: attempts + 1, unsure: unsure + 1 })
    }
    if (event.is === 'undone') return void this.entries.set(event.key, { ...entry, unsure: entry.unsure - 1 })
    this.waiting.delete(event.key)
    if (event.outcome === 'rejected') this.#rejected += 1
    this.entries.set(event.key, { ...entry, state: event.outcome, settledAt: at, reason: event.reason })
  }

  find(key: string): OutboxEntry | null {
    return this.entries.get(key as CommandKey) ?? null // only looked up, never stored
  }

  /** The one to send next, of all or of one user; null: none waits. */
  oldest(by: string | null = null): OutboxEntry | null {
    for (const key of this.waiting) {
      const entry = this.entries.get(key)
      if (entry && (by === null || entry.by === by)) return entry
    }
    return null
  }

  save(): SavedOutbox {
    const entries = [...this.entries.values()]
    return { entries, waiting: [...this.waiting], recent: [...this.#recent], rejected: this.#rejected }
  }
  load({ entries, waiting, recent, rejected }: SavedOutbox): void {
    for (const entry of entries) this.entries.set(entry.key, entry)
    for (const key of waiting) this.waiting.add(key)
    this.#recent = recent
    this.#rejected = rejected
  }

  view(): OutboxView {
    const recent = this.#recent.flatMap((key) => this.entries.get(key) ?? []).map(itemOf)
    const oldestAt = this.oldest()?.queuedAt ?? null
    return { waiting: this.waiting.size, oldestAt, rejected: this.#rejected, recent }
  }
}

export const itemOf = ({ key, action, state, queuedAt, settledAt, attempts, reason }: OutboxEntry): OutboxItem => ({
  key,
  does: action.does,
  about: aboutOf(action),
  state,
  queuedAt,
  settledAt,
  attempts,
  reason,
})

function aboutOf(action: Action): string {
  switch (action.does) {
    case 'attendance.mark':
      return `${action.elector} @ ${action.committee}`
    case 'guarantee.set-status':
    case 'guarantee.confirm':
    case 'guarantee.edit':
      return `#${action.id}`
    case 'count.enter':
      return `#${action.committee}`
    default:
      return assertNever(action)
  }
}
