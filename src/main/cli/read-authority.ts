import { readFileSync } from 'node:fs'
import { err, ok, type Result } from '../../shared/result.ts'

/** PEM text of the file, null where none is named. */
export function readAuthority(file: string | undefined): Result<string | null, string> {
  if (file === undefined) return ok(null)
  try {
    return ok(readFileSync(file, 'utf8'))
  } catch {
    return err(`--ca ${file}: cannot be read`)
  }
}
