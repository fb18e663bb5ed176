import { assertNever } from '../../shared/result.ts'
import type { FeedItem } from '../../shared/view/board.ts'
import type { JournalRecord, Origin } from '../journal/event.ts'
import type { Figures } from './figures.ts'
import type { Shift } from './table.ts'

const KEPT = 100

/** The last hundred things people would want to hear of, newest first. Reads are not news; what was pushed or typed is. */
export class Feed {
  #items: FeedItem[] = []
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

  /** True when a line was added or grew. */
  shift(shift: Shift, { cursor, at }: JournalRecord): boolean {
    const from: Origin = (shift.after ?? shift.before)?.from ?? 'live'
    if (from === 'snapshot') return false
    const what = this.#what(shift)
    if (!what) return false
    const newest = this.#items[0]
    // A count sheet comes as one frame per candidate: one line tells of all.
    if (what.is === 'counted' && newest?.what.is === 'counted' && newest.what.committee === what.committee) {
      const sum = { ...what, candidates: newest.what.candidates + 1, votes: newest.what.votes + what.votes }
      this.#items[0] = { cursor, at, source: from, what: sum }
      return true
    }
    this.#items.unshift({ cursor, at, source: from, what })
    if (this.#items.length > KEPT) this.#items.pop()
    return true
  }

  #what(shift: Shift): FeedItem['what'] | null {
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
      case 'count': {
        if (!shift.after) return null
        const { committee, votes } = shift.after.record
        return {
          is: 'counted',
          committee: this.#figures.codeOf.get(committee) ?? String(committee),
          candidates: 1,
          votes,
        }
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
      case 'party':
      case 'candidate':
        return null
      default:
        return assertNever(shift)
    }
  }
}
