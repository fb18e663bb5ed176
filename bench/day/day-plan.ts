import type { Announce } from '../../src/hub/store/store.ts'
import type { Tables } from '../../src/hub/store/tables.ts'
import { tellCount } from '../../src/hub/rest/counting.ts'
import { type Happenings, SIZE } from '../large-election.ts'

/** Hours after the desk was opened. */
export const DAY = { hours: 24, pollsOpen: 2, pollsClose: 14, counted: 21 } as const
/** Who came by the evening, of all. */
const TURNOUT = 0.9

/** How much of all that happens in a day has happened by this hour, 0 to 1: busy while polls are open, quiet at night. */
function shareBy(hour: number): number {
  const { pollsOpen, pollsClose, counted, hours } = DAY
  const parts = [
    { to: pollsOpen, of: 0.02 },
    { to: pollsClose, of: 0.75 },
    { to: counted, of: 0.21 },
    { to: hours, of: 0.02 },
  ]
  let from = 0
  let share = 0
  for (const { to, of } of parts) {
    share += (of * Math.max(0, Math.min(hour, to) - from)) / (to - from)
    from = to
  }
  return share
}

/** What is due by an hour of the day, of so many events in all. It owns how far the day is; what it does it tells at the hub. */
export class DayPlan {
  readonly #events: number
  readonly #happenings: Happenings
  #done = 0
  #counted = 0

  constructor(events: number, happenings: Happenings) {
    this.#events = events
    this.#happenings = happenings
  }

  get done(): number {
    return this.#done
  }

  /** How many more events there are until this hour. */
  dueBy(hour: number): number {
    return Math.max(0, Math.floor(this.#events * shareBy(hour)) - this.#done)
  }

  /** The next event, at this hour of the day and this time, UTC ms: marks while polls are open, votes afterwards, calls all day. */
  one(tables: Tables, announce: Announce, hour: number, at: number): void {
    this.#done += 1
    const { marked } = this.#happenings
    const came =
      SIZE.electors * TURNOUT * Math.min(1, Math.max(0, hour - DAY.pollsOpen) / (DAY.pollsClose - DAY.pollsOpen))
    if (marked < came) return this.#happenings.markOne(tables, announce, at)
    if (hour > DAY.pollsClose && this.#done % 2 === 0) return this.#count(tables, announce, at)
    this.#happenings.turn(tables, announce, at)
  }

  /** One figure of one committee, again and again a little higher. */
  #count(tables: Tables, announce: Announce, at: number): void {
    const place = this.#counted++
    const committee = 1 + (place % SIZE.committees)
    const candidate = 1 + (Math.floor(place / SIZE.committees) % SIZE.candidates)
    const votes = 1 + Math.floor(place / (SIZE.committees * SIZE.candidates))
    const before = tables.voting.countOf(committee, candidate)
    const election = tables.elections.current()?.id ?? 1
    if (before) {
      const patch = { vote_count: votes, status: 'SUBMITTED', verified_by: null } as const
      tables.voting.patchCount(before.id, patch, at)
    } else tables.voting.putCount({ election, committee, candidate, votes, by: 1, notes: '', at })
    const after = tables.voting.countOf(committee, candidate)
    if (after) tellCount(announce, before ? 'updated' : 'created', after)
  }
}
