import { assertNever } from '../../shared/result.ts'
import { z } from 'zod'
import { FeedItem } from '../../shared/view/board.ts'
import { TrailOf } from '../../shared/view/trail.ts'
import { CandidateId } from '../../shared/model/ids.ts'
import type { JournalRecord } from '../journal/event.ts'
import type { Figures } from './figures.ts'
import type { Shift } from './table.ts'

const KEPT = 100
const KINDS: ReadonlySet<string> = new Set(TrailOf.shape.kind.options)
const isAsked = (kind: string): kind is TrailOf['kind'] => KINDS.has(kind)
/** A line tells of one record; of kinds whose rows nobody asks for there are no lines. */
const ofShift = ({ kind, key }: Shift): TrailOf => ({ kind: isAsked(kind) ? kind : 'committee', key: String(key) })
/** Results told of again within this, ms, are one generation: the server drafts them empty and fills them in two writes. */
const ONE_GENERATION = 2_000
type Counted = Extract<FeedItem['what'], { is: 'counted' }>

export const SavedFeed = z.object({
  items: z.array(FeedItem).max(KEPT),
  sheet: z.array(z.tuple([CandidateId, z.number()])),
})
type SavedFeed = z.infer<typeof SavedFeed>

/** The last hundred things people would want to hear of, newest first. Reads are not news; what was pushed or typed is. */
export class Feed {
  #items: FeedItem[] = []
  /** Votes by candidate of the count sheet that is the newest line. */
  #sheet = new Map<CandidateId, number>()
  readonly #figures: Figures

  constructor(figures: Figures) {
    this.#figures = figures
  }

  get items(): readonly FeedItem[] {
    return this.#items
  }
  since(cursor: number): readonly FeedItem[] {
    return this.#items.filter((item) => item.cursor > cursor)
  }

  save(): SavedFeed {
    return { items: [...this.#items], sheet: [...this.#sheet] }
  }
  load({ items, sheet }: SavedFeed): void {
    this.#items = [...items]
    this.#sheet = new Map(sheet)
  }

  /** True when a line was added or grew. */
  shift(shift: Shift, { cursor, at, event }: JournalRecord): boolean {
    if (event.is !== 'change' || event.from === 'snapshot') return false
    if (shift.kind === 'count') return this.#counted(shift, { cursor, at, source: event.from, of: ofShift(shift) })
    const what = this.#what(shift)
    if (what) this.#tell({ id: cursor, cursor, at, source: event.from, of: ofShift(shift), what })
    return what !== null
  }

  #tell(item: FeedItem): void {
    const newest = this.#items[0]
    const isAgain = item.what.is === 'results' && newest?.what.is === 'results' && item.at - newest.at < ONE_GENERATION
    if (isAgain) this.#items[0] = { ...item, id: newest.id }
    else this.#add(item)
  }
  #add(item: FeedItem): void {
    this.#items.unshift(item)
    if (this.#items.length > KEPT) this.#items.pop()
  }

  /** A count sheet comes as one frame per candidate: one line tells of all, and keeps its identity while it grows. */
  #counted(
    { after }: Extract<Shift, { kind: 'count' }>,
    told: Pick<FeedItem, 'cursor' | 'at' | 'source' | 'of'>,
  ): boolean {
    if (!after) return false
    const { committee: id, candidate, votes } = after.record
    const committee = this.#figures.codeOf.get(id) ?? String(id)
    const newest = this.#items[0]
    const grows = newest?.what.is === 'counted' && newest.what.committee === committee
    if (!grows) this.#sheet = new Map()
    this.#sheet.set(candidate, votes)
    let sum = 0
    for (const each of this.#sheet.values()) sum += each
    const what: Counted = { is: 'counted', committee, candidates: this.#sheet.size, votes: sum }
    if (grows) this.#items[0] = { id: newest.id, ...told, what }
    else this.#add({ id: told.cursor, ...told, what })
    return true
  }

  #what(shift: Exclude<Shift, { kind: 'count' }>): FeedItem['what'] | null {
    switch (shift.kind) {
      case 'attendance': {
        const { before, after } = shift
        if (!after) return { is: 'attendance-removed', committee: before?.record.committeeCode ?? '' }
        const { elector, electorName: name, committeeCode: committee, status } = after.record
        return { is: 'attended', elector, name, committee, pending: status === 'PENDING' }
      }
      case 'guarantee': {
        const { before, after } = shift
        if (!after) return { is: 'guarantee-removed', name: before?.record.electorName ?? '' }
        const { electorName: name, status, confirmation } = after.record
        return { is: 'guarantee', name, status, confirmation, isNew: before === null }
      }
      case 'entry': {
        if (!shift.after) return null
        const { committee, status } = shift.after.record
        return { is: 'entry', committee: this.#figures.codeOf.get(committee) ?? String(committee), status }
      }
      case 'results':
        return shift.after ? { is: 'results', status: shift.after.record.status } : null
      case 'election':
        if (!shift.after || shift.before?.record.phase === shift.after.record.phase) return null
        return { is: 'phase', phase: shift.after.record.phase }
      case 'committee':
      case 'group':
      case 'call':
      case 'sheet':
      case 'party':
      case 'candidate':
        return null
      default:
        return assertNever(shift)
    }
  }
}
