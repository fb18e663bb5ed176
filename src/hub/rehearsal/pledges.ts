import type { SeedGuarantee } from '../seed.ts'
import { type Chance, chanceOf } from './chance.ts'
import type { DayAction } from './day-plan.ts'
import { mobileOf, type Roll } from './electorate.ts'
import { ADMIN, collectorEmails } from './people.ts'

/** Promises collected before the day. Some electors have promised two collectors. */
export const GUARANTEES = 2_650
const NOTE_SHARE = 0.22
const HOUR = 60 * 60_000

const NOTES = [
  'يحتاج توصيلة',
  'بعد صلاة العصر',
  'يأتي مع إخوته',
  'اتصل قبل الظهر',
  'نوبة ليلية، يحضر مساءً',
  'وعد أكيد',
  'يريد تذكيراً صباحاً',
  'Call after 16:00',
  'Needs a lift',
  'On shift until noon',
  'Comes with two colleagues',
  'Prefers a message',
]

/** The guarantees as they stand when the day begins, in order of collection. */
export function guaranteesOf(seed: number, rolls: readonly Roll[]): readonly SeedGuarantee[] {
  const chance = chanceOf(seed, 'guarantees')
  // The administrator, whom a rehearsal is signed in as, has a share: so that everything can be tried.
  const beats = [...collectorEmails(), ADMIN].map(
    (email, index) => [{ email, beat: beatOf(chance, rolls) }, 1.6 - index * 0.1] as const,
  )
  const taken = new Set<string>()
  const guarantees: SeedGuarantee[] = []
  while (guarantees.length < GUARANTEES) {
    const { email, beat } = chance.pickWeighted(beats)
    const roll = chance.pickWeighted(beat)
    const elector = String(roll.first + chance.below(roll.size))
    if (taken.has(`${email} ${elector}`)) continue
    taken.add(`${email} ${elector}`)
    guarantees.push(guaranteeOf(seed, chance, email, elector))
  }
  return guarantees
}

/** Where a collector knows people: two committees mostly, the others a little. */
function beatOf(chance: Chance, rolls: readonly Roll[]): readonly (readonly [Roll, number])[] {
  const home = chance.pick(rolls).code
  const second = chance.pick(rolls).code
  return rolls.map((roll) => [roll, roll.code === home ? 10 : roll.code === second ? 5 : 0.6] as const)
}

function guaranteeOf(seed: number, chance: Chance, collector: string, elector: string): SeedGuarantee {
  const status = chance.happens(0.83) ? 'GUARANTEED' : 'PENDING'
  const confirmation = chance.pickWeighted([
    ['CONFIRMED', status === 'GUARANTEED' ? 55 : 8],
    ['PENDING', 40],
    ['NOT_AVAILABLE', 6],
  ] as const)
  const note = chance.happens(NOTE_SHARE) ? chance.pick(NOTES) : ''
  return { collector, elector, status, confirmation, mobile: mobileOf(seed, elector), note }
}

/** The strongest promise each elector has made, in the words the arrivals need. */
export type Pledge = 'confirmed' | 'promised' | 'hoped' | 'absent'

/** Each pledged elector's strongest promise. */
export function pledgesByElector(guarantees: readonly SeedGuarantee[]): ReadonlyMap<string, Pledge> {
  const strength: readonly Pledge[] = ['absent', 'hoped', 'promised', 'confirmed']
  const pledges = new Map<string, Pledge>()
  for (const guarantee of guarantees) {
    const pledge = pledgeOf(guarantee)
    const known = pledges.get(guarantee.elector)
    if (known === undefined || strength.indexOf(pledge) > strength.indexOf(known))
      pledges.set(guarantee.elector, pledge)
  }
  return pledges
}

function pledgeOf(guarantee: SeedGuarantee): Pledge {
  if (guarantee.confirmation === 'NOT_AVAILABLE') return 'absent'
  if (guarantee.confirmation === 'CONFIRMED') return 'confirmed'
  return guarantee.status === 'GUARANTEED' ? 'promised' : 'hoped'
}

/** The telephone work of the day: pending promises are confirmed or given up, hopes become promises. */
export function pledgeWork(seed: number, guarantees: readonly SeedGuarantee[]): readonly DayAction[] {
  const chance = chanceOf(seed, 'pledge-work')
  const work: DayAction[] = []
  for (const { collector: by, elector, status, confirmation } of guarantees) {
    const at = Math.floor(chance.between(-0.9, 9.5) * HOUR)
    if (status === 'PENDING' && chance.happens(0.3))
      work.push({ kind: 'pledge', at, by, elector, status: 'GUARANTEED' })
    if (confirmation === 'PENDING' && chance.happens(0.45)) {
      const answer = chance.happens(0.85) ? 'CONFIRMED' : 'NOT_AVAILABLE'
      work.push({ kind: 'confirm', at: at + 1_000, by, elector, confirmation: answer })
    }
  }
  return work
}
