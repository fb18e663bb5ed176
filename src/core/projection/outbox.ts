import { z } from 'zod'
import type { Topic } from '../../shared/model/change.ts'
import { CommandKey } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import type { OutboxState, OutboxView } from '../../shared/view/outbox.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import { laneOf, topicOfAction } from '../outbox/action.ts'
import { type Holdings, isAsWanted, standingOf } from '../outbox/standing.ts'
import { conflictId, FRESH, OutboxEntry, withRow } from './outbox-entry.ts'
import { itemOf } from './outbox-item.ts'

/** `entries` and `waiting` in the order typed. */
export const SavedOutbox = z.object({
  entries: z.array(OutboxEntry),
  waiting: z.array(CommandKey),
  unseen: z.array(CommandKey),
  recent: z.array(CommandKey),
  rejected: z.number(),
  expired: z.number(),
})
type SavedOutbox = z.infer<typeof SavedOutbox>

/** Entries shown in the newest-first list. */
const RECENT = 50

type Own = Extract<
  JournalEvent,
  { is: 'queued' | 'sent' | 'undone' | 'accepted' | 'settled' | 'conflicted' | 'decided' }
>
/** An action that the server took and a read speaks against. */
export type Unmet = { readonly entry: OutboxEntry; readonly standing: ReturnType<typeof standingOf> }

/** What operators typed at this desk and where each stands: a fold of what was written of it and of what was seen since. */
export class OutboxFold {
  /** In the order typed. */
  readonly entries = new Map<CommandKey, OutboxEntry>()
  /** Those the server has not taken yet, in the order typed. */
  readonly waiting = new Set<CommandKey>()
  /** Those the server took and nobody has seen back yet, in the order taken. */
  readonly unseen = new Set<CommandKey>()
  /** Keys of waiting and unseen ones by the record they are about; and waiting ones by who typed them. */
  readonly #lanes = new Map<string, Set<CommandKey>>()
  readonly #waitingOf = new Map<string, Set<CommandKey>>()
  /** Keys of all of them by the record they are about. */
  readonly #typed = new Map<string, Set<CommandKey>>()
  /** Waiting ones that must not be late. */
  readonly #timed = new Set<CommandKey>()
  /** The last ones typed, newest first. */
  #recent: readonly CommandKey[] = []
  #rejected = 0
  #expired = 0

  /** Keys whose entry is not what it was. */
  apply(event: Exclude<Own, { is: 'decided' }>, { at, cursor }: JournalRecord, held: Holdings): readonly CommandKey[] {
    if (event.is === 'queued') return this.#queued(event, { at, cursor })
    const known = this.entries.get(event.key)
    if (!known || !this.#isOpen(known)) return []
    const entry = withRow(known, cursor)
    switch (event.is) {
      case 'sent': {
        const { attempts, unsure, sentFrom } = entry
        this.#put({
          ...{ ...entry, state: 'sent', attempts: attempts + 1 },
          ...{ unsure: unsure + 1, sentFrom: sentFrom ?? cursor },
        })
        return [event.key]
      }
      case 'undone':
        this.#put({ ...entry, unsure: entry.unsure - 1 })
        return [event.key]
      case 'accepted':
        return this.#accepted(entry, event, { at, cursor }, held)
      case 'conflicted':
        this.#end({ ...entry, state: 'conflict', settledAt: at, next: 'decide', conflict: conflictId(event, cursor) })
        return [event.key]
      case 'settled': {
        if (event.outcome === 'rejected') this.#rejected += 1
        if (event.outcome === 'expired') this.#expired += 1
        const { outcome, reason, next = null } = event
        this.#end({ ...entry, state: outcome, settledAt: at, reason, next })
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
    const { key, action, by, seen = null, why = null, deadline = null, undoes = null } = event
    this.waiting.add(key)
    addTo(this.#waitingOf, by, key)
    addTo(this.#lanes, laneOf(action), key)
    if (deadline !== null) this.#timed.add(key)
    this.#recent = [key, ...this.#recent.slice(0, RECENT - 1)]
    this.entries.set(key, {
      ...{ key, action, by, queuedAt: at, seen, why, deadline, undoes },
      ...FRESH,
      rows: [cursor],
    })
    addTo(this.#typed, laneOf(action), key)
    const undone = undoes === null ? undefined : this.entries.get(undoes)
    if (!undone) return [key]
    this.#put({ ...undone, undoneBy: key })
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
    this.#forget(taken)
    this.unseen.add(taken.key)
    addTo(this.#lanes, laneOf(taken.action), taken.key)
    this.#put(taken)
    this.#check(taken, at, held)
    return [taken.key]
  }

  /** The server has it and a record told since it was sent says so: that is what confirmed means. */
  #check(entry: OutboxEntry, at: number, held: Holdings): boolean {
    const standing = standingOf(entry.action, held, entry.row)
    if (!isAsWanted(entry.action, standing?.fields ?? null)) return false
    const isOld = standing !== null && standing.cursor <= (entry.sentFrom ?? 0)
    if (isOld && entry.already === null) return false
    this.#end({ ...entry, state: 'confirmed', settledAt: at })
    return true
  }

  /** A record of this lane was told of. Keys that are thereby confirmed. */
  told(lane: string, at: number, held: Holdings): readonly CommandKey[] {
    const keys = this.#lanes.get(lane)
    if (!keys) return []
    return [...keys].filter((key) => {
      const entry = this.entries.get(key)
      return entry !== undefined && this.unseen.has(key) && this.#check(entry, at, held)
    })
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
        this.#end({ ...entry, state: 'confirmed', settledAt: at })
        seen.push(key)
      }
    }
    return { seen, unmet }
  }

  /** A card speaks of it from now on. */
  conflicted(key: CommandKey, conflict: string, at: number): void {
    const entry = this.entries.get(key)
    if (entry && this.#isOpen(entry)) {
      this.#end({ ...entry, state: 'conflict', settledAt: at, next: 'decide', conflict })
    }
  }

  /** How many the server refused, in all. */
  get rejected(): number {
    return this.#rejected
  }

  find(key: string): OutboxEntry | null {
    return this.entries.get(key as CommandKey) ?? null // only looked up, never stored
  }

  /** The one to send next, of all or of one user; null: none waits. */
  oldest(by: string | null = null): OutboxEntry | null {
    const [key] = (by === null ? this.waiting : this.#waitingOf.get(by)) ?? []
    return key === undefined ? null : (this.entries.get(key) ?? null)
  }
  /** This user's waiting ones, in the order typed. */
  *waitingOf(by: string): Generator<OutboxEntry> {
    for (const key of this.#waitingOf.get(by) ?? []) {
      const entry = this.entries.get(key)
      if (entry) yield entry
    }
  }
  /** Waiting ones that must not be late. */
  timed(): readonly OutboxEntry[] {
    return [...this.#timed].flatMap((key) => this.entries.get(key) ?? [])
  }
  /** Typed of this record and not seen back yet, in the order typed. */
  ofLane(lane: string): readonly OutboxEntry[] {
    return [...(this.#lanes.get(lane) ?? [])].flatMap((key) => this.entries.get(key) ?? [])
  }

  /** All that was typed of this record here, in the order typed. */
  typedOf(lane: string): readonly OutboxEntry[] {
    return [...(this.#typed.get(lane) ?? [])].flatMap((key) => this.entries.get(key) ?? [])
  }

  save(): SavedOutbox {
    const entries = [...this.entries.values()]
    const [waiting, unseen, recent] = [[...this.waiting], [...this.unseen], [...this.#recent]]
    return { entries, waiting, unseen, recent, rejected: this.#rejected, expired: this.#expired }
  }
  load({ entries, waiting, unseen, recent, rejected, expired }: SavedOutbox): void {
    for (const each of [this.entries, this.waiting, this.unseen, this.#waitingOf, this.#timed]) each.clear()
    for (const each of [this.#lanes, this.#typed]) each.clear()
    for (const entry of entries) this.entries.set(entry.key, entry)
    for (const key of waiting) this.waiting.add(key)
    for (const key of unseen) this.unseen.add(key)
    for (const { key, action, by, deadline } of entries) {
      addTo(this.#typed, laneOf(action), key)
      if (this.waiting.has(key)) addTo(this.#waitingOf, by, key)
      if (this.waiting.has(key) && deadline !== null) this.#timed.add(key)
      if (this.waiting.has(key) || this.unseen.has(key)) addTo(this.#lanes, laneOf(action), key)
    }
    this.#recent = recent
    this.#rejected = rejected
    this.#expired = expired
  }

  /** As `viewer` (an e-mail) is shown it. `conflicts`: cards not decided yet. */
  view(conflicts: number, viewer: string | null): OutboxView {
    const own = viewer === null ? 0 : (this.#waitingOf.get(viewer)?.size ?? 0)
    return {
      waiting: this.waiting.size,
      oldestAt: this.oldest()?.queuedAt ?? null,
      unseen: this.unseen.size,
      rejected: this.#rejected,
      expired: this.#expired,
      conflicts,
      leaving: {
        unsent: own,
        oldestAt: viewer === null ? null : (this.oldest(viewer)?.queuedAt ?? null),
        ofOthers: this.waiting.size - own,
      },
      recent: this.#recent.flatMap((key) => this.entries.get(key) ?? []).map((entry) => itemOf(entry, viewer)),
    }
  }

  #isOpen({ key }: OutboxEntry): boolean {
    return this.waiting.has(key) || this.unseen.has(key)
  }
  #put(entry: OutboxEntry): void {
    this.entries.set(entry.key, entry)
  }
  #end(entry: OutboxEntry): void {
    this.#forget(entry)
    this.#put(entry)
  }
  #forget({ key, by, action }: OutboxEntry): void {
    this.waiting.delete(key)
    this.unseen.delete(key)
    this.#timed.delete(key)
    takeFrom(this.#waitingOf, by, key)
    takeFrom(this.#lanes, laneOf(action), key)
  }
  /** What came to nothing undid nothing. */
  #notUndone({ undoes }: OutboxEntry, outcome: OutboxState): readonly CommandKey[] {
    const undone = undoes === null || outcome === 'confirmed' ? undefined : this.entries.get(undoes)
    if (!undone) return []
    this.#put({ ...undone, undoneBy: null })
    return [undone.key]
  }
}

function addTo(sets: Map<string, Set<CommandKey>>, name: string, key: CommandKey): void {
  const keys = sets.get(name)
  if (keys) keys.add(key)
  else sets.set(name, new Set([key]))
}
function takeFrom(sets: Map<string, Set<CommandKey>>, name: string, key: CommandKey): void {
  const keys = sets.get(name)
  keys?.delete(key)
  if (keys?.size === 0) sets.delete(name)
}
