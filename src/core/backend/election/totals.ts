import type { Topic } from '../../../shared/model/change.ts'
import type { ElectionId } from '../../../shared/model/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { ReadFault, Rest, Totals } from '../backend.ts'
import { askOne, statusOf } from './answers.ts'
import type { Fields } from './fields.ts'
import { pagedList, readAll } from './pages.ts'
import { ELECTIONS, electionQuery } from './read-election.ts'
import * as records from './records.ts'

/**
 * Cheap totals, by topic, as text that is the same while they are: a handful of calls instead of a whole reading. They miss what leaves
 * every total alone (a note edited, a candidate renamed, a vote moved between two candidates), so a slow timer reads all the same.
 * A topic whose totals the server refuses or fails to give is left out.
 */
export async function readTotals(rest: Rest, election: ElectionId | null): Promise<Result<Totals, ReadFault>> {
  const totals: { [T in Topic]?: string } = {}
  const steps: readonly (() => Promise<Result<Totals, ReadFault>>)[] = [
    () => electionTotals(rest, election),
    () => committeeTotals(rest, election),
    () => guaranteeTotals(rest),
    () => entryTotals(rest, totals.counts ?? ''),
    () => resultsTotals(rest),
  ]
  for (const step of steps) {
    const part = await step()
    if (part.ok) Object.assign(totals, part.value)
    else if (isCutOff(part.error)) return part
  }
  return ok(totals)
}

/** No call would fare better than this one. */
const isCutOff = ({ fault }: ReadFault): boolean => fault.is === 'network' || fault.is === 'signed-out'
const neverStopped = () => false

async function electionTotals(rest: Rest, election: ElectionId | null): Promise<Result<Totals, ReadFault>> {
  const list = await readAll(rest, ELECTIONS, neverStopped)
  if (!list.ok) return list
  const followed = list.value?.value.filter((found) => election === null || found.id === election) ?? []
  return ok({ phase: JSON.stringify(followed) })
}

type CommitteeSums = { readonly id: number; readonly attended: number; readonly votes: number; readonly about: string }

async function committeeTotals(rest: Rest, election: ElectionId | null): Promise<Result<Totals, ReadFault>> {
  const list = await readAll(
    rest,
    pagedList(
      'committees',
      { path: '/api/elections/committees/', query: electionQuery(election) },
      committeeSums,
      (sums) => sums.id,
    ),
    neverStopped,
  )
  if (!list.ok) return list
  const sums = list.value?.value ?? []
  return ok({
    committees: sums.map((sum) => sum.about).join('\n'),
    attendance: sums.map((sum) => `${sum.id}=${sum.attended}`).join(','),
    counts: sums.map((sum) => `${sum.id}=${sum.votes}`).join(','),
  })
}

const committeeSums = (f: Fields): CommitteeSums => ({
  id: f.count('id'),
  attended: f.count('attendance_count'),
  votes: f.count('vote_count'),
  about: JSON.stringify(records.committee(f)),
})

const GUARANTEE_FIGURES = [
  'total_guarantees',
  'pending_count',
  'guaranteed_count',
  'confirmed_count',
  'pending_confirmation_count',
  'not_available_confirmation_count',
]

/** How many are in which group, by name and colour: moves between groups and renamed groups are never pushed. */
function groupSums(data: Fields): string {
  const sums = data.objects('by_group', (sum) =>
    JSON.stringify([sum.textOrNull('group__name'), sum.textOrNull('group__color'), sum.count('count')]),
  )
  return sums.toSorted().join(',')
}

const guaranteeTotals = async (rest: Rest): Promise<Result<Totals, ReadFault>> => {
  const answer = await askOne(rest, 'guarantees', '/api/guarantees/statistics/?all=1', (f) =>
    f.object('data', '', (data) => `${GUARANTEE_FIGURES.map((name) => data.count(name)).join(',')};${groupSums(data)}`),
  )
  return answer.ok ? ok({ guarantees: answer.value.value }) : answer
}

/** Vote sums alone would miss an entry that is completed or verified. */
async function entryTotals(rest: Rest, voteSums: string): Promise<Result<Totals, ReadFault>> {
  const answer = await askOne(rest, 'counts', '/api/voting/committee-entries/progress/', (f) =>
    f.object('data', '', (data) =>
      data.objects('committees', (entry) => `${entry.text('committee_code')}=${entry.text('status')}`).join(','),
    ),
  )
  return answer.ok ? ok({ counts: `${voteSums};${answer.value.value}` }) : answer
}

async function resultsTotals(rest: Rest): Promise<Result<Totals, ReadFault>> {
  const answer = await askOne(rest, 'results', '/api/voting/results/', (f) =>
    f.object('data', '', (data) => JSON.stringify(records.results(data))),
  )
  if (answer.ok) return ok({ results: answer.value.value })
  return statusOf(answer.error.fault) === 404 ? ok({ results: 'none' }) : answer
}
