import type { Announce, DraftFrame, RecordName } from '../store/store.ts'
import { EVERYBODY } from '../store/store.ts'
import type { EntryRecord, ResultsRecord, VoteCountRecord } from '../store/vote-records.ts'

type Action = DraftFrame['action']

/** The three frames of the count. `committee_id` stays null where the family has it null: clients read `vote_count.committee`. */
export function tellCount(announce: Announce, action: 'created' | 'updated', count: VoteCountRecord): void {
  const data = { vote_count: count, committee_id: null }
  announce({ type: 'voting_update', action, data, audience: EVERYBODY, records: recordsOf(count) })
}
const recordsOf = ({ id, committee }: { readonly id: number; readonly committee: number }): readonly RecordName[] => [
  `count/${id}`,
  `sheet/${committee}`,
]

export function tellCountDeleted(announce: Announce, { id, committee, candidate }: VoteCountRecord): void {
  const data = { vote_count: { id, committee, candidate }, committee_id: null }
  announce({
    type: 'voting_update',
    action: 'deleted',
    data,
    audience: EVERYBODY,
    records: recordsOf({ id, committee }),
  })
}

export function tellEntry(announce: Announce, action: Action, entry: EntryRecord): void {
  const data = { committee_entry: entry, committee_id: null }
  announce({ type: 'voting_update', action, data, audience: EVERYBODY, records: [`sheet/${entry.committee}`] })
}

export function tellResults(announce: Announce, action: 'created' | 'updated', results: ResultsRecord): void {
  const action_type = action === 'created' ? 'results_generated' : 'results_updated'
  const data = { results, action_type, election_id: results.election }
  announce({ type: 'voting_update', action, data, audience: EVERYBODY, records: ['results'] })
}
