import type { z } from 'zod'
import type { Topic } from '../../shared/model/change.ts'
import type { CommandKey } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import type { OutboxState, OutboxView } from '../../shared/view/outbox.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import { topicOfAction } from '../outbox/action.ts'
import { type Holdings, isAsWanted, standingOf } from '../outbox/standing.ts'
import { OutboxEntries, SavedEntries } from './outbox-entries.ts'
import { conflictId, FRESH, type OutboxEntry, withRow } from './outbox-entry.ts'
import { itemOf } from './outbox-item.ts'
import { isNews, OutboxNews, SavedNews } from './outbox-news.ts'

export const SavedOutbox = SavedEntries.extend(SavedNews.shape)
type SavedOutbox = z.infer<typeof SavedOutbox>

type Own = Extract<
  JournalEvent,
  { is: 'queued' | 'sent' | 'undone' | 'accepted' | 'settled' | 'conflicted' | 'decided' | 'looked-at' }
>
/** An action that the server took and a read speaks against. */
export type Unmet = { readonly entry: OutboxEntry; readonly standing: ReturnType<typeof standingOf> }

/** What operators typed at this desk and where each stands: a fold of what was written of it and of what was seen since. */
export class OutboxFold {
  readonly #entries = new OutboxEntries()
  /** In the order typed. */
  readonly entries = this.#entries.all
  /** Those the server has not taken yet, in the order typed. */
  readonly waiting = this.#entries.waiting
  /** Those the server took and nobody has seen back yet, in the order taken. */
  readonly unseen = this.#entries.unseen
  readonly #news = new OutboxNews()

  /** Keys whose entry is not what it was. */
  apply(
    event: Exclude<Own, { is: 'decided' | 'looked-at' }>,
    { at, cursor }: JournalRecord,
    held: Holdings,
  ): readonly CommandKey[] {
    if (event.is === 'queued') return this.#queued(event, { at, cursor })
    const known = this.entries.get(event.key)
    if (!known || !this.#entries.isOpen(known)) return []
    const entry = withRow(known, cursor)
    switch (event.is) {
      case 'sent': {
        const { attempts, unsure, sentFrom } = entry
        const serverAt = attempts === 0 ? (event.serverAt ?? null) : entry.serverAt
        this.#entries.put({
          ...{ ...entry, state: 'sent', attempts: attempts + 1 },
          ...{ unsure: unsure + 1, sentFrom: sentFrom ?? cursor, serverAt },
        })
        return [event.key]
      }
      case 'undone':
        this.#entries.put({ ...entry, unsure: entry.unsure - 1 })
        return [event.key]
      case 'accepted':
        return this.#accepted(entry, event, { at, cursor }, held)
      case 'conflicted':
        this.#entries.end({
          ...entry,
          state: 'conflict',
          settledAt: at,
          next: 'decide',
          conflict: conflictId(event, cursor),
        })
        return [event.key]
      case 'settled': {
        const { outcome, reason, next = null } = event
        if (outcome === 'rejected' || outcome === 'expired') this.#news.ended(outcome)
        this.#entries.end({ ...entry, state: outcome, settledAt: at, reason, next })
        return [event.key, ...this.#notUndone(entry, outcome)]
      }
      default:
        return assertNever(event)
    }
  }

  #queued(
    event: Extract<Own, { is: 'queued' }>,
    { at, cursor }: Pick<JournalRecord, 'at' | 'cursor'>,
  ): readonly CommandKey[] {
    const { key, action, by, typedAt = at, seen = null, why = null, deadline = null, undoes = null } = event
    this.#entries.add({
      ...{ key, action, by, queuedAt: typedAt, seen, why, deadline, undoes },
      ...FRESH,
      rows: [cursor],
    })
    const undone = undoes === null ? undefined : this.entries.get(undoes)
    if (!undone) return [key]
    this.#entries.put({ ...undone, undoneBy: key })
    return [key, undone.key]
  }

  #accepted(
    entry: OutboxEntry,
    event: Extract<Own, { is: 'accepted' }>,
    { at, cursor }: Pick<JournalRecord, 'at' | 'cursor'>,
    held: Holdings,
  ): readonly CommandKey[] {
    const { already, row } = event
    const taken: OutboxEntry = {
      ...{ ...entry, state: 'sent', acceptedFrom: cursor },
      ...{ already: already ?? null, row: row ?? null },
    }
    this.#entries.taken(taken)
    this.#check(taken, at, held)
    return [taken.key]
  }

  /** The server has it and a record told since it was sent says so: that is what confirmed means. */
  #check(entry: OutboxEntry, at: number, held: Holdings): boolean {
    const standing = standingOf(entry.action, held, entry.row)
    if (!isAsWanted(entry.action, standing?.fields ?? null)) return false
    const isOld = standing !== null && standing.cursor <= (entry.sentFrom ?? 0)
    if (isOld && entry.already === null) return false
    this.#entries.end({ ...entry, state: 'confirmed', settledAt: at })
    return true
  }

  /** A record of this lane was told of. Keys that are thereby confirmed. */
  told(lane: string, at: number, held: Holdings): readonly CommandKey[] {
    const keys: CommandKey[] = []
    for (const entry of this.#entries.ofLane(lane)) {
      if (this.unseen.has(entry.key) && this.#check(entry, at, held)) keys.push(entry.key)
    }
    return keys
  }

  /** A topic was read whole, from journal record `after` on: what was taken before that is in it, or is not so. */
  covered(
    topic: Topic,
    after: number,
    at: number,
    held: Holdings,
  ): { readonly seen: readonly CommandKey[]; readonly unmet: readonly Unmet[] } {
    const seen: CommandKey[] = []
    const unmet: Unmet[] = []
    for (const key of [...this.unseen]) {
      const entry = this.entries.get(key)
      if (!entry || topicOfAction(entry.action) !== topic || (entry.acceptedFrom ?? 0) > after) continue
      const standing = standingOf(entry.action, held, entry.row)
      if (!isAsWanted(entry.action, standing?.fields ?? null)) {
        // What a frame told about the time of the read, a later one has to settle.
        if (standing?.held.provisional !== true) unmet.push({ entry, standing })
      } else {
        this.#entries.end({ ...entry, state: 'confirmed', settledAt: at })
        seen.push(key)
      }
    }
    return { seen, unmet }
  }

  /** A card speaks of it from now on. */
  conflicted(key: CommandKey, conflict: string, at: number): void {
    const entry = this.entries.get(key)
    if (entry && this.#entries.isOpen(entry)) {
      this.#entries.end({ ...entry, state: 'conflict', settledAt: at, next: 'decide', conflict })
    }
  }

  /** Somebody read that these came to nothing; of others there is nothing to read. Keys that are no longer new. */
  lookedAt({ keys, by }: Extract<Own, { is: 'looked-at' }>, at: number): readonly CommandKey[] {
    return keys.filter((key) => {
      const entry = this.entries.get(key)
      if (!entry || !isNews(entry)) return false
      this.#news.read(entry)
      this.#entries.put({ ...entry, lookedAt: { by, at } })
      return true
    })
  }

  /** How many the server refused, in all. */
  get rejected(): number {
    return this.#news.rejected
  }

  find(key: string): OutboxEntry | null {
    return this.#entries.find(key)
  }
  /** The one to send next, of all or of one user; null: none waits. */
  oldest(by: string | null = null): OutboxEntry | null {
    return this.#entries.oldest(by)
  }
  /** This user's waiting ones, in the order typed. */
  waitingOf(by: string): Generator<OutboxEntry> {
    return this.#entries.waitingOf(by)
  }
  /** Waiting ones that must not be late. */
  timed(): readonly OutboxEntry[] {
    return this.#entries.timed()
  }
  /** The one that the server took first and nobody has seen back yet; null: none. */
  taken(): OutboxEntry | null {
    return this.find([...this.unseen][0] ?? '')
  }
  /** Typed of this record and not seen back yet, in the order typed. */
  ofLane(lane: string): readonly OutboxEntry[] {
    return this.#entries.ofLane(lane)
  }
  /** All that was typed of this record here, in the order typed. */
  typedOf(lane: string): readonly OutboxEntry[] {
    return this.#entries.typedOf(lane)
  }

  save(): SavedOutbox {
    return { ...this.#entries.save(), ...this.#news.save() }
  }
  load(saved: SavedOutbox): void {
    this.#entries.load(saved)
    this.#news.load(saved)
  }

  /** As `viewer` (an e-mail) is shown it. `conflicts`: cards not decided yet. */
  view(conflicts: number, viewer: string | null): OutboxView {
    const own = viewer === null ? 0 : this.#entries.countOf(viewer)
    return {
      waiting: this.waiting.size,
      oldestAt: this.oldest()?.queuedAt ?? null,
      unseen: this.unseen.size,
      ...this.#news.unread,
      conflicts,
      leaving: {
        unsent: own,
        oldestAt: viewer === null ? null : (this.oldest(viewer)?.queuedAt ?? null),
        ofOthers: this.waiting.size - own,
      },
      recent: this.#entries.recent().map((entry) => itemOf(entry, viewer)),
    }
  }

  /** What came to nothing undid nothing. */
  #notUndone({ undoes }: OutboxEntry, outcome: OutboxState): readonly CommandKey[] {
    const undone = undoes === null || outcome === 'confirmed' ? undefined : this.entries.get(undoes)
    if (!undone) return []
    this.#entries.put({ ...undone, undoneBy: null })
    return [undone.key]
  }
}
