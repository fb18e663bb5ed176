import { z } from 'zod'
import { Incident, type IncidentTurn, isOpen } from '../../shared/view/incident.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import { assertNever } from '../../shared/result.ts'

/** Oldest first, by when they were found. */
export const SavedIncidents = z.array(Incident)

/** Resolved ones kept in sight; older ones are in the journal. */
const KEPT = 500
/** What became of one incident, as far as it is shown. */
const TURNS = 60

type Turn = Incident['turns'][number]

/** Incidents and what became of them: a fold of what rules and people said. It judges nothing and knows no clock. */
export class IncidentsFold {
  readonly #all = new Map<string, Incident>()
  /** The latest about each thing. */
  readonly #last = new Map<string, string>()
  readonly #open = new Set<string>()
  /** Raised with every change, so that one who did not listen knows that there was one. */
  revision = 0

  /** The id of the incident that is not what it was; null: nothing changed. */
  apply({ id, turn }: Extract<JournalEvent, { is: 'incident' }>, { at }: Pick<JournalRecord, 'at'>): string | null {
    if (turn.does === 'triggered') return this.#add(begun(id, turn, at))
    const one = this.#all.get(id)
    if (!one) return null
    return this.#put({ ...after(one, turn, at), turns: [...one.turns, turnOf(turn, at)].slice(-TURNS) })
  }

  find(id: string): Incident | null {
    return this.#all.get(id) ?? null
  }
  /** The latest about this. */
  last(key: string): Incident | null {
    return this.find(this.#last.get(key) ?? '')
  }
  get openCount(): number {
    return this.#open.size
  }
  *open(): Generator<Incident> {
    for (const id of this.#open) {
      const one = this.#all.get(id)
      if (one) yield one
    }
  }
  /** The latest about each thing whose condition holds, resolved by hand or open. */
  *standing(): Generator<Incident> {
    for (const id of this.#last.values()) {
      const one = this.#all.get(id)
      if (one?.stands) yield one
    }
  }
  all(): readonly Incident[] {
    return [...this.#all.values()]
  }

  save(): z.infer<typeof SavedIncidents> {
    return [...this.#all.values()]
  }
  load(saved: z.infer<typeof SavedIncidents>): void {
    for (const one of saved) this.#add(one)
  }

  #add(one: Incident): string {
    this.#last.set(one.key, one.id)
    this.#put(one)
    this.#forget()
    return one.id
  }
  #put(one: Incident): string {
    this.revision += 1
    this.#all.set(one.id, one)
    if (isOpen(one)) this.#open.add(one.id)
    else this.#open.delete(one.id)
    return one.id
  }
  /** The latest about a thing is never forgotten: it says whether that was dealt with. */
  #forget(): void {
    let over = this.#all.size - this.#open.size - KEPT
    if (over <= 0) return
    for (const [id, { key }] of this.#all) {
      if (over <= 0) return
      if (this.#open.has(id) || this.#last.get(key) === id) continue
      this.#all.delete(id)
      over -= 1
    }
  }
}

const begun = (id: string, turn: Extract<IncidentTurn, { does: 'triggered' }>, at: number): Incident => {
  const { does: _does, ...found } = turn
  return {
    ...{ id, ...found, triggeredAt: at, state: 'triggered', stands: true, owner: null, snoozedUntil: null },
    ...{ escalatedTo: null, resolvedAt: null, resolvedBy: null, turns: [] },
  }
}

function after(one: Incident, turn: Exclude<IncidentTurn, { does: 'triggered' }>, at: number): Incident {
  switch (turn.does) {
    case 'changed':
      return { ...one, severity: turn.severity, evidence: turn.evidence }
    case 'ended':
      return isOpen(one) ? { ...one, stands: false, state: 'resolved', resolvedAt: at } : { ...one, stands: false }
    case 'acknowledged':
      return { ...one, state: 'acknowledged', owner: turn.by, snoozedUntil: null }
    case 'snoozed':
      return { ...one, snoozedUntil: turn.until }
    case 'escalated':
      return { ...one, severity: 'alarm', escalatedTo: turn.to, snoozedUntil: null }
    case 'noted':
      return one
    case 'resolved':
      return { ...one, state: 'resolved', resolvedAt: at, resolvedBy: turn.by }
    default:
      return assertNever(turn)
  }
}

const turnOf = (turn: Exclude<IncidentTurn, { does: 'triggered' }>, at: number): Turn => ({
  at,
  does: turn.does,
  by: 'by' in turn ? turn.by : null,
  note: 'note' in turn ? turn.note : null,
  until: 'until' in turn ? turn.until : null,
  to: 'to' in turn ? turn.to : null,
})
