import { err, ok, type Result } from '../../../shared/result.ts'
import type { Findings, ImportFault } from './fault.ts'
import { plain, turnoutOf } from './labels.ts'
import type { Row } from './rows.ts'

/** One contest of the file: an office, in one district where the office has several. */
export type Contest = {
  readonly office: string
  readonly district: string
  /** How it is asked for: `President`, `State House 127`. */
  readonly label: string
  readonly rows: number
}

/** What is chosen when nothing was asked for and the file has it. */
const USUAL = 'president'
const CONTESTS_LISTED = 60

export const contestKey = (office: string, district: string): string => `${plain(office)}|${plain(district)}`

/** Collects the contests of a file in the order in which they first appear. */
export class ContestList {
  readonly #contests = new Map<string, Contest>()

  add(row: Row): void {
    if (row.office === '' || turnoutOf(row.office, row.party) !== null) return
    const key = contestKey(row.office, row.district)
    const known = this.#contests.get(key)
    const label = row.district === '' ? row.office : `${row.office} ${row.district}`
    const { office, district } = row
    this.#contests.set(
      key,
      known === undefined ? { office, district, label, rows: 1 } : { ...known, rows: known.rows + 1 },
    )
  }

  get all(): readonly Contest[] {
    return [...this.#contests.values()]
  }
}

/** Finds the contest asked for, whatever its case. Without a wish: the only one, or the president's. */
export function chooseContest(
  contests: readonly Contest[],
  wanted: string | undefined,
  findings: Findings,
): Result<Contest, ImportFault> {
  if (wanted === undefined || wanted.trim() === '') return usualContest(contests, findings)
  const words = plain(wanted)
  const exact = contests.find((contest) => plain(contest.label) === words)
  const ofOffice = contests.filter((contest) => plain(contest.office) === words)
  if (exact !== undefined && (exact.district !== '' || ofOffice.length === 1)) return ok(exact)
  const [only] = ofOffice
  if (only === undefined) return err(noSuchContest(`There is no contest "${wanted}" in this file.`, contests))
  if (ofOffice.length === 1) return ok(only)
  const message = `"${only.office}" is elected in ${ofOffice.length} districts: ${listed(ofOffice)}.`
  const named = ofOffice.find((contest) => contest.district !== '') ?? only
  return err({
    is: 'several-districts',
    line: null,
    column: 'district',
    message,
    remedy: `Name one, as in --contest "${named.label}".`,
  })
}

function usualContest(contests: readonly Contest[], findings: Findings): Result<Contest, ImportFault> {
  const [only] = contests
  if (only === undefined) return err(noSuchContest('The file holds no contest.', contests))
  if (contests.length === 1) return ok(only)
  const usual = contests.find((contest) => plain(contest.label) === USUAL)
  if (usual === undefined) return err(noSuchContest('The file holds several contests and none was named.', contests))
  findings.warn('contest-assumed', null, `No contest was named; "${usual.label}" was taken out of ${contests.length}`)
  return ok(usual)
}

function noSuchContest(message: string, contests: readonly Contest[]): ImportFault {
  const remedy =
    contests.length === 0 ? 'Choose another file.' : `Name one with --contest. The file has: ${listed(contests)}.`
  return { is: 'no-such-contest', line: null, column: 'office', message, remedy }
}

function listed(contests: readonly Contest[]): string {
  const labels = contests.slice(0, CONTESTS_LISTED).map((contest) => contest.label)
  const more = contests.length - labels.length
  return more > 0 ? `${labels.join(', ')} and ${more} more` : labels.join(', ')
}

/** Whether a row belongs to the contest, turnout rows written as its candidates included. */
export const isOf = (contest: Contest, row: Row): boolean =>
  contestKey(row.office, row.district) === contestKey(contest.office, contest.district)
