import type { ElectionSeed } from '../../src/hub/seed.ts'

export const OPERATOR = 'operator@tally.example'
export const PASSWORD = 'a long enough password'
export const COMMITTEE = 'C1'
/** Where nobody of the register belongs: who comes here came to the wrong place. */
export const ELSEWHERE = 'C2'
const FIRST = 10_001
/** Of each ten, those whose guarantee the operator has from the beginning: what is done to a guarantee is done to these. */
const PLEDGED = [3, 4, 5, 6]
export const ROUND = 10
/** A sheet is its number, a digit to each candidate; before them one whose votes are those of every ballot. */
const DIGITS = 4
const BALLOTS = 9

/** One committee with so many electors, one for each sheet that may be entered, and an administrator. */
export function electionOf(electors: number): ElectionSeed {
  const rounds = Math.ceil(electors / ROUND)
  if (rounds > 10 ** DIGITS) throw new Error(`no more than ${10 ** DIGITS * ROUND} electors have sheets of their own`)
  const sheets = Array.from({ length: rounds }, (_, round) => `S${round + 1}`)
  return {
    name: 'Killed again and again',
    mode: 'official',
    votingMode: 'BOTH',
    maxCandidatesPerBallot: DIGITS + 1,
    date: '2026-11-20',
    parties: [],
    candidates: Array.from({ length: DIGITS + 1 }, (_, place) => ({
      ...{ name: `Candidate ${place}`, number: place + 1, party: null },
    })),
    committees: [
      { code: COMMITTEE, name: 'Committee 1', gender: 'MIXED', location: 'Main hall' },
      { code: ELSEWHERE, name: 'Committee 2', gender: 'MIXED', location: 'Gate' },
      ...sheets.map((code) => ({ code, name: `Committee ${code}`, gender: 'MIXED' as const, location: 'Hall' })), // a literal
    ],
    users: [
      { email: OPERATOR, password: PASSWORD, firstName: 'Amal', lastName: 'Test', role: 'ADMIN', committees: [] },
    ],
    electors: [
      ...Array.from({ length: electors }, (_, index) => elector(electorAt(index), COMMITTEE)),
      // As many as there are ballots, so that a sheet can be so.
      ...sheets.flatMap((code) => Array.from({ length: BALLOTS }, (_, index) => elector(`${code}-${index}`, code))),
    ],
    guarantees: Array.from({ length: rounds * PLEDGED.length }, (_, index) => {
      const round = Math.floor(index / PLEDGED.length)
      return {
        ...{ collector: OPERATOR, elector: electorAt(round * ROUND + (PLEDGED[index % PLEDGED.length] ?? 0)) },
        ...{ status: 'PENDING' as const, confirmation: 'PENDING' as const, mobile: '', note: '' }, // literals
      }
    }),
  }
}

const elector = (number: string, committee: string) => ({
  ...{ number, name: `Elector ${number}`, committee, gender: 'MALE' as const }, // a literal
  ...{ mobile: '', section: 'A', department: 'B', team: 'T', area: 'Z' },
})

export const electorAt = (index: number): string => String(FIRST + index)
/** The server's number of that elector's guarantee, where there is one from the beginning. */
export const guaranteeAt = (index: number): number =>
  Math.floor(index / ROUND) * PLEDGED.length + PLEDGED.indexOf(index % ROUND) + 1
/** The server's number of the mark that is corrected in that round. */
export const markAt = (index: number): number => Math.floor(index / ROUND) + 1
/** The server's number of the committee whose sheet is entered in that round. */
export const sheetAt = (index: number): number => Math.floor(index / ROUND) + 3
/** The votes on that sheet. */
export function digitsOf(index: number): readonly number[] {
  const digits = String(Math.floor(index / ROUND)).padStart(DIGITS, '0')
  return [BALLOTS, ...[...digits].map(Number)]
}
