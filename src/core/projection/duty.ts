import { z } from 'zod'
import { assertNever } from '../../shared/result.ts'
import { HandOver } from '../../shared/view/shift.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import { CallsFold, SavedCalls } from './calls.ts'
import type { Table } from './table.ts'
import { IncidentsFold, SavedIncidents } from './incidents.ts'

export const SavedDuty = z.object({
  incidents: SavedIncidents,
  handOver: HandOver.nullable(),
  linkLosses: z.number(),
  isLive: z.boolean(),
  calls: SavedCalls,
})
type SavedDuty = z.infer<typeof SavedDuty>

/** Which part is not what it was; null: neither. */
export type DutyChange = { readonly incident: string } | { readonly shift: true } | { readonly call: string } | null

/** What the people on duty have to do with: incidents, the shift that was handed over last, and who
 * rings whom. A part of the projection. */
export class DutyFold {
  readonly incidents = new IncidentsFold()
  /** Who rings whom. */
  readonly calls: CallsFold
  /** The latest hand-over, accepted or not. */
  handOver: HandOver | null = null
  /** How often the link was lost since then. */
  linkLosses = 0
  #isLive = false

  constructor(calls: Table<'call'>) {
    this.calls = new CallsFold(calls)
  }

  apply(
    event: Extract<JournalEvent, { is: 'incident' | 'shift' | 'link' | 'call' }>,
    record: JournalRecord,
  ): DutyChange {
    if (event.is === 'link') {
      if (this.#isLive && event.state !== 'live') this.linkLosses += 1
      this.#isLive = event.state === 'live'
      return null
    }
    if (event.is === 'call') {
      this.calls.apply(event.turn, record.at)
      return { call: event.turn.elector }
    }
    if (event.is === 'incident') {
      const id = this.incidents.apply(event, record)
      return id === null ? null : { incident: id }
    }
    return this.#shift(event.turn, record.at)
  }

  #shift(turn: Extract<JournalEvent, { is: 'shift' }>['turn'], at: number): DutyChange {
    switch (turn.does) {
      case 'handed-over': {
        const { does: _does, ...said } = turn
        this.handOver = { ...said, acceptedBy: null, acceptedAt: null }
        this.linkLosses = 0
        return { shift: true }
      }
      case 'accepted':
        if (this.handOver?.id !== turn.id) return null
        this.handOver = { ...this.handOver, acceptedBy: turn.by, acceptedAt: at }
        return { shift: true }
      default:
        return assertNever(turn)
    }
  }

  save(): SavedDuty {
    const { handOver, linkLosses } = this
    return { incidents: this.incidents.save(), handOver, linkLosses, isLive: this.#isLive, calls: this.calls.save() }
  }
  load({ incidents, handOver, linkLosses, isLive, calls }: SavedDuty): void {
    this.incidents.load(incidents)
    this.handOver = handOver
    this.linkLosses = linkLosses
    this.#isLive = isLive
    this.calls.load(calls)
  }
}
