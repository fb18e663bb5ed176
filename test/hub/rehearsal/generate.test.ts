import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type DayAction, dayTimeOf, POLLS_OPEN_MS } from '../../../src/hub/rehearsal/day-plan.ts'
import { generateElection, type Rehearsal } from '../../../src/hub/rehearsal/generate.ts'
import { pledgesByElector } from '../../../src/hub/rehearsal/pledges.ts'

const HOUR = 60 * 60_000
const SEEDS = [1, 2, 42, 2_026]

function fingerprint({ seed, plan }: Rehearsal): string {
  const whole = {
    ...seed,
    electors: [...seed.electors],
    guarantees: [...seed.guarantees],
    plan: { ...plan, actions: [...plan.actions()] },
  }
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex')
}
const ofKind = <K extends DayAction['kind']>(made: Rehearsal, kind: K) =>
  [...made.plan.actions()].filter((action): action is Extract<DayAction, { kind: K }> => action.kind === kind)

test('[R1] the same number gives the same bytes, another number others', () => {
  expect(fingerprint(generateElection(5))).toBe(fingerprint(generateElection(5)))
  expect(fingerprint(generateElection(5))).not.toBe(fingerprint(generateElection(6)))
  const first = generateElection(5)
  expect([...first.seed.electors]).toEqual([...first.seed.electors])
})

describe.each(SEEDS)('election %i', (number) => {
  const made = generateElection(number)
  const { seed, plan } = made
  const electors = [...seed.electors]
  const guarantees = [...seed.guarantees]
  const committeeOf = new Map(electors.map((elector) => [elector.number, elector.committee]))

  test('[R2] 13 committees, 8 700 electors numbered without a gap, 30 candidates, 2 parties and independents', () => {
    expect(seed.committees.map((committee) => committee.code).join(' ')).toBe('m1 m2 m3 m4 m5 m6 m7 m8 m9 f1 f2 f3 f4')
    expect(electors.map((elector) => Number(elector.number))).toEqual(
      Array.from({ length: 8_700 }, (_, i) => 70_001 + i),
    )
    expect(seed.candidates.map((candidate) => candidate.number)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    expect(new Set(seed.candidates.map((candidate) => candidate.party))).toEqual(
      new Set([...seed.parties.map((party) => party.name), null]),
    )
    expect(seed.parties).toHaveLength(2)
    expect(seed.mode).toBe('rehearsal')
    for (const elector of electors) expect(elector.gender).toBe(elector.committee.startsWith('m') ? 'MALE' : 'FEMALE')
  })

  test('[R3] names of two to five words, some in Latin script, and telephone numbers of nobody', () => {
    const latin = electors.filter((elector) => /^[A-Za-z ]+$/.test(elector.name))
    const arabic = electors.filter((elector) => /^[\u0621-\u064A ]+$/u.test(elector.name))
    expect(latin.length + arabic.length).toBe(electors.length)
    expect(latin.length / electors.length).toBeGreaterThan(0.08)
    expect(latin.length / electors.length).toBeLessThan(0.16)
    for (const { name, mobile } of electors) {
      expect(name.split(' ').length).toBeGreaterThanOrEqual(2)
      expect(name.split(' ').length).toBeLessThanOrEqual(5)
      expect(mobile).toMatch(/^(7\d{7})?$/)
    }
    expect(new Set(electors.map((elector) => elector.name)).size).toBeGreaterThan(7_500)
  })

  test('[R4] 2 650 guarantees of 12 collectors and the administrator, none twice, of every status and confirmation', () => {
    expect(guarantees).toHaveLength(2_650)
    expect(new Set(guarantees.map((guarantee) => `${guarantee.collector} ${guarantee.elector}`)).size).toBe(2_650)
    expect(new Set(guarantees.map((guarantee) => guarantee.collector)).size).toBe(13)
    const kinds = new Set(guarantees.map((guarantee) => `${guarantee.status} ${guarantee.confirmation}`))
    expect(kinds.size).toBe(6)
    expect(guarantees.filter((guarantee) => guarantee.note !== '').length).toBeGreaterThan(300)
    for (const guarantee of guarantees) expect(committeeOf.has(guarantee.elector)).toBe(true)
  })

  test('[R5] whoever acts exists and may', () => {
    const users = new Map(seed.users.map((user) => [user.email, user]))
    const pledged = new Set(guarantees.map((guarantee) => `${guarantee.collector} ${guarantee.elector}`))
    for (const action of plan.actions()) {
      const user = users.get(action.by)
      expect(user, action.by).toBeDefined()
      if (action.kind === 'attend' || action.kind === 'withdraw')
        expect(committeeOf.get(action.elector)).toBe(action.committee)
      if ('committee' in action && user?.role !== 'ADMIN') expect(user?.committees).toContain(action.committee)
      if (action.kind === 'confirm' || action.kind === 'pledge')
        expect(pledged.has(`${action.by} ${action.elector}`)).toBe(true)
      if (action.kind === 'phase' || action.kind === 'verify') expect(user?.role).toBe('ADMIN')
    }
  })

  test('[R6] actions in order of time, as many as said, the same again', () => {
    const actions = [...plan.actions()]
    expect(actions).toHaveLength(plan.total)
    expect(actions.map((action) => action.at)).toEqual(actions.map((action) => action.at).toSorted((a, b) => a - b))
    expect(actions[0]?.at).toBe(plan.first)
    expect(actions.at(-1)?.at).toBe(plan.last)
    expect([...plan.actions()]).toEqual(actions)
  })

  test('[R7] two rushes and a lull in every committee, each with its own hours', () => {
    const peaks = new Set<string>()
    for (const { code } of seed.committees) {
      const hours = Array.from({ length: 12 }, () => 0)
      for (const action of ofKind(made, 'attend').filter((mark) => mark.committee === code)) {
        expect(action.at).toBeGreaterThanOrEqual(0)
        expect(action.at).toBeLessThan(POLLS_OPEN_MS)
        const hour = Math.floor(action.at / HOUR)
        hours[hour] = (hours[hour] ?? 0) + 1
      }
      const morning = Math.max(...hours.slice(0, 4))
      const noon = Math.max(...hours.slice(4, 6))
      const evening = Math.max(...hours.slice(7, 11))
      expect(morning).toBeGreaterThan(noon * 1.5)
      expect(evening).toBeGreaterThan(noon * 1.5)
      peaks.add(`${hours.indexOf(morning)} ${hours.indexOf(evening)} ${Math.round((10 * morning) / evening)}`)
    }
    expect(peaks.size).toBeGreaterThan(5)
  })

  test('[R8] promises are kept more often than not made', () => {
    const came = new Set(ofKind(made, 'attend').map((action) => action.elector))
    const pledges = pledgesByElector(guarantees)
    const turnout = (wanted: string) => {
      const all = electors.filter((elector) => (pledges.get(elector.number) ?? 'unasked') === wanted)
      return all.filter((elector) => came.has(elector.number)).length / all.length
    }
    expect(turnout('confirmed')).toBeGreaterThan(turnout('promised'))
    expect(turnout('promised')).toBeGreaterThan(turnout('unasked'))
    expect(turnout('unasked')).toBeGreaterThan(turnout('absent'))
    expect(turnout('confirmed')).toBeGreaterThan(0.82)
  })

  test('[R9] slips of the day are put right in order', () => {
    const marked = new Map<string, number>()
    const withdrawn = new Set<string>()
    const elsewhere: string[] = []
    for (const action of plan.actions()) {
      if (action.kind === 'attend') {
        expect(marked.has(action.elector)).toBe(false)
        marked.set(action.elector, action.at)
      } else if (action.kind === 'withdraw') {
        expect(marked.get(action.elector)).toBeLessThan(action.at)
        withdrawn.add(action.elector)
      } else if (action.kind === 'attend-elsewhere') {
        expect(marked.has(action.elector)).toBe(false)
        expect(committeeOf.get(action.elector)).not.toBe(action.committee)
        elsewhere.push(action.elector)
      }
    }
    for (const elector of elsewhere) expect(marked.has(elector) && !withdrawn.has(elector)).toBe(true)
    expect(elsewhere.length).toBeGreaterThan(10)
    expect(withdrawn.size).toBeGreaterThan(2)
  })

  test('[R10] every count sheet fits its committee', () => {
    const attended = attendedBy(made)
    expect(ofKind(made, 'count')).toHaveLength(13)
    for (const sheet of ofKind(made, 'count')) {
      const valid = sheet.ballotsCast - sheet.invalid
      expect(sheet.ballotsCast).toBeLessThanOrEqual(attended.get(sheet.committee) ?? 0)
      expect(sheet.invalid).toBeLessThanOrEqual(sheet.ballotsCast)
      expect(sheet.votes.map((entry) => entry.candidate)).toEqual(seed.candidates.map((candidate) => candidate.number))
      for (const { votes } of sheet.votes) expect(votes).toBeLessThanOrEqual(valid)
      expect(sheet.votes.reduce((sum, entry) => sum + entry.votes, 0)).toBeLessThanOrEqual(
        valid * seed.maxCandidatesPerBallot,
      )
    }
  })

  test('[R11] phases, counts, verification, results and publication follow each other', () => {
    const phases = ofKind(made, 'phase').map((action) => action.phase)
    expect(phases).toEqual(['GUARANTEE_PHASE', 'VOTING_DAY', 'COUNTING', 'CLOSED'])
    const counted = new Map(ofKind(made, 'count').map((action) => [action.committee, action.at]))
    for (const { committee, at } of ofKind(made, 'verify'))
      expect(at).toBeGreaterThan(counted.get(committee) ?? Number.POSITIVE_INFINITY)
    const evening = [...plan.actions()].filter((action) => action.at >= POLLS_OPEN_MS).map((action) => action.kind)
    expect(evening[0]).toBe('phase')
    expect(evening.slice(-3)).toEqual(['results', 'publish', 'phase'])
    expect(evening.filter((kind) => kind === 'verify')).toHaveLength(13)
  })

  test('[R12] the plan expects what its actions add up to', () => {
    const sheets = ofKind(made, 'count')
    expect(plan.expected.attendance).toBe([...attendedBy(made).values()].reduce((sum, count) => sum + count, 0))
    expect(plan.expected.ballotsCast).toBe(sheets.reduce((sum, sheet) => sum + sheet.ballotsCast, 0))
    for (const { name, number: wanted } of seed.candidates) {
      const votes = sheets.flatMap((sheet) => sheet.votes).filter((entry) => entry.candidate === wanted)
      expect(plan.expected.counts[name]).toBe(votes.reduce((sum, entry) => sum + entry.votes, 0))
    }
  })
})

test('[R49] clock times become times of the day and nothing else does', () => {
  expect(dayTimeOf('10:30')).toBe(2.5 * HOUR)
  expect(dayTimeOf('07:00')).toBe(-HOUR)
  expect(dayTimeOf('25:00')).toBeNull()
  expect(dayTimeOf('half past ten')).toBeNull()
})

function attendedBy(made: Rehearsal): ReadonlyMap<string, number> {
  const withdrawn = new Set(ofKind(made, 'withdraw').map((action) => action.elector))
  const attended = new Map<string, number>()
  for (const { elector, committee } of ofKind(made, 'attend'))
    if (!withdrawn.has(elector)) attended.set(committee, (attended.get(committee) ?? 0) + 1)
  return attended
}
