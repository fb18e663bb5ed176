import type { ElectionSeed } from '../../src/hub/seed.ts'

export const OPERATOR = 'operator@tally.example'
export const PASSWORD = 'a long enough password'
export const COMMITTEE = 'C1'
/** Where nobody of the register belongs: who comes here came to the wrong place. */
export const ELSEWHERE = 'C2'
const FIRST = 10_001

/** One committee with so many electors, and an administrator. */
export function electionOf(electors: number): ElectionSeed {
  return {
    name: 'Killed again and again',
    mode: 'official',
    votingMode: 'BOTH',
    maxCandidatesPerBallot: 1,
    date: '2026-11-20',
    parties: [],
    candidates: [{ name: 'Ada Quill', number: 1, party: null }],
    committees: [
      { code: COMMITTEE, name: 'Committee 1', gender: 'MIXED', location: 'Main hall' },
      { code: ELSEWHERE, name: 'Committee 2', gender: 'MIXED', location: 'Gate' },
    ],
    users: [
      { email: OPERATOR, password: PASSWORD, firstName: 'Amal', lastName: 'Test', role: 'ADMIN', committees: [] },
    ],
    electors: Array.from({ length: electors }, (_, index) => ({
      number: electorAt(index),
      name: `Elector ${index}`,
      committee: COMMITTEE,
      gender: 'MALE',
      mobile: '',
      section: 'A',
      department: 'B',
      team: 'T',
      area: 'Z',
    })),
    guarantees: Array.from({ length: electors }, (_, index) => ({
      ...{ collector: OPERATOR, elector: electorAt(index), status: 'PENDING', confirmation: 'PENDING' },
      ...{ mobile: '', note: '' },
    })),
  }
}

export const electorAt = (index: number): string => String(FIRST + index)
