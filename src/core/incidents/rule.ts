import type { LinkView } from '../../shared/model/link.ts'
import type { Topic } from '../../shared/model/change.ts'
import type { Committee } from '../../shared/model/records.ts'
import type { Evidence, Incident, Place, Severity, Target } from '../../shared/view/incident.ts'
import type { Shown } from '../projection/shown.ts'

/** What rules go by. Times in ms since 1970. */
export type Facts = {
  /** This desk's clock. */
  readonly now: number
  /** When this desk began to look: what was so before it was started calls nobody yet. */
  readonly lookingSince: number
  readonly book: Shown
  readonly link: LinkView
  /** Committees whose attendance is read here. */
  readonly committees: readonly Committee[]
  /** Room left on the disk of the journal; null: the host cannot say. */
  readonly freeBytes: number | null
  /** Frames not understood in the last ten minutes. */
  readonly quarantinedLately: number
  readonly target: Target | null
  /** The latest incident about this thing, for rules that end later than they begin. */
  last(key: string): Incident | null
}

/** Something that is so now. */
export type Condition = {
  /** The same each time it happens: `silent:m4`. */
  readonly key: string
  readonly severity: Severity
  readonly topic: Topic | null
  readonly committee: Place | null
  readonly evidence: Evidence
  /** When it began, by this desk's clock, ms. */
  readonly since: number
}

/**
 * Finds what is so by the facts alone. `unknown`: the figures it goes by cannot be trusted now; what was found before stays
 * as it is.
 */
export type Rule = (facts: Facts) => readonly Condition[] | 'unknown'

/** One that holds still: a limit is left later than it is reached, so that a figure on the edge calls once. */
export const holds = ({ last }: Facts, key: string): boolean => last(key)?.stands === true

export const placeOf = ({ id, code, name }: Committee): Place => ({ id, code, name })

/** How long it has been so in the sight of this run, ms. */
export const seenFor = ({ now, lookingSince }: Facts, since: number): number => now - Math.max(since, lookingSince)

/** The day's own clock: a rehearsal's may run ahead of this desk's. */
export const dayNow = ({ now, book }: Facts): number => Math.max(now, book.figures.attendance.perMinute.latest ?? 0)
