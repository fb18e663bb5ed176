import { err, ok, type Result } from '../../../shared/result.ts'
import { type Contest, ContestList, chooseContest } from './contests.ts'
import { decodeFile, MAX_FILE_BYTES, tooBig } from './decode.ts'
import { Findings, type ImportFault, type ImportWarning } from './fault.ts'
import { type Table, tableOf } from './rows.ts'
import { type Settled, settle } from './settle.ts'
import { Tally } from './tally.ts'

/** A precinct as a committee of the election it becomes. */
export type ImportedCommittee = {
  /** `P001` and so on, in the file's order: short enough for a server, free of dots and slashes. */
  readonly code: string
  /** The precinct's name, with its county where another county has one of the same name. */
  readonly name: string
  readonly county: string
  readonly registered: number
  readonly ballots: number
  readonly invalid: number
  /** Votes in the order of the candidates. */
  readonly votes: readonly number[]
}

export type ImportedCandidate = { readonly name: string; readonly party: string | null; readonly votes: number }

/** One contest of a precinct file, ready to become an election. */
export type PrecinctImport = {
  readonly contest: Contest
  readonly contests: readonly Contest[]
  readonly committees: readonly ImportedCommittee[]
  readonly candidates: readonly ImportedCandidate[]
  readonly registered: number
  readonly ballots: number
  /** Votes by candidate name, in the order of the candidates. */
  readonly counts: Readonly<Record<string, number>>
  readonly notCounted: { readonly over: number; readonly under: number }
  readonly maxCandidatesPerBallot: number
  readonly warnings: readonly ImportWarning[]
}

export type FileSource = string | Uint8Array | AsyncIterable<string | Uint8Array>

/** Field limit of the server family's committee names. */
const MAX_NAME = 255

/**
 * Reads a precinct file in OpenElections form and adds up one contest. Touches nothing but its input: a file with faults
 * yields them all (the first 20 in full) and no election.
 */
export async function readPrecincts(
  source: FileSource,
  { contest }: { readonly contest?: string | undefined } = {},
): Promise<Result<PrecinctImport, readonly ImportFault[]>> {
  const findings = new Findings()
  const whole = await gathered(source)
  if (!whole.ok) return err([whole.error])
  const text = decodeFile(whole.value, findings)
  if (!text.ok) return err([text.error])
  const table = tableOf(text.value)
  if (!table.ok) return err([table.error])
  return readTable(table.value, contest, findings)
}

function readTable(
  table: Table,
  wanted: string | undefined,
  findings: Findings,
): Result<PrecinctImport, readonly ImportFault[]> {
  const list = new ContestList()
  const broken = table.visit(findings, (row) => list.add(row))
  if (broken !== null) return err([broken])
  const chosen = chooseContest(list.all, wanted, findings)
  if (!chosen.ok) return err([...findings.faults, chosen.error])
  const tally = new Tally(table.columns, chosen.value, findings)
  // The first visit has already reported the lines of a wrong length.
  table.visit(new Findings(), (row) => tally.add(row))
  if (findings.faults.length > 0) return err(findings.faults)
  const settled = settle(tally, chosen.value, findings)
  if (settled.candidates.length === 0 || settled.precincts.length === 0) return err([nothingToCount(chosen.value)])
  return ok(importOf(settled, chosen.value, list.all, findings))
}

function importOf(
  settled: Settled,
  contest: Contest,
  contests: readonly Contest[],
  findings: Findings,
): PrecinctImport {
  const { precincts, seats, notCounted } = settled
  const total = (index: number) => precincts.reduce((sum, precinct) => sum + (precinct.votes[index] ?? 0), 0)
  const candidates = settled.candidates.map(({ name, parties }, index) => ({
    name,
    party: parties[0] ?? null,
    votes: total(index),
  }))
  const digits = Math.max(3, String(precincts.length).length)
  const shared = sharedNames(precincts.map((precinct) => precinct.name))
  return {
    contest,
    contests,
    committees: precincts.map(({ county, name, registered, ballots, invalid, votes }, index) => ({
      code: `P${String(index + 1).padStart(digits, '0')}`,
      name: (shared.has(name.toLowerCase()) && county !== '' ? `${name} (${county})` : name).slice(0, MAX_NAME),
      county,
      registered,
      ballots,
      invalid,
      votes,
    })),
    candidates,
    registered: precincts.reduce((sum, precinct) => sum + precinct.registered, 0),
    ballots: precincts.reduce((sum, precinct) => sum + precinct.ballots, 0),
    counts: Object.fromEntries(candidates.map(({ name, votes }) => [name, votes])),
    notCounted,
    maxCandidatesPerBallot: seats,
    warnings: findings.warnings,
  }
}

function sharedNames(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  return new Set(names.map((name) => name.toLowerCase()).filter((name) => seen.has(name) || !seen.add(name)))
}

function nothingToCount(contest: Contest): ImportFault {
  const message = `No line of "${contest.label}" names a candidate and a precinct.`
  return {
    is: 'nothing-to-count',
    line: null,
    column: 'candidate',
    message,
    remedy: 'Choose another contest or another file.',
  }
}

/** A stream becomes one piece, up to the size limit. */
async function gathered(source: FileSource): Promise<Result<string | Uint8Array, ImportFault>> {
  if (typeof source === 'string' || source instanceof Uint8Array) return ok(source)
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of source) {
    const bytes = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece
    size += bytes.length
    if (size > MAX_FILE_BYTES) return err(tooBig())
    pieces.push(bytes)
  }
  return ok(Buffer.concat(pieces))
}
