import type { ElectionSeed, SeedElector, SeedParty, SeedUser } from '../../seed.ts'
import type { DayPlan } from '../day-plan.ts'
import { ADMIN, REHEARSAL_PASSWORD, SUPERVISOR } from '../people.ts'
import { electorNumber, planImportedDay } from './import-plan.ts'
import type { ImportedCommittee, PrecinctImport } from './read-precincts.ts'

export type SeedChoice = {
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly date: string
  /** What the election is called; the contest's label if not given. */
  readonly name?: string | undefined
  readonly mode?: 'rehearsal' | 'official' | undefined
}

/** Parties keep the same colour from file to file; the rest take turns. */
const COLORS: Readonly<Record<string, string>> = { DEM: '#2f6fb5', REP: '#b5432f', LIB: '#b58f2f', GRN: '#3f8f5a' }
const SPARE_COLORS = ['#6b5bb5', '#2f9aa8', '#a85c8a', '#7a7f2f', '#8a6a4f', '#4f6f8a']

/** An imported contest as an election for an empty hub, and its day. Electors are known by number only. */
export function toSeed(
  found: PrecinctImport,
  { date, name, mode = 'rehearsal' }: SeedChoice,
): { readonly seed: ElectionSeed; readonly plan: DayPlan } {
  const codes = found.committees.map((committee) => committee.code)
  const seed: ElectionSeed = {
    name: name ?? found.contest.label,
    mode,
    votingMode: 'MIXED',
    maxCandidatesPerBallot: found.maxCandidatesPerBallot,
    date,
    parties: partiesOf(found),
    candidates: found.candidates.map((candidate, index) => ({
      name: candidate.name,
      number: index + 1,
      party: candidate.party,
    })),
    committees: found.committees.map((committee) => ({
      code: committee.code,
      name: committee.name,
      gender: 'MIXED',
      location: committee.county,
    })),
    users: usersOf(codes),
    electors: electorsOf(found.committees),
    guarantees: [],
  }
  return { seed, plan: planImportedDay(found, date) }
}

function electorsOf(committees: readonly ImportedCommittee[]): Iterable<SeedElector> {
  return {
    *[Symbol.iterator]() {
      for (const committee of committees)
        for (let n = 1; n <= committee.registered; n += 1) yield electorOf(committee, n)
    },
  }
}

/** A file counts electors and tells nothing about them; the gender, which a record must have, alternates. */
function electorOf(committee: ImportedCommittee, n: number): SeedElector {
  return {
    number: electorNumber(committee, n),
    name: `Elector ${committee.code} ${n}`,
    committee: committee.code,
    gender: n % 2 === 0 ? 'FEMALE' : 'MALE',
    mobile: '',
    section: '',
    department: '',
    team: '',
    area: committee.county,
  }
}

function partiesOf(found: PrecinctImport): readonly SeedParty[] {
  const names = [...new Set(found.candidates.flatMap((candidate) => candidate.party ?? []))]
  return names.map((name, index) => ({
    name,
    color: COLORS[name.toUpperCase()] ?? SPARE_COLORS[index % SPARE_COLORS.length] ?? '#6b7280',
  }))
}

function usersOf(codes: readonly string[]): readonly SeedUser[] {
  const password = REHEARSAL_PASSWORD
  return [
    { email: ADMIN, password, firstName: 'Rehearsal', lastName: 'Administrator', role: 'ADMIN', committees: [] },
    {
      email: SUPERVISOR,
      password,
      firstName: 'Rehearsal',
      lastName: 'Supervisor',
      role: 'SUPERVISOR',
      committees: codes,
    },
  ]
}
