import type { View } from './database.ts'
import type * as rows from './rows.ts'
import { nameOf } from './serializers.ts'
import { label, local, localOrNull, percent, utc } from './text.ts'

/** Counts, entries and results as the real server's serializers show them. */

export function voteCount(db: View, row: rows.CountRow) {
  const place = db.get('committees', row.committee)
  const standing = db.get('candidates', row.candidate)
  return {
    id: row.id,
    election: row.election,
    committee: row.committee,
    committee_code: place?.code ?? '',
    committee_name: place?.name ?? '',
    candidate: row.candidate,
    candidate_number: standing?.number ?? 0,
    candidate_name: standing?.name ?? '',
    vote_count: row.votes,
    status: row.status,
    status_display: label(row.status),
    is_verified: row.verified,
    entered_by: row.enteredBy,
    entered_by_name: nameOf(db, row.enteredBy),
    verified_by: row.verifiedBy,
    verified_by_name: nameOf(db, row.verifiedBy),
    verified_at: localOrNull(row.verifiedAt),
    notes: '',
    created_at: local(row.created),
    updated_at: local(row.updated),
  }
}

export function entry(db: View, row: rows.EntryRow) {
  const place = db.get('committees', row.committee)
  const counted = db.all('counts').filter((count) => count.committee === row.committee).length
  return {
    id: row.id,
    election: row.election,
    committee: row.committee,
    committee_code: place?.code ?? '',
    committee_name: place?.name ?? '',
    status: row.status,
    status_display: label(row.status),
    total_ballots_cast: row.cast,
    invalid_ballots: row.invalid,
    valid_ballots: row.cast - row.invalid,
    entered_by: row.enteredBy,
    entered_by_name: nameOf(db, row.enteredBy),
    completed_at: localOrNull(row.completedAt),
    verified_by: row.verifiedBy,
    verified_by_name: nameOf(db, row.verifiedBy),
    verified_at: localOrNull(row.verifiedAt),
    notes: '',
    completion_percentage: percent(counted, db.all('candidates').filter(({ active }) => active).length, 1),
    created_at: local(row.created),
    updated_at: local(row.updated),
  }
}

export const results = (db: View, row: rows.ResultsRow) => ({
  id: row.id,
  election: row.election,
  election_name: db.get('elections', row.election)?.name ?? '',
  status: row.status,
  status_display: label(row.status),
  total_registered_electors: row.electors,
  total_attendance: row.attendance,
  total_ballots_cast: row.cast,
  total_valid_ballots: row.cast - row.invalid,
  total_invalid_ballots: row.invalid,
  turnout_percentage: percent(row.attendance, row.electors),
  results_data: row.ranks === null ? {} : resultsData(row.ranks, row.generatedAt ?? row.updated),
  generated_by: row.generatedBy,
  generated_by_name: nameOf(db, row.generatedBy),
  generated_at: localOrNull(row.generatedAt),
  published_by: row.publishedBy,
  published_by_name: nameOf(db, row.publishedBy),
  published_at: localOrNull(row.publishedAt),
  created_at: local(row.created),
  updated_at: local(row.updated),
})

const resultsData = (ranks: readonly rows.RankRow[], at: number) => ({
  candidates: ranks.map((rank) => ({
    candidate_number: rank.number,
    candidate_name: rank.name,
    koc_id: '',
    party: rank.party,
    total_votes: rank.votes,
    vote_percentage: rank.share,
    rank: rank.rank,
  })),
  summary: {
    total_candidates: ranks.length,
    total_votes_cast: ranks.reduce((sum, rank) => sum + rank.votes, 0),
  },
  generated_at: utc(at),
})
