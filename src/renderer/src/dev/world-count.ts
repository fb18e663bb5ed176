import { CandidateId } from '../../../shared/model/ids.ts'
import type { CandidateRow, CommitteeRow } from '../../../shared/view/board.ts'
import type { CountRow } from '../../../shared/view/lists.ts'
import { fakeName, longName } from './names.ts'
import type { WorldPlan } from './world.ts'

const HOUR = 3_600_000

const PARTIES = [
  { name: 'قائمة الوحدة', color: '#ffd43b' },
  { name: 'Reform list', color: '#1864ab' },
] as const

export function makeCandidates(
  plan: WorldPlan,
  committees: readonly CommitteeRow[],
  random: () => number,
): CandidateRow[] {
  const rows = Array.from({ length: 30 }, (_, index) => {
    const party = index % 10 === 9 ? null : PARTIES[index % 2]
    const votes = plan.counting ? Math.floor(committees.length * (40 + random() * 160)) * (plan.long ? 400 : 1) : 0
    return {
      id: CandidateId.parse(index + 1),
      number: index + 1,
      name: (plan.long ? longName : fakeName)(random),
      party: party?.name ?? null,
      color: party?.color ?? null,
      votes,
      votesVerified: Math.floor(votes * 0.4),
      committeesCounted: plan.counting ? Math.floor(committees.length * 0.5) : 0,
      active: true,
    }
  })
  const order = [...rows].sort((a, b) => b.votes - a.votes)
  return rows.map((row) => ({ ...row, rank: order.indexOf(row) + 1 }))
}

export function makeCounts(
  committees: readonly CommitteeRow[],
  candidates: readonly CandidateRow[],
  plan: WorldPlan,
  random: () => number,
): CountRow[] {
  const counted = committees.filter((row) => row.entry !== 'NOT_STARTED').slice(0, 120)
  return counted.flatMap((committee) =>
    candidates.map((candidate) => ({
      key: `${committee.id}:${candidate.id}`,
      committeeCode: committee.code,
      committeeName: committee.name,
      candidateNumber: candidate.number,
      candidateName: candidate.name,
      party: candidate.party,
      votes: Math.floor(random() * 220),
      status: committee.entry === 'VERIFIED' ? 'VERIFIED' : committee.entry === 'COMPLETED' ? 'SUBMITTED' : 'DRAFT',
      verified: committee.entry === 'VERIFIED',
      enteredBy: 'count.desk@example.org',
      updatedAt: plan.now - Math.floor(random() * HOUR),
      provenance: { source: 'live', at: plan.now - Math.floor(random() * HOUR), provisional: false },
    })),
  )
}
