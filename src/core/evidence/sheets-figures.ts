import type { CommitteeId } from '../../shared/model/ids.ts'
import type { Committee } from '../../shared/model/records.ts'
import type { Cell, Sheet } from './csv.ts'
import { type EvidenceFacts, utc, utcOrNull } from './facts.ts'
import type { EvidenceFold } from './fold.ts'
import type { PeopleView } from './people.ts'
import { HELD_COLUMNS, heldCells, trustCells, trustColumns } from './trust-cells.ts'

/** A share in percent, two digits; null where there is nothing to share. */
export const percent = (part: number, whole: number): string | null =>
  whole === 0 ? null : ((part / whole) * 100).toFixed(2)

/** Committees in the order of their ids: on every desk the same. */
export const committeesOf = ({ projection }: EvidenceFold): readonly Committee[] =>
  [...projection.of('committee').values()].map((held) => held.record).sort((a, b) => a.id - b.id)

/** Verified votes by committee. */
export function verifiedByCommittee({ projection }: EvidenceFold): ReadonlyMap<CommitteeId, number> {
  const sums = new Map<CommitteeId, number>()
  for (const { record } of projection.of('count').values()) {
    if (record.verified) sums.set(record.committee, (sums.get(record.committee) ?? 0) + record.votes)
  }
  return sums
}

/** Committees with attendance, turnout, guarantees, ballots and votes, verified and unverified apart. */
export function committeesSheet({ fold }: EvidenceFacts): Sheet {
  const { figures, projection } = fold
  return {
    name: 'committees.csv',
    columns: [
      ...['id', 'code', 'name', 'gender', 'location', 'electors', 'attended', 'attended_wrong_committee'],
      ...['turnout_percent', 'guarantees', 'pledged', 'pledged_attended', 'entry', 'ballots_cast', 'ballots_invalid'],
      ...['votes', 'votes_verified', 'votes_unverified'],
      ...trustColumns('committees'),
      ...trustColumns('attendance'),
      ...trustColumns('guarantees'),
      ...trustColumns('counts'),
    ],
    *rows() {
      const verified = verifiedByCommittee(fold)
      const { trust } = projection
      const tail = [
        ...trustCells(trust, 'committees'),
        ...trustCells(trust, 'attendance'),
        ...trustCells(trust, 'guarantees'),
        ...trustCells(trust, 'counts'),
      ]
      for (const { id, code, name, gender, location, electors } of committeesOf(fold)) {
        const { attended, pending } = figures.attendance.of(code)
        const { guarantees, pledged, pledgedAttended } = figures.guarantees.of(code, name)
        const entry = projection.of('entry').get(id)?.record
        const { votes } = figures.counts.committee(id)
        const sure = verified.get(id) ?? 0
        const place: Cell[] = [id, code, name, gender, location, electors, attended, pending]
        const ballots: Cell[] = [entry?.status ?? 'NOT_STARTED', entry?.cast ?? null, entry?.invalid ?? null]
        const people: Cell[] = [percent(attended, electors), guarantees, pledged, pledgedAttended]
        yield [...place, ...people, ...ballots, votes, sure, votes - sure, ...tail]
      }
    },
  }
}

/** Results by candidate, summed from the counts of the committees. */
export function candidatesSheet({ fold }: EvidenceFacts): Sheet {
  const { figures, projection } = fold
  return {
    name: 'candidates.csv',
    columns: [
      ...['id', 'number', 'name', 'party', 'active', 'votes', 'votes_verified', 'votes_unverified'],
      ...['committees_counted', ...trustColumns('counts')],
    ],
    *rows() {
      const tail = trustCells(projection.trust, 'counts')
      const candidates = [...projection.of('candidate').values()].map((held) => held.record)
      for (const { id, number, name, party, active } of candidates.sort((a, b) => a.id - b.id)) {
        const { votes, verified, committees } = figures.counts.candidate(id)
        const partyName = party === null ? null : (projection.of('party').get(party)?.record.name ?? null)
        yield [id, number, name, partyName, active, votes, verified, votes - verified, committees, ...tail]
      }
    },
  }
}

/** Each count: a candidate in a committee. */
export function countsSheet({ fold }: EvidenceFacts, people: PeopleView): Sheet {
  const { projection } = fold
  return {
    name: 'counts.csv',
    columns: [
      ...['committee_id', 'committee_code', 'committee', 'candidate_id', 'candidate_number', 'candidate', 'votes'],
      ...['verified', 'status', 'entered_by', 'updated_at', ...HELD_COLUMNS, ...trustColumns('counts')],
    ],
    *rows() {
      const tail = trustCells(projection.trust, 'counts')
      const held = [...projection.of('count').values()]
      held.sort((a, b) => a.record.committee - b.record.committee || a.record.candidate - b.record.candidate)
      for (const each of held) {
        const { committee, candidate, votes, verified, status, enteredBy, updatedAt } = each.record
        const place = projection.of('committee').get(committee)?.record
        const who = projection.of('candidate').get(candidate)?.record
        const names: Cell[] = [committee, place?.code ?? null, place?.name ?? null, candidate]
        const facts: Cell[] = [who?.number ?? null, who?.name ?? null, votes, verified, status]
        yield [...names, ...facts, people.text(enteredBy), utc(updatedAt), ...heldCells(each), ...tail]
      }
    },
  }
}

/** The ranking as the server made it; no rows where it made none. */
export function resultsSheet({ fold }: EvidenceFacts): Sheet {
  const { projection } = fold
  return {
    name: 'results.csv',
    columns: [
      ...['status', 'generated_at', 'published_at', 'electors', 'attendance', 'cast', 'valid', 'invalid'],
      ...['rank', 'number', 'name', 'party', 'votes', ...trustColumns('results')],
    ],
    *rows() {
      const results = projection.of('results').get('results')?.record
      if (!results) return
      const { status, generatedAt, publishedAt, electors, attendance, cast, valid, invalid } = results
      const head: Cell[] = [status, utcOrNull(generatedAt), utcOrNull(publishedAt)]
      const sums: Cell[] = [electors, attendance, cast, valid, invalid]
      const tail = trustCells(projection.trust, 'results')
      for (const { rank, number, name, party, votes } of results.candidates) {
        yield [...head, ...sums, rank, number, name, party, votes, ...tail]
      }
    },
  }
}
