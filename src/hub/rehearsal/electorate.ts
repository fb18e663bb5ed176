import type { SeedCommittee, SeedElector } from '../seed.ts'
import { type Chance, chanceOf, scramble } from './chance.ts'
import { arabicName, latinName } from './names.ts'

export const ELECTORS = 8_700
const FIRST_NUMBER = 70_001
const MEN_COMMITTEES = 9
const WOMEN_COMMITTEES = 4
/** About one elector in eight writes their name in Latin script. */
const LATIN_SHARE = 0.12

/** A committee and the unbroken run of elector numbers that belongs to it. */
export type Roll = SeedCommittee & { readonly first: number; readonly size: number; readonly gender: 'MALE' | 'FEMALE' }

const DEPARTMENTS: readonly (readonly [string, readonly string[]])[] = [
  ['Field Operations', ['North Field', 'South Field', 'Gathering Centres', 'Well Surveillance']],
  ['Drilling', ['Rig Supervision', 'Workover', 'Cementing', 'Directional']],
  ['Export & Marine', ['Terminal', 'Pilotage', 'Tank Farm']],
  ['Maintenance', ['Rotating Equipment', 'Electrical', 'Instruments', 'Civil']],
  ['Information Systems', ['Applications', 'Networks', 'Service Desk']],
  ['Finance', ['Accounts', 'Budget', 'Payroll']],
  ['Health, Safety & Environment', ['Fire Station', 'Occupational Health', 'Environment']],
  ['Training', ['Technical School', 'Languages']],
  ['Medical', ['Clinic', 'Nursing', 'Pharmacy']],
]
const AREAS = [
  'ضاحية المرسى',
  'ضاحية السدرة',
  'حي الواحة',
  'حي القناديل',
  'شاطئ النوارس',
  'ضاحية الهضبة',
  'حي الينبوع',
  'حي الفنار',
  'ضاحية الشراع',
  'حي البساتين',
]

/** The 13 committees `m1`…`m9`, `f1`…`f4`, sized unevenly, together exactly {@link ELECTORS}. */
export function rollsOf(seed: number): readonly Roll[] {
  const chance = chanceOf(seed, 'committees')
  const plans = [
    ...Array.from({ length: MEN_COMMITTEES }, (_, i) => ({
      code: `m${i + 1}`,
      gender: 'MALE' as const,
      name: `لجنة الرجال ${i + 1}`,
    })),
    ...Array.from({ length: WOMEN_COMMITTEES }, (_, i) => ({
      code: `f${i + 1}`,
      gender: 'FEMALE' as const,
      name: `لجنة النساء ${i + 1}`,
    })),
  ]
  const weights = plans.map(() => chance.between(0.72, 1.28))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let first = FIRST_NUMBER
  let share = 0
  return plans.map((plan, index) => {
    share += (weights[index] ?? 0) / total
    const end = FIRST_NUMBER + Math.round(ELECTORS * share)
    const roll = { ...plan, location: `قاعة ${index + 1}، ${chance.pick(AREAS)}`, first, size: end - first }
    first = end
    return roll
  })
}

/** Every elector of every committee, in order of number. Each run over it starts again. */
export function electorsOf(seed: number, rolls: readonly Roll[]): Iterable<SeedElector> {
  return {
    *[Symbol.iterator]() {
      for (const roll of rolls) {
        const chance = chanceOf(seed, `electors/${roll.code}`)
        for (let i = 0; i < roll.size; i += 1) yield electorOf(seed, chance, roll, roll.first + i)
      }
    },
  }
}

function electorOf(seed: number, chance: Chance, roll: Roll, number: number): SeedElector {
  const [department, sections] = chance.pick(DEPARTMENTS)
  const name = chance.happens(LATIN_SHARE) ? latinName(chance, roll.gender) : arabicName(chance, roll.gender)
  return {
    number: String(number),
    name,
    committee: roll.code,
    gender: roll.gender,
    mobile: mobileOf(seed, String(number)),
    section: chance.pick(sections),
    department,
    team: `Team ${chance.pick(['A', 'B', 'C', 'D'])}`,
    area: chance.pick(AREAS),
  }
}

/** Eight digits beginning with 7, a range no Kuwaiti telephone has; about one in six has left no number. */
export function mobileOf(seed: number, elector: string): string {
  const mixed = scramble(`${seed}/mobile/${elector}`)
  return mixed % 6 === 0 ? '' : `7${String(mixed % 10_000_000).padStart(7, '0')}`
}
