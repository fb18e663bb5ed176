import type { GuaranteeId } from '../shared/model/ids.ts'
import type { Guarantee } from '../shared/model/records.ts'
import type { Unsubscribe } from '../shared/port.ts'
import { assertNever, err, ok, type Result } from '../shared/result.ts'
import { type BulkChange, type BulkPlan, type BulkRefusal, type BulkView, SHOWN } from '../shared/view/bulk.ts'
import type { GuaranteeQuery } from '../shared/view/lists.ts'
import type { User } from '../shared/view/session.ts'
import { isOwn } from './authority.ts'
import type { Action } from './outbox/action.ts'
import { GUARANTEE_LIST } from './patch/guarantees.ts'
import type { Clock } from './ports.ts'
import type { Shown } from './projection/shown.ts'

/** Between two records, ms: figures, lists and the operator's own hands come in between. */
const STEP = 4
/** Windows are told of the progress no more often than this, ms. */
const TELL_EVERY = 100

export type BulkWish = {
  readonly query: Omit<GuaranteeQuery, 'offset' | 'limit'>
  readonly ids: readonly GuaranteeId[] | null
  readonly change: BulkChange
}
/** Whose acts these are: where the person or the book is another by the next record, nothing more is done. */
export type BulkHands = {
  readonly book: Shown
  readonly user: User
  /** Saves one action; not-saved and the like end the whole. */
  readonly act: (action: Action) => Result<unknown, string>
  readonly same: () => boolean
}

type Prepared = {
  readonly id: string
  readonly change: BulkChange
  readonly ids: readonly GuaranteeId[]
  readonly hands: BulkHands
}

/**
 * One change made to many guarantees: said before, done record by record through the outbox, ended between any two. Owns the
 * wait between two records; never an action once saved, which is the outbox's.
 */
export class BulkDesk {
  readonly #clock: Clock
  readonly #listeners = new Set<() => void>()
  #prepared: Prepared | null = null
  #view: BulkView = { is: 'none' }
  #cancel: Unsubscribe = () => {}
  #count = 0
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get view(): BulkView {
    return this.#view
  }
  onChange(listener: () => void): Unsubscribe {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** One pass over the guarantees asked for. */
  prepare({ query, ids, change }: BulkWish, hands: BulkHands): BulkPlan {
    const { book, user } = hands
    const wanted = ids === null ? matching(book, query, user) : ids
    const changes: GuaranteeId[] = []
    const examples: BulkPlan['examples'] = []
    const refused = new Map<BulkRefusal, BulkPlan['refused'][number]>()
    for (const id of wanted) {
      const record = book.projection.of('guarantee').get(id)?.record
      const why = refusalOf(record, change, user)
      const before = record ? beforeOf(record, change) : null
      const example = record ? [{ elector: record.elector, name: record.electorName, before }] : []
      if (why === null) {
        changes.push(id)
        if (examples.length < SHOWN) examples.push(...example)
        continue
      }
      const sum = refused.get(why) ?? { why, count: 0, examples: [] }
      refused.set(why, sum)
      sum.count += 1
      if (sum.examples.length < SHOWN) sum.examples.push(...example)
    }
    this.#count += 1
    const id = `bulk-${this.#count}`
    this.#prepared = { id, change, ids: changes, hands }
    return { id, asked: wanted.length, changes: changes.length, refused: [...refused.values()], examples }
  }

  start(id: string): Result<null, 'unknown' | 'bulk-busy'> {
    if (this.#view.is === 'running') return err('bulk-busy')
    const prepared = this.#prepared
    if (prepared?.id !== id) return err('unknown')
    this.#prepared = null
    this.#view = { is: 'running', change: prepared.change, total: prepared.ids.length, done: 0, refused: 0 }
    this.#tell(true)
    this.#next(prepared, 0)
    return ok(null)
  }

  cancel(): void {
    this.#end('cancelled')
  }
  /** The console ends, or goes to another server. */
  stop(): void {
    this.#prepared = null
    this.#end('cancelled')
  }

  #next(prepared: Prepared, at: number): void {
    if (this.#view.is !== 'running') return
    const id = prepared.ids[at]
    if (id === undefined) return this.#end('done')
    if (!prepared.hands.same()) return this.#end('failed')
    const { record } = prepared.hands.book.projection.of('guarantee').get(id) ?? {}
    // What another did meanwhile is looked at again: nothing is changed that needs no change.
    const isRefused = refusalOf(record, prepared.change, prepared.hands.user) !== null
    if (!isRefused) {
      const acted = prepared.hands.act(actionOf(id, prepared.change))
      if (!acted.ok && ENDS.has(acted.error)) return this.#end('failed')
      this.#step(acted.ok)
    } else this.#step(false)
    this.#cancel = this.#clock.after(STEP, () => this.#next(prepared, at + 1))
  }

  #step(isDone: boolean): void {
    if (this.#view.is !== 'running') return
    const { done, refused } = this.#view
    this.#view = { ...this.#view, done: done + (isDone ? 1 : 0), refused: refused + (isDone ? 0 : 1) }
    this.#tell()
  }
  #end(how: 'done' | 'cancelled' | 'failed'): void {
    this.#cancel()
    if (this.#view.is !== 'running') return
    this.#view = { ...this.#view, is: 'ended', how }
    this.#tell(true)
  }
  #tell(now = false): void {
    if (!now && this.#clock.elapsed() - this.#toldAt < TELL_EVERY) return
    this.#toldAt = this.#clock.elapsed()
    for (const listener of this.#listeners) listener()
  }
}

/** Failures that the next record would meet too. */
const ENDS: ReadonlySet<string> = new Set(['not-saved', 'not-open', 'not-allowed'])

function matching(book: Shown, query: BulkWish['query'], user: User): readonly GuaranteeId[] {
  const matches = GUARANTEE_LIST.matcher(book, { ...query, offset: 0, limit: 0 }, user)
  const ids: GuaranteeId[] = []
  for (const [id, { record }] of book.projection.of('guarantee')) if (matches(record)) ids.push(id)
  return ids
}

function refusalOf(record: Guarantee | undefined, change: BulkChange, user: User): BulkRefusal | null {
  if (!record) return 'not-known'
  if (!isOwn(user, record)) return 'not-yours'
  switch (change.is) {
    case 'confirmation':
      return record.confirmation === change.to ? 'already' : null
    case 'status':
      return record.status === change.to ? 'already' : null
    case 'group':
      return record.group === change.to ? 'already' : null
    default:
      return assertNever(change)
  }
}

/** What it is now: the word of the state, or the group's name. */
function beforeOf(record: Guarantee, change: BulkChange): string | null {
  return change.is === 'confirmation' ? record.confirmation : change.is === 'status' ? record.status : record.groupName
}

function actionOf(id: GuaranteeId, change: BulkChange): Action {
  switch (change.is) {
    case 'confirmation':
      return { does: 'guarantee.confirm', id, confirmation: change.to }
    case 'status':
      return { does: 'guarantee.update', id, status: change.to }
    case 'group':
      return { does: 'guarantee.update', id, group: change.to }
    default:
      return assertNever(change)
  }
}
