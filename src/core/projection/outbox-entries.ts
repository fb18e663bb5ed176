import { z } from 'zod'
import { CommandKey } from '../../shared/model/ids.ts'
import { laneOf } from '../outbox/action.ts'
import { OutboxEntry } from './outbox-entry.ts'

/** `entries` and `waiting` in the order typed. */
export const SavedEntries = z.object({
  entries: z.array(OutboxEntry),
  waiting: z.array(CommandKey),
  unseen: z.array(CommandKey),
  recent: z.array(CommandKey),
})
type SavedEntries = z.infer<typeof SavedEntries>

/** Entries shown in the newest-first list. */
const RECENT = 50
const NONE: readonly OutboxEntry[] = []

/** Every action typed here, and the ways to find it: by key, record, who typed it, and how far it is on its way. */
export class OutboxEntries {
  /** In the order typed. */
  readonly all = new Map<CommandKey, OutboxEntry>()
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

  /** One more, which waits. */
  add(entry: OutboxEntry): void {
    this.#recent = [entry.key, ...this.#recent.slice(0, RECENT - 1)]
    this.waiting.add(entry.key)
    this.put(entry)
    this.#find(entry)
  }
  /** As it is now; it is found as before. */
  put(entry: OutboxEntry): void {
    this.all.set(entry.key, entry)
  }
  /** The server has it: it waits no more, and is looked out for. */
  taken(entry: OutboxEntry): void {
    this.#leave(entry)
    this.unseen.add(entry.key)
    addTo(this.#lanes, laneOf(entry.action), entry.key)
    this.put(entry)
  }
  /** Nothing more becomes of it. */
  end(entry: OutboxEntry): void {
    this.#leave(entry)
    this.put(entry)
  }

  /** Waiting, or taken and not seen back yet. */
  isOpen({ key }: OutboxEntry): boolean {
    return this.waiting.has(key) || this.unseen.has(key)
  }
  find(key: string): OutboxEntry | null {
    return this.all.get(key as CommandKey) ?? null // only looked up, never stored
  }
  /** The one to send next, of all or of one user; null: none waits. */
  oldest(by: string | null): OutboxEntry | null {
    const [key] = (by === null ? this.waiting : this.#waitingOf.get(by)) ?? []
    return key === undefined ? null : this.find(key)
  }
  /** This user's waiting ones, in the order typed. */
  *waitingOf(by: string): Generator<OutboxEntry> {
    for (const key of this.#waitingOf.get(by) ?? []) {
      const entry = this.find(key)
      if (entry) yield entry
    }
  }
  countOf(by: string): number {
    return this.#waitingOf.get(by)?.size ?? 0
  }
  /** Waiting ones that must not be late. */
  timed(): readonly OutboxEntry[] {
    return this.#those(this.#timed)
  }
  /** Typed of this record and not seen back yet, in the order typed. */
  ofLane(lane: string): readonly OutboxEntry[] {
    const keys = this.#lanes.get(lane)
    return keys ? this.#those(keys) : NONE
  }
  /** All that was typed of this record here, in the order typed. */
  typedOf(lane: string): readonly OutboxEntry[] {
    return this.#those(this.#typed.get(lane) ?? [])
  }
  /** The last ones typed, newest first. */
  recent(): readonly OutboxEntry[] {
    return this.#those(this.#recent)
  }

  save(): SavedEntries {
    const { all, waiting, unseen } = this
    return { entries: [...all.values()], waiting: [...waiting], unseen: [...unseen], recent: [...this.#recent] }
  }
  /** In place of what was here. */
  load({ entries, waiting, unseen, recent }: SavedEntries): void {
    for (const each of [this.all, this.waiting, this.unseen, this.#waitingOf, this.#timed]) each.clear()
    for (const each of [this.#lanes, this.#typed]) each.clear()
    for (const key of waiting) this.waiting.add(key)
    for (const key of unseen) this.unseen.add(key)
    for (const entry of entries) {
      this.put(entry)
      this.#find(entry)
    }
    this.#recent = recent
  }

  #those(keys: Iterable<CommandKey>): OutboxEntry[] {
    return [...keys].flatMap((key) => this.find(key) ?? [])
  }
  #find(entry: OutboxEntry): void {
    const { key, action, by, deadline } = entry
    addTo(this.#typed, laneOf(action), key)
    if (this.waiting.has(key)) addTo(this.#waitingOf, by, key)
    if (this.waiting.has(key) && deadline !== null) this.#timed.add(key)
    if (this.isOpen(entry)) addTo(this.#lanes, laneOf(action), key)
  }
  #leave({ key, by, action }: OutboxEntry): void {
    this.waiting.delete(key)
    this.unseen.delete(key)
    this.#timed.delete(key)
    takeFrom(this.#waitingOf, by, key)
    takeFrom(this.#lanes, laneOf(action), key)
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
