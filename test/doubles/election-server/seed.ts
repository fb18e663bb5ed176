import type { Database } from './database.ts'
import type { Phase, UserRow } from './rows.ts'

export type SeedOptions = {
  /** Same seed, same election. */
  readonly seed: number
  readonly committees: number
  readonly electorsEach: number
  readonly candidates: number
  readonly phase: Phase
}
export const PASSWORD = 'password'
/** The accounts: one of each kind. The user may mark in the first two committees. */
export const ACCOUNTS = {
  admin: 'admin@example.com',
  supervisor: 'supervisor@example.com',
  user: 'user@example.com',
  other: 'other@example.com',
  inactive: 'inactive@example.com',
} as const

/** mulberry32: uniform in [0, 1), the same row for the same seed. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const GIVEN = ['Adel', 'Bader', 'Dalal', 'Fahad', 'سارة', 'نورة', 'خالد', 'Jassim', 'Mona', 'يوسف']
const FAMILY = ['Example', 'Sample', 'Invented', 'المثال', 'التجربة', 'Specimen']
const PARTIES = [
  { name: 'Blue List', color: '#1133aa' },
  { name: 'Green List', color: '#118833' },
]
const START = Date.UTC(2026, 2, 7, 4, 0, 0)

/** Invented people in an invented election; one committee's code needs encoding, one account is inactive. */
export function seedElection(database: Database, options: SeedOptions): void {
  const chance = chanceOf(options.seed)
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[]): T => list[Math.floor(chance() * list.length)] as T // never empty here
  const id = database.nextId.bind(database)
  const codes = Array.from({ length: options.committees }, (_, at) => (at === 1 ? 'FC#28' : `m${at + 1}`))
  seedUsers(database, codes)
  const stamp = { created: START, updated: START }
  const election = id('elections')
  database.store('elections', {
    id: election,
    name: 'Invented Election',
    status: options.phase,
    date: '2026-03-07',
    createdBy: 1,
    ...stamp,
  })
  for (const party of PARTIES) database.store('parties', { id: id('parties'), election, ...party })
  for (let number = 1; number <= options.candidates; number++)
    database.store('candidates', {
      id: id('candidates'),
      election,
      name: `${pick(GIVEN)} ${pick(FAMILY)}`,
      number,
      party: number % 3 === 0 ? null : number % 3,
      active: true,
    })
  for (const [at, code] of codes.entries()) {
    const gender = at % 2 === 0 ? 'MALE' : 'FEMALE'
    const committee = id('committees')
    const place = { name: `Committee ${code}`, location: `Hall ${at + 1}` }
    database.store('committees', { id: committee, election, code, gender, ...place, ...stamp })
    for (let elector = 1; elector <= options.electorsEach; elector++) {
      const number = `0${(at + 1) * 100_000 + elector}`
      database.store('electors', {
        id: number,
        name: `${pick(GIVEN)} ${pick(GIVEN)} ${pick(FAMILY)}`,
        committee,
        gender,
        mobile: `5${String(Math.floor(chance() * 10_000_000)).padStart(7, '0')}`,
        section: `Section ${elector % 7}`,
        department: `Department ${elector % 3}`,
        team: `Team ${elector % 4}`,
        active: true,
      })
    }
  }
  seedGuarantees(database, chance)
}

function seedUsers(database: Database, codes: readonly string[]): void {
  const plain = { password: PASSWORD, active: true, joined: START, committees: [] }
  const users: readonly Omit<UserRow, 'id'>[] = [
    { ...plain, email: ACCOUNTS.admin, first: 'Ada', last: 'Admin', role: 'ADMIN' },
    { ...plain, email: ACCOUNTS.supervisor, first: 'Sami', last: 'Supervisor', role: 'SUPERVISOR' },
    { ...plain, email: ACCOUNTS.user, first: 'Una', last: 'User', role: 'USER', committees: codes.slice(0, 2) },
    { ...plain, email: ACCOUNTS.other, first: 'Omar', last: 'Other', role: 'USER', committees: codes },
    { ...plain, email: ACCOUNTS.inactive, first: 'Ian', last: 'Inactive', role: 'USER', active: false },
  ]
  for (const user of users) database.store('users', { id: database.nextId('users'), ...user })
}

/** Every fifth elector is promised to one of the accounts. */
function seedGuarantees(database: Database, chance: () => number): void {
  const group = database.nextId('groups')
  database.store('groups', { id: group, user: 1, name: 'Friends', color: '#ff5722', order: 1, created: START })
  for (const [at, elector] of database.all('electors').entries()) {
    if (at % 5 !== 0) continue
    const user = 1 + Math.floor(chance() * 4)
    database.store('guarantees', {
      id: database.nextId('guarantees'),
      user,
      elector: elector.id,
      status: chance() < 0.7 ? 'GUARANTEED' : 'PENDING',
      confirmation: chance() < 0.5 ? 'CONFIRMED' : 'PENDING',
      group: user === 1 && chance() < 0.3 ? group : null,
      mobile: '',
      note: '',
      hasNotes: false,
      created: START + at,
      updated: START + at,
    })
  }
}
