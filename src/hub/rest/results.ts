import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import type { Api, Ask } from '../http/api.ts'
import { there } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { refused } from '../http/fault.ts'
import { unmatched } from '../http/versions.ts'
import type { Announce } from '../store/store.ts'
import { utcStamp } from '../time.ts'
import { tellResults } from './counting.ts'
import { percent } from '../store/labels.ts'
import type { Tables } from '../store/tables.ts'
import type { ResultsData } from '../store/vote-records.ts'
import type { ResultsFigures } from '../store/voting-tables.ts'

const PATH = '/api/voting/results/'
const NONE = 'Results not yet generated'
const EVERYTHING = { offset: 0, limit: 100_000, after: null }

/** Results from verified sheets only: generated and published by admins, one frame each. Published results stay published. */
export function addResults(api: Api): void {
  api.read(PATH, 'viewer', (_ask, tables) => {
    const results = there(tables.voting.results(), NONE)
    return results.ok ? ok({ data: results.value, record: 'results' }) : results
  })
  api.read(`${PATH}summary/`, 'user', (_ask, tables) => {
    const results = there(tables.voting.results(), NONE)
    if (!results.ok) return results
    const { results_data, election_name, status, ...rest } = results.value
    const seats = tables.elections.current()?.max_candidates_per_ballot ?? 0
    const winners = results_data.candidates.slice(0, seats)
    return ok({ data: { election_name, status, ...rest, candidates: results_data.candidates, winners } })
  })
  api.read(`${PATH}by-committee/`, 'user', (_ask, tables) => ok({ data: byCommittee(tables) }))
  api.write('POST', `${PATH}generate/`, 'admin', generate)
  api.write('POST', `${PATH}publish/`, 'admin', (ask, tables, announce) => {
    const before = there(tables.voting.results(), NONE)
    if (!before.ok) return before
    if (before.value.status === 'PUBLISHED') return err(refused('Results are already published'))
    const stale = unmatched(ask, tables, 'results', before.value)
    if (stale !== null) return err(stale)
    tables.voting.publish(ask.caller.user.id, ask.at)
    const results = tables.voting.results() ?? before.value
    tellResults(announce, 'updated', results)
    return ok({ data: results, message: 'Results published successfully', record: 'results' })
  })
}

function generate(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const election = there(tables.elections.current(), 'No active election found')
  if (!election.ok) return election
  const total = tables.committees.all().length
  const verified = tables.voting.entries(EVERYTHING).items.filter((entry) => entry.status === 'VERIFIED').length
  if (verified < total) {
    const errors = { canGeneratePreliminary: true, verified, total }
    return err(refused(`Not all committees are verified (${verified}/${total})`, errors))
  }
  const before = tables.voting.results()
  if (before?.status === 'PUBLISHED') return err(refused('Results are already published and are not computed anew'))
  const fields = { election: election.value.id, by: ask.caller.user.id, at: ask.at }
  tables.voting.putResults({ ...fields, status: 'PRELIMINARY', figures: figuresOf(tables, ask.at) })
  const results = there(tables.voting.results())
  if (!results.ok) return results
  tellResults(announce, before === null ? 'created' : 'updated', results.value)
  const status = before === null ? 201 : 200
  return ok({ data: results.value, message: 'Results generated successfully', status })
}

function figuresOf(tables: Tables, at: number): ResultsFigures {
  const committees = tables.committees.all()
  const entries = tables.voting.entries(EVERYTHING).items
  const sum = <T>(items: readonly T[], figure: (item: T) => number): number =>
    items.reduce((total, item) => total + figure(item), 0)
  const registered = sum(committees, (committee) => committee.elector_count)
  const attendance = sum(committees, (committee) => committee.attendance_count)
  const valid = sum(entries, (entry) => entry.valid_ballots)
  return {
    total_registered_electors: registered,
    total_attendance: attendance,
    total_ballots_cast: sum(entries, (entry) => entry.total_ballots_cast),
    total_valid_ballots: valid,
    total_invalid_ballots: sum(entries, (entry) => entry.invalid_ballots),
    turnout_percentage: percent(attendance, registered),
    results_data: ranked(tables, valid, at),
  }
}

/** By votes, then by ballot number; equal votes share a rank. */
function ranked(tables: Tables, validBallots: number, at: number): ResultsData {
  const votes = new Map(tables.voting.tallies().map((tally) => [tally.candidate, tally.votes]))
  const active = tables.candidates.all().filter((candidate) => candidate.is_active)
  const rows = active.map((candidate) => ({ candidate, votes: votes.get(candidate.id) ?? 0 }))
  rows.sort((a, b) => b.votes - a.votes || a.candidate.candidate_number - b.candidate.candidate_number)
  const candidates = rows.map(({ candidate, votes: total }) => ({
    candidate_id: candidate.id,
    candidate_number: candidate.candidate_number,
    candidate_name: candidate.name,
    koc_id: '',
    party: candidate.party_name ?? 'Independent',
    total_votes: total,
    vote_percentage: percent(total, validBallots),
    rank: rows.findIndex((row) => row.votes === total) + 1,
  }))
  const total_votes_cast = rows.reduce((sum, row) => sum + row.votes, 0)
  return { candidates, summary: { total_candidates: rows.length, total_votes_cast }, generated_at: utcStamp(at) }
}

function byCommittee(tables: Tables) {
  return tables.committees.all().map((committee) => {
    const entry = tables.voting.entryOf(committee.id)
    const verified = tables.voting.countsOf(committee.id).filter((count) => count.is_verified)
    return {
      committee_code: committee.code,
      committee_name: committee.name,
      total_ballots: entry?.total_ballots_cast ?? 0,
      valid_ballots: entry?.valid_ballots ?? 0,
      invalid_ballots: entry?.invalid_ballots ?? 0,
      candidate_votes: verified.map(({ candidate, candidate_number, candidate_name, vote_count }) => ({
        candidate,
        candidate_number,
        candidate_name,
        vote_count,
      })),
      status: entry?.status ?? 'NOT_STARTED',
    }
  })
}
