import type { SeedCandidate, SeedParty, SeedUser } from '../seed.ts'
import type { Chance } from './chance.ts'
import { chanceOf } from './chance.ts'
import type { Roll } from './electorate.ts'
import { arabicName, latinName } from './names.ts'

export const ADMIN = 'admin@rehearsal.local'
export const SUPERVISOR = 'supervisor@rehearsal.local'
/** Known to everybody, as it guards nothing but a rehearsal. */
export const REHEARSAL_PASSWORD = 'rehearsal-day'
const COLLECTORS = 12
const CANDIDATES = 30

/** Two lists and, besides them, independents. Neither colour means good or bad news. */
export const PARTIES: readonly SeedParty[] = [
  { name: 'قائمة المنارة', color: '#2f6fb5' },
  { name: 'قائمة السارية', color: '#b5762f' },
]

/** 30 candidates: 12 on each list, six independent, mixed over the ballot. */
export function candidatesOf(seed: number): readonly SeedCandidate[] {
  const chance = chanceOf(seed, 'candidates')
  const names = new Set<string>()
  const candidates: SeedCandidate[] = []
  while (candidates.length < CANDIDATES) {
    const gender = chance.happens(0.2) ? 'FEMALE' : 'MALE'
    const name = chance.happens(0.07) ? latinName(chance, gender) : arabicName(chance, gender)
    if (names.has(name)) continue
    names.add(name)
    const number = candidates.length + 1
    const party = number % 5 === 0 ? null : number % 5 <= 2 ? PARTIES[0]?.name : PARTIES[1]?.name
    candidates.push({ name, number, party: party ?? null })
  }
  return candidates
}

export const collectorEmail = (index: number): string =>
  `collector${String(index + 1).padStart(2, '0')}@rehearsal.local`
export const clerkEmail = (committee: string): string => `clerk.${committee.toLowerCase()}@rehearsal.local`

/** The collectors' e-mails, the busiest first. */
export const collectorEmails = (): readonly string[] => Array.from({ length: COLLECTORS }, (_, i) => collectorEmail(i))

/** An administrator, a supervisor who may enter every committee, 12 collectors and a clerk for each committee. */
export function usersOf(seed: number, rolls: readonly Roll[]): readonly SeedUser[] {
  const chance = chanceOf(seed, 'users')
  const all = rolls.map((roll) => roll.code)
  return [
    person(chance, { email: ADMIN, role: 'ADMIN', committees: [] }),
    person(chance, { email: SUPERVISOR, role: 'SUPERVISOR', committees: all }),
    ...collectorEmails().map((email) =>
      person(chance, { email, role: 'USER', committees: [], supervisor: SUPERVISOR }),
    ),
    ...rolls.map((roll) =>
      person(chance, { email: clerkEmail(roll.code), role: 'USER', committees: [roll.code], supervisor: SUPERVISOR }),
    ),
  ]
}

function person(chance: Chance, known: Pick<SeedUser, 'email' | 'role' | 'committees' | 'supervisor'>): SeedUser {
  const words = arabicName(chance, chance.happens(0.3) ? 'FEMALE' : 'MALE').split(' ')
  return { ...known, password: REHEARSAL_PASSWORD, firstName: words[0] ?? '', lastName: words[words.length - 1] ?? '' }
}
