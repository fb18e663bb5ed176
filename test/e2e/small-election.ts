import type { ElectionSeed } from '../../src/hub/seed.ts'

export const PASSWORD = 'a long enough password'
export const ADMIN = 'admin@tally.example'
export const CLERK = 'clerk@tally.example'
/** Two who enter counts at C1. */
export const COUNTERS = ['first@tally.example', 'second@tally.example'] as const
export const COLLECTOR = 'collector@tally.example'

const COMMITTEES = 3
const ELECTORS = 60

/** Three committees of twenty electors, numbered 1001 to 1060, with Latin and Arabic names; ten guarantees. */
export function smallElection(): ElectionSeed {
  const codes = Array.from({ length: COMMITTEES }, (_, index) => `C${index + 1}`)
  const numbers = Array.from({ length: ELECTORS }, (_, index) => 1001 + index)
  const user = { password: PASSWORD, lastName: 'Test' }
  return {
    name: 'Small election',
    mode: 'official',
    votingMode: 'BOTH',
    maxCandidatesPerBallot: 2,
    date: '2026-11-20',
    parties: [{ name: 'Harbour', color: '#1f6feb' }],
    candidates: [
      { name: 'Ada Quill', number: 1, party: 'Harbour' },
      { name: 'بدر الصالح', number: 2, party: null },
    ],
    committees: codes.map((code, index) => ({
      code,
      name: index === 1 ? 'لجنة الشويخ' : `Committee ${index + 1}`,
      gender: 'MIXED',
      location: 'Main hall',
    })),
    users: [
      { ...user, email: ADMIN, firstName: 'Amal', role: 'ADMIN', committees: [] },
      { ...user, email: CLERK, firstName: 'Nadia', role: 'USER', committees: ['C1'] },
      ...COUNTERS.map((email) => ({
        ...{ ...user, email, firstName: 'Huda', role: 'SUPERVISOR' as const },
        committees: ['C1'],
      })),
      { ...user, email: COLLECTOR, firstName: 'Omar', role: 'USER', committees: [] },
    ],
    electors: numbers.map((number, index) => ({
      number: String(number),
      name: index % 2 === 0 ? `Elector ${number} Salem Nasser` : `خالد ناصر ${number}`,
      committee: codes[index % COMMITTEES] ?? 'C1',
      gender: 'MALE',
      mobile: `5550${number}`,
      section: 'A',
      department: 'B',
      team: 'T',
      area: 'Z',
    })),
    guarantees: numbers.slice(40, 50).map((number, index) => ({
      collector: COLLECTOR,
      elector: String(number),
      status: index % 2 === 0 ? 'GUARANTEED' : 'PENDING',
      confirmation: 'PENDING',
      mobile: '',
      note: index === 0 ? 'call in the morning' : '',
    })),
  }
}

/** The committee of an elector. */
export const committeeOf = (elector: number): string => `C${((elector - 1001) % COMMITTEES) + 1}`
