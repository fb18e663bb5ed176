import { announced, announcedDeleted } from '../src/hub/rest/marking.ts'
import { tell } from '../src/hub/rest/pledging.ts'
import type { ElectionSeed } from '../src/hub/seed.ts'
import type { Announce } from '../src/hub/store/store.ts'
import type { Tables } from '../src/hub/store/tables.ts'

/** A large election at a hub, and what happens in it: for the benches of the window and of a whole day. */

export const SIZE = { committees: 420, electors: 100_000, guarantees: 30_000, candidates: 30, collectors: 20 }
export const EMAIL = 'chief@bench.example'
export const PASSWORD = 'a long enough password'

const codeOf = (place: number) => `f${1 + (place % SIZE.committees)}`
const numberOf = (elector: number) => String(700_000 + elector)
const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const collectorOf = (index: number) => `collector${index % SIZE.collectors}@bench.example`

function* electors(): ElectionSeed['electors'] {
  for (const index of range(SIZE.electors))
    yield {
      number: numberOf(index),
      name: index % 2 === 0 ? `Elector ${index} Salem Nasser` : `خالد ناصر ${index}`,
      committee: codeOf(index),
      gender: 'FEMALE',
      mobile: `5${String(index).padStart(7, '0')}`,
      section: 'A',
      department: 'B',
      team: 'T',
      area: 'Z',
    }
}

export const largeElection = (): ElectionSeed => ({
  name: 'Bench',
  mode: 'rehearsal',
  votingMode: 'MIXED',
  maxCandidatesPerBallot: 5,
  date: '2026-11-20',
  parties: [{ name: 'Harbour', color: '#1f6feb' }],
  candidates: range(SIZE.candidates).map((index) => ({
    name: `Candidate ${index}`,
    number: index + 1,
    party: index % 2 === 0 ? 'Harbour' : null,
  })),
  committees: range(SIZE.committees).map((index) => ({
    code: codeOf(index),
    name: `Committee ${index}`,
    gender: 'MIXED',
    location: `School ${index}`,
  })),
  users: [
    { email: EMAIL, password: PASSWORD, firstName: 'Amal', lastName: 'Test', role: 'ADMIN', committees: [] },
    ...range(SIZE.collectors).map((index) => ({
      email: collectorOf(index),
      password: PASSWORD,
      firstName: 'Omar',
      lastName: `${index}`,
      role: 'USER' as const, // the literal of the seed
      committees: [],
    })),
  ],
  electors: electors(),
  guarantees: range(SIZE.guarantees).map((index) => ({
    collector: collectorOf(index),
    elector: numberOf(index * 3),
    status: index % 2 === 0 ? ('GUARANTEED' as const) : ('PENDING' as const), // the literals of the seed
    confirmation: 'PENDING',
    mobile: '',
    note: '',
  })),
})

/** What happens at a hub, each thing counted. Two marks, or two taken back, to one guarantee asked about. */
export class Happenings {
  marked = 0
  turned = 0

  /** At `at`, UTC ms. */
  one(tables: Tables, announce: Announce, at: number): void {
    if ((this.marked + this.turned) % 3 === 2) this.turn(tables, announce, at)
    else this.markOne(tables, announce, at)
  }

  /** Spread over the committees as a day is, not one after the other. Once all came their marks are taken back, one by one. */
  markOne(tables: Tables, announce: Announce, at: number): void {
    const round = Math.floor(this.marked / SIZE.electors)
    const elector = (this.marked++ * 7_919) % SIZE.electors
    if (round % 2 === 0) mark(tables, announce, elector, at)
    else takeBack(tables, announce, elector)
  }

  turn(tables: Tables, announce: Announce, at: number): void {
    const id = 1 + ((this.turned++ * 7) % SIZE.guarantees)
    const isRound = Math.floor(this.turned / SIZE.guarantees) % 2 === 0
    tables.guarantees.patch(
      id,
      { confirmation: (this.turned % 2 === 0) === isRound ? 'CONFIRMED' : 'NOT_AVAILABLE' },
      at,
    )
    const record = tables.guarantees.byId(id)
    if (record) tell(announce, 'updated', record)
  }
}

function mark(tables: Tables, announce: Announce, elector: number, at: number): void {
  const committee = tables.committees.byCode(codeOf(elector))
  if (!committee) throw new Error(`no committee ${codeOf(elector)}`)
  const fields = { elector: numberOf(elector), committee: committee.id, by: 1, at, notes: '', ip: '', agent: '' }
  announced(announce, 'created', tables.attendance.mark({ ...fields, status: 'ATTENDED' }))
}

function takeBack(tables: Tables, announce: Announce, elector: number): void {
  const record = tables.attendance.attendedOf(numberOf(elector))
  if (!record) throw new Error(`elector ${numberOf(elector)} has no mark to take back`)
  tables.attendance.remove(record.id)
  announcedDeleted(announce, record)
}
