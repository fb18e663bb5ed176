import { CommitteeCode, CommitteeId } from '../../../shared/model/ids.ts'
import type { CommitteeRow, TurnoutPoint } from '../../../shared/view/board.ts'
import { pick } from './seeded.ts'
import type { WorldPlan } from './world.ts'

const MINUTE = 60_000

const LONG_PLACE = 'Secondary School of Sheikha Fatima Al-Abdullah Al-Salem, southern hall, first floor'

export function makeCommittees(plan: WorldPlan, random: () => number): CommitteeRow[] {
  return Array.from({ length: plan.committees }, (_, index) => {
    const male = index % 2 === 0
    const number = Math.floor(index / 2) + 1
    const electors = (520 + Math.floor(random() * 300)) * (plan.long ? 400 : 1)
    const share = plan.quiet || plan.cameUnread ? 0 : 0.42 + random() * 0.25
    const fault = plan.quiet ? 1 : random()
    const condition =
      index === 3 || fault < 0.03 ? 'silent' : index === 6 || fault < 0.05 ? 'behind' : index === 111 ? 'over' : 'fine'
    const counted = plan.counting && index < plan.committees * 0.6
    const attended = Math.floor(
      electors * (plan.cameUnread ? 0 : condition === 'behind' ? 0.31 : condition === 'over' ? 1.01 : share),
    )
    const entry = !counted
      ? 'NOT_STARTED'
      : index % 3 === 0
        ? 'VERIFIED'
        : index % 5 === 1
          ? 'IN_PROGRESS'
          : 'COMPLETED'
    // One sheet has more ballots than people came.
    const isApart = entry === 'COMPLETED' && condition === 'fine' && index === 2
    return {
      id: CommitteeId.parse(index + 1),
      code: CommitteeCode.parse(`${male ? 'm' : 'f'}${number}`),
      name: plan.long
        ? LONG_PLACE
        : `${male ? 'Men' : 'Women'} ${number} · ${pick(['Salmiya', 'Hawally', 'Jahra', 'Rawda', 'Fahaheel', 'Khaitan'], random)}`,
      gender: male ? 'MALE' : 'FEMALE',
      electors,
      attended,
      pending: Math.floor(random() * 3),
      pledged: plan.partRead ? 0 : Math.floor(electors * 0.3),
      pledgedAttended: plan.partRead ? 0 : Math.floor(electors * 0.3 * Math.min(1, share * 1.3)),
      rhythm: Array.from({ length: 12 }, (_, slot) =>
        plan.quiet || (condition === 'silent' && slot > 9) ? 0 : Math.floor(6 + 10 * random() + 8 * Math.sin(slot / 2)),
      ),
      lastMarkAt: plan.quiet ? null : plan.now - (condition === 'silent' ? 24 * MINUTE : random() * 3 * MINUTE),
      entry,
      ballotsCast: counted ? attended + (isApart ? 7 : -3) : 0,
      votes: counted ? attended * 4 : 0,
      condition: isApart ? 'count' : condition,
    }
  })
}

/** A morning rush, a noon lull, an evening rush. */
export function makeTurnout(committees: readonly CommitteeRow[], plan: WorldPlan): TurnoutPoint[] {
  const attended = committees.reduce((sum, row) => sum + row.attended, 0)
  const pledged = committees.reduce((sum, row) => sum + row.pledgedAttended, 0)
  const rate = (share: number) =>
    0.6 + Math.exp(-(((share - 0.2) / 0.13) ** 2)) + 0.8 * Math.exp(-(((share - 0.9) / 0.15) ** 2))
  const steps = Array.from({ length: 78 }, (_, index) => rate(index / 77))
  const whole = steps.reduce((sum, step) => sum + step, 0)
  let so = 0
  return steps.map((step, index) => {
    so += step / whole
    return {
      at: plan.now - (77 - index) * 5 * MINUTE,
      attended: Math.floor(attended * so),
      pledgedAttended: plan.partRead ? 0 : Math.floor(pledged * so ** 0.94),
      expected: null,
    }
  })
}
