import { INCIDENT_RULES, type Incident, isOpen } from '../../shared/view/incident.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { IncidentsFold } from '../projection/incidents.ts'
import type { Condition, Facts } from './rule.ts'
import { RULES } from './rules.ts'

/** What was so is over when it was not so for this long, ms: what comes and goes is one incident. */
export const OVER_AFTER = 30_000

/**
 * Holds what the rules find against what is known, and says what is to be written: found anew, worse, over. What a person
 * resolved while it still holds is not found again before it was over once. It owns since when a condition is not seen.
 */
export class Judge {
  /** By key: elapsed time at which it was not found any more. */
  readonly #goneSince = new Map<string, number>()

  look(facts: Facts, known: IncidentsFold, elapsed: number): readonly JournalEvent[] {
    const events: JournalEvent[] = []
    const seen = new Set<string>()
    const unknown = new Set<string>()
    for (const is of INCIDENT_RULES) {
      const found = RULES[is](facts)
      if (found === 'unknown') {
        unknown.add(is)
        continue
      }
      for (const condition of found) {
        seen.add(condition.key)
        this.#goneSince.delete(condition.key)
        events.push(...told(condition, known.last(condition.key), facts.now))
      }
    }
    for (const one of known.standing()) {
      if (seen.has(one.key) || unknown.has(one.evidence.is)) continue
      if (this.#isOver(one.key, elapsed)) events.push({ is: 'incident', id: one.id, turn: { does: 'ended' } })
    }
    return events
  }

  #isOver(key: string, elapsed: number): boolean {
    const since = this.#goneSince.get(key)
    if (since === undefined) this.#goneSince.set(key, elapsed)
    if (since === undefined || elapsed - since < OVER_AFTER) return false
    this.#goneSince.delete(key)
    return true
  }
}

function told(condition: Condition, last: Incident | null, now: number): JournalEvent[] {
  if (!last?.stands) {
    const id = `${condition.key}@${now}`
    return [{ is: 'incident', id, turn: { does: 'triggered', ...condition } }]
  }
  if (!isOpen(last) || !isWorse(condition, last)) return []
  const severity = last.severity === 'alarm' ? 'alarm' : condition.severity
  return [{ is: 'incident', id: last.id, turn: { does: 'changed', severity, evidence: condition.evidence } }]
}

function isWorse({ severity, evidence }: Condition, last: Incident): boolean {
  if (severity === 'alarm' && last.severity === 'warning') return true
  if (evidence.is === 'refused' && last.evidence.is === 'refused') return evidence.count > last.evidence.count
  if (evidence.is === 'count' && last.evidence.is === 'count') {
    return evidence.findings.join() !== last.evidence.findings.join()
  }
  return false
}
