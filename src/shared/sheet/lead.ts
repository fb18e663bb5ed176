import { z } from 'zod'
import { CandidateId } from '../model/ids.ts'

const whole = z.number().int()

/** Who was ahead when so many sheets were in. Points of a chart: at most 240. */
export const LeadView = z.object({
  /** The candidates drawn, those with the most votes at the end first. */
  candidates: z.array(CandidateId).max(5),
  /** `at` in ms, when the sheet was entered by the server's word; `committee`: whose sheet came last by then; `votes` in the order of `candidates`. */
  points: z.array(z.object({ at: z.number(), sheets: whole, committee: z.string(), votes: z.array(whole) })).max(240),
  /** Each time the first place went to somebody else, the latest 50, oldest first. Null: several were level. */
  changes: z.array(
    z.object({
      at: z.number(),
      committee: z.string(),
      from: CandidateId.nullable(),
      to: CandidateId.nullable(),
      ahead: whole,
    }),
  ),
  /** How many there were in all. */
  changesInAll: whole,
})
export type LeadView = z.infer<typeof LeadView>

/** One committee's sheet as it is on record. `at`: when it was entered, ms. */
export type LeadSheet = {
  readonly committee: string
  readonly at: number
  readonly votes: readonly { readonly candidate: CandidateId; readonly votes: number }[]
}

const DRAWN = 5
const MOST_POINTS = 240
const MOST_CHANGES = 50

/** The sheets one after the other, in the order they were entered. A sheet entered again counts where it stands now. */
export function leadOf(sheets: readonly LeadSheet[]): LeadView {
  const sorted = [...sheets].sort((a, b) => a.at - b.at || (a.committee < b.committee ? -1 : 1))
  const candidates = mostVotes(sorted)
  const sums = new Map<CandidateId, number>()
  const all: LeadView['points'] = []
  const changes: LeadView['changes'] = []
  let leader: CandidateId | null = null
  for (const [index, { at, committee, votes }] of sorted.entries()) {
    for (const row of votes) sums.set(row.candidate, (sums.get(row.candidate) ?? 0) + row.votes)
    const { first, ahead } = leading(sums)
    if (index > 0 && first !== leader) changes.push({ at, committee, from: leader, to: first, ahead })
    leader = first
    all.push({ at, sheets: index + 1, committee, votes: candidates.map((id) => sums.get(id) ?? 0) })
  }
  return { candidates, points: thinned(all), changes: changes.slice(-MOST_CHANGES), changesInAll: changes.length }
}

function mostVotes(sheets: readonly LeadSheet[]): CandidateId[] {
  const sums = new Map<CandidateId, number>()
  for (const { votes } of sheets)
    for (const row of votes) sums.set(row.candidate, (sums.get(row.candidate) ?? 0) + row.votes)
  const order = [...sums].sort(([a, x], [b, y]) => y - x || a - b)
  return order.slice(0, DRAWN).map(([id]) => id)
}

function leading(sums: ReadonlyMap<CandidateId, number>): { first: CandidateId | null; ahead: number } {
  let first: CandidateId | null = null
  let [most, next] = [0, 0]
  for (const [id, votes] of sums) {
    if (votes > most) {
      next = most
      most = votes
      first = id
    } else if (votes > next) next = votes
  }
  return { first: most === next ? null : first, ahead: most - next }
}

/** The last of each stretch stays, and so does the very last. */
function thinned(points: LeadView['points']): LeadView['points'] {
  const step = Math.ceil(points.length / MOST_POINTS)
  return points.filter((_, index) => (points.length - 1 - index) % Math.max(1, step) === 0)
}
