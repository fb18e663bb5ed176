import { countKey, type CandidateId, type CommitteeId } from '../../shared/model/ids.ts'
import type { BallotEntry, Committee } from '../../shared/model/records.ts'
import { type Finding, findingsOf, isFault } from '../../shared/sheet/rules.ts'
import { fieldsOf, printOf, type SheetFacts, type SheetFigures } from '../../shared/sheet/sheet.ts'
import type { Explained } from '../../shared/sheet/sheet-view.ts'
import type { User } from '../../shared/view/session.ts'
import { scopeOf } from '../authority.ts'
import type { Shown } from '../projection/shown.ts'

type Votes = { readonly candidate: CandidateId; readonly votes: number }[]

/** What a committee's candidates have on record. */
export function votesIn({ projection }: Shown, committee: CommitteeId): Votes {
  return [...projection.of('candidate').keys()].flatMap((candidate) => {
    const held = projection.of('count').get(countKey(committee, candidate))
    return held ? [{ candidate, votes: held.record.votes }] : []
  })
}

/** A sheet that is complete on record. */
export const isWhole = (entry: BallotEntry | undefined): entry is BallotEntry =>
  entry?.status === 'COMPLETED' || entry?.status === 'VERIFIED'

/** What the rules find in a sheet, held against what is here of its committee. `twin`: the code of one with the same figures. */
export function findingsIn(
  { figures, projection }: Shown,
  committee: Committee,
  { cast, invalid, votes }: SheetFigures,
  against: Pick<SheetFacts, 'twin' | 'before'>,
): readonly Finding[] {
  const [election] = projection.of('election').values()
  return findingsOf({
    ...{ cast, invalid, votes, sum: votes.reduce((so, row) => so + row.votes, 0), whole: true, unread: [] },
    attended: figures.attendance.of(committee.code).attended,
    electors: committee.electors,
    perBallot: election?.record.maxCandidatesPerBallot ?? 0,
    pledged: figures.guarantees.of(committee.code, committee.name).pledgedAttended,
    ...against,
  })
}

/** What the rules find in a sheet that is about to be saved; another committee is named only where the viewer sees it. */
export function findingsOn(book: Shown, id: CommitteeId, sheet: SheetFigures, viewer: User): readonly Finding[] {
  const committee = book.projection.of('committee').get(id)?.record
  if (!committee) return []
  const twin = twinOf(book, id, sheet, scopeOf(viewer))
  return findingsIn(book, committee, sheet, { twin, before: beforeOf(book, id) })
}

/**
 * Why a sheet may not be saved as it was typed; null: it may. `sheet-fault`: no paper can be so. `needs-words`: a warning has
 * no explanation, or only one that was given to another figure.
 */
export function whyNotSaved(
  book: Shown,
  id: CommitteeId,
  sheet: SheetFigures,
  remarks: readonly Explained[],
  viewer: User,
): 'sheet-fault' | 'needs-words' | null {
  const found = findingsOn(book, id, sheet, viewer)
  if (found.some(({ code }) => isFault(code))) return 'sheet-fault'
  const isSaid = ({ code, field, n }: Finding) =>
    remarks.some((one) => one.code === code && one.field === field && one.n === n)
  return found.every(isSaid) ? null : 'needs-words'
}

/** Another committee whose whole sheet has the very same figures. One pass over the sheets on record. */
function twinOf(book: Shown, id: CommitteeId, sheet: SheetFigures, scope: ReadonlySet<string> | null): string | null {
  const print = printOf(sheet)
  if (print === null) return null
  for (const { record: entry } of book.projection.of('entry').values()) {
    const { committee, cast, invalid } = entry
    if (committee === id || !isWhole(entry) || cast !== sheet.cast || invalid !== sheet.invalid) continue
    const code = book.figures.codeOf.get(committee)
    if (code === undefined || !(scope?.has(code) ?? true)) continue
    if (printOf({ cast, invalid, votes: votesIn(book, committee) }) === print) return code
  }
  return null
}

/** What was entered before; null: nothing was. */
function beforeOf(book: Shown, id: CommitteeId): SheetFacts['before'] {
  const entry = book.projection.of('entry').get(id)?.record
  if (!entry || entry.status === 'NOT_STARTED') return null
  const figures = fieldsOf({ cast: entry.cast, invalid: entry.invalid, votes: votesIn(book, id) })
  return (field) => figures.get(field)
}
