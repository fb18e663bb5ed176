import { ok, type Result } from '../../../shared/result.ts'
import type { Rehearsal } from '../generate.ts'
import type { ImportFault } from './fault.ts'
import { type FileSource, type PrecinctImport, readPrecincts } from './read-precincts.ts'
import { type SeedChoice, toSeed } from './to-seed.ts'

export type ImportChoice = SeedChoice & { readonly contest?: string | undefined }

/** A precinct file as an election and its day, with what was found in it. A file with faults yields nothing but them. */
export async function importPrecincts(
  source: FileSource,
  choice: ImportChoice,
): Promise<Result<Rehearsal & { readonly found: PrecinctImport }, readonly ImportFault[]>> {
  const found = await readPrecincts(source, { contest: choice.contest })
  return found.ok ? ok({ found: found.value, ...toSeed(found.value, choice) }) : found
}

/** The day a published file's name begins with, as in `20241105__pa__general__berks__precinct.csv`; null without one. */
export function dateOfFileName(path: string): string | null {
  const match = /(?:^|[/\\])(\d{4})(\d{2})(\d{2})__[^/\\]*$/.exec(path)
  if (match === null) return null
  const date = `${match[1]}-${match[2]}-${match[3]}`
  const parsed = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date ? null : date
}
