import type { BallotEntry, Committee } from '../../shared/model/records.ts'
import { findingsOf, type RuleCode, ruleOf, sumsOnly } from '../../shared/sheet/rules.ts'
import { type Condition, type Facts, placeOf, type Rule } from './rule.ts'

/** Of the sheet's rules, those that call people: what an attendance or a silent committee calls for has rules of its own. */
const CALLS: ReadonlySet<RuleCode> = new Set(['F201', 'W202', 'F302', 'W201', 'W301'])

type Sheet = {
  readonly cast: number
  readonly invalid: number
  readonly votes: number
  readonly attended: number
  readonly electors: number
}

/** A finished count sheet says what its ballots, attendance or electors speak against. */
export const countSheetRule: Rule = (facts) => {
  const { book, committees, now } = facts
  const { trust } = book.projection
  if (trust.of('counts').state === 'doubtful' || trust.of('attendance').state === 'doubtful') return 'unknown'
  const perBallot = perBallotIn(facts)
  return committees.flatMap((committee): Condition[] => {
    const entry = book.projection.of('entry').get(committee.id)?.record
    // While it is typed, a sheet does not add up.
    if (!entry || (entry.status !== 'COMPLETED' && entry.status !== 'VERIFIED')) return []
    const sheet = sheetOf(facts, committee, entry)
    const findings = found(sheet, perBallot)
    if (findings.length === 0) return []
    return [
      {
        key: `count:${committee.code}`,
        severity: findings.some((code) => ruleOf(code).urgent) ? 'alarm' : 'warning',
        topic: 'counts',
        committee: placeOf(committee),
        evidence: { is: 'count', findings, ...sheet, perBallot },
        since: now,
      },
    ]
  })
}

function perBallotIn({ book }: Facts): number {
  const [election] = book.projection.of('election').values()
  return election?.record.maxCandidatesPerBallot ?? 0
}

const sheetOf = ({ book }: Facts, { id, code, electors }: Committee, { cast, invalid }: BallotEntry): Sheet => ({
  cast,
  invalid,
  votes: book.figures.counts.committee(id).votes,
  attended: book.figures.attendance.of(code).attended,
  electors,
})

const found = ({ votes: sum, ...sheet }: Sheet, perBallot: number): RuleCode[] =>
  findingsOf(sumsOnly({ ...sheet, sum, perBallot }))
    .map(({ code }) => code)
    .filter((code) => CALLS.has(code))
    .sort((a, b) => Number(ruleOf(b).urgent ?? false) - Number(ruleOf(a).urgent ?? false))
