import type { BallotEntry, Committee } from '../../shared/model/records.ts'
import type { SheetFinding } from '../../shared/view/incident.ts'
import { type Condition, type Facts, placeOf, type Rule } from './rule.ts'

/** No count sheet can be so; the others are unlikely. */
const IMPOSSIBLE: ReadonlySet<SheetFinding> = new Set(['invalid-over-cast', 'cast-over-electors', 'votes-over-ballots'])

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
    const findings = findingsOf(sheet, perBallot)
    if (findings.length === 0) return []
    return [
      {
        key: `count:${committee.code}`,
        severity: findings.some((finding) => IMPOSSIBLE.has(finding)) ? 'alarm' : 'warning',
        topic: 'counts',
        committee: placeOf(committee),
        evidence: { is: 'count', findings, ...sheet },
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

/** `perBallot`: names one ballot may carry; 0: not known. */
function findingsOf({ cast, invalid, votes, attended, electors }: Sheet, perBallot: number): SheetFinding[] {
  const found: SheetFinding[] = []
  const valid = cast - invalid
  if (invalid > cast) found.push('invalid-over-cast')
  if (cast > electors) found.push('cast-over-electors')
  if (perBallot > 0 && votes > Math.max(0, valid) * perBallot) found.push('votes-over-ballots')
  // Where nobody's attendance was marked there is nothing to hold the ballots against.
  if (cast > attended && cast <= electors && attended > 0) found.push('cast-over-attended')
  if (votes < valid) found.push('votes-under-ballots')
  return found
}
