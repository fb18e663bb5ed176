import { randomBytes } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import type { DayPlan } from '../../hub/rehearsal/day-plan.ts'
import { generateElection } from '../../hub/rehearsal/generate.ts'
import { describeFault, describeWarning } from '../../hub/rehearsal/openelections/fault.ts'
import { dateOfFileName, importPrecincts } from '../../hub/rehearsal/openelections/import-precincts.ts'
import type { ElectionSeed } from '../../hub/seed.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { say } from './out.ts'

/** An election for an empty hub, and the day to play on it if there is one. */
export type ElectionSource = { readonly seed: ElectionSeed; readonly plan: DayPlan | null }

const GENERATED = 2026

/** Today's date in Kuwait, where the family of servers keeps its days. */
export const today = (): string => new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 10)

/** From a precinct file. Every fault names line and column; a file with one changes nothing. */
export async function fromCsv(file: string, contest: string | undefined): Promise<Result<ElectionSource, string>> {
  try {
    if (!statSync(file).isFile()) return err(`${file}: not a file`)
  } catch {
    return err(`${file}: no such file`)
  }
  // The day the file is of, where its name tells: then the marks keep the shape of that day.
  const date = dateOfFileName(file) ?? today()
  const imported = await importPrecincts(createReadStream(file), { contest, date })
  if (!imported.ok) return err(imported.error.map((fault) => `${file}: ${describeFault(fault)}`).join('\n'))
  const { found, seed, plan } = imported.value
  for (const warning of found.warnings) say(`${file}: ${describeWarning(warning)}`)
  return ok({ seed, plan })
}

/** The generated election that rehearsals are held with. */
export const generated = (): ElectionSource => generateElection(GENERATED, { date: today() })

/** An empty official election with one administrator, whose password is made here and shown once. */
export function emptyElection(): ElectionSource & { readonly password: string } {
  const password = randomBytes(12).toString('base64url')
  const administrator = {
    email: 'admin@hub.local',
    password,
    firstName: 'Hub',
    lastName: 'Administrator',
    role: 'ADMIN',
    committees: [],
  } as const
  const seed: ElectionSeed = {
    name: 'Election',
    mode: 'official',
    votingMode: 'BOTH',
    maxCandidatesPerBallot: 1,
    date: today(),
    parties: [],
    candidates: [],
    committees: [],
    users: [administrator],
    electors: [],
    guarantees: [],
  }
  return { seed, plan: null, password }
}
