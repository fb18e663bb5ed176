import { chanceOf, scramble } from '../chance.ts'
import { type DayAction, type DayPlan, POLLS_OPEN_MS } from '../day-plan.ts'
import { ADMIN, SUPERVISOR } from '../people.ts'
import { type Rhythm, rhythmOf, shareBy } from '../rhythm.ts'
import type { ImportedCommittee, PrecinctImport } from './read-precincts.ts'

const MINUTE = 60_000
const FIRST_COUNT = POLLS_OPEN_MS + 25 * MINUTE
const COUNTING_SPAN = 170 * MINUTE
const PHASES_AND_RESULTS = 6

/** The number of a committee's n-th elector: `P001-00001`. */
export function electorNumber(committee: ImportedCommittee, n: number): string {
  return `${committee.code}-${String(n).padStart(5, '0')}`
}

/**
 * The day an imported file ends in: its ballots as attendance, spread over the day with a rhythm for each precinct,
 * then its counts, precinct by precinct. Made minute by minute as it is read, since a county has hundreds of thousands.
 */
export function planImportedDay(found: PrecinctImport, date: string): DayPlan {
  const id = `import-${scramble(JSON.stringify([found.contest.label, found.counts, found.ballots])).toString(36)}`
  const evening = eveningOf(found, id)
  return {
    id,
    date,
    chief: ADMIN,
    total: found.ballots + 2 * found.committees.length + PHASES_AND_RESULTS,
    first: -MINUTE,
    last: evening[evening.length - 1]?.at ?? POLLS_OPEN_MS,
    expected: {
      committees: found.committees.length,
      electors: found.registered,
      attendance: found.ballots,
      ballotsCast: found.ballots,
      counts: found.counts,
    },
    *actions() {
      yield { kind: 'phase', at: -MINUTE, by: ADMIN, phase: 'GUARANTEE_PHASE' }
      yield { kind: 'phase', at: 0, by: ADMIN, phase: 'VOTING_DAY' }
      yield* attendanceOf(found, id)
      yield { kind: 'phase', at: POLLS_OPEN_MS, by: ADMIN, phase: 'COUNTING' }
      yield* evening
    },
  }
}

type Queue = { readonly committee: ImportedCommittee; readonly rhythm: Rhythm; readonly stride: number; come: number }

function* attendanceOf(found: PrecinctImport, id: string): Generator<DayAction> {
  const queues: Queue[] = found.committees.map((committee) => ({
    committee,
    rhythm: rhythmOf(chanceOf(scramble(id), committee.code)),
    stride: strideOf(committee.registered),
    come: 0,
  }))
  for (let start = 0; start < POLLS_OPEN_MS; start += MINUTE) {
    const minute = queues.flatMap((queue) => comersOf(queue, start))
    yield* minute.sort((a, b) => a.at - b.at)
  }
}

/** Those of one precinct who come within one minute, spread evenly over it. */
function comersOf(queue: Queue, start: number): DayAction[] {
  const { committee, rhythm, stride } = queue
  const due = Math.round(shareBy(rhythm, start + MINUTE) * committee.ballots) - queue.come
  const comers: DayAction[] = []
  for (let i = 0; i < due; i += 1) {
    const n = ((queue.come * stride) % committee.registered) + 1
    const at = start + Math.floor(((i + 0.5) * MINUTE) / due)
    comers.push({ kind: 'attend', at, by: ADMIN, elector: electorNumber(committee, n), committee: committee.code })
    queue.come += 1
  }
  return comers
}

/** A step with no common factor, so that stepping round the register meets everyone once, in no plain order. */
function strideOf(registered: number): number {
  let stride = Math.max(1, Math.floor(registered * 0.618))
  while (commonFactor(stride, registered) !== 1) stride += 1
  return stride
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b)
}

function eveningOf(found: PrecinctImport, id: string): readonly DayAction[] {
  const chance = chanceOf(scramble(id), 'evening')
  const evening: DayAction[] = []
  let last = FIRST_COUNT
  for (const { code, ballots, invalid, votes } of found.committees) {
    const at = FIRST_COUNT + Math.floor(chance.next() * COUNTING_SPAN)
    const checked = at + Math.floor(chance.between(3, 14) * MINUTE)
    const sheet = votes.map((count, index) => ({ candidate: index + 1, votes: count }))
    evening.push({ kind: 'count', at, by: SUPERVISOR, committee: code, ballotsCast: ballots, invalid, votes: sheet })
    evening.push({ kind: 'verify', at: checked, by: ADMIN, committee: code })
    last = Math.max(last, checked)
  }
  evening.sort((a, b) => a.at - b.at)
  evening.push({ kind: 'results', at: last + 6 * MINUTE, by: ADMIN })
  evening.push({ kind: 'publish', at: last + 15 * MINUTE, by: ADMIN })
  evening.push({ kind: 'phase', at: last + 20 * MINUTE, by: ADMIN, phase: 'CLOSED' })
  return evening
}
