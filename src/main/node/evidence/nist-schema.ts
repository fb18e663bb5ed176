import { readFileSync } from 'node:fs'
import { err, ok, type Result } from '../../../shared/result.ts'

/** Holds a NIST report against a JSON schema of draft 4. Gives what does not fit, with its place; none: it is valid. */
export async function checkAgainstSchema(
  report: unknown,
  schemaFile: string,
): Promise<Result<readonly string[], string>> {
  let schema: unknown
  try {
    schema = JSON.parse(readFileSync(schemaFile, 'utf8'))
  } catch (cause) {
    return err(`${schemaFile}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  if (typeof schema !== 'object' || schema === null) return err(`${schemaFile}: not a JSON schema`)
  const [{ default: Ajv }, { default: addFormats }] = await Promise.all([import('ajv-draft-04'), import('ajv-formats')])
  // Not strict: NIST's schema carries words of its own (`refTypes`).
  const ajv = new Ajv({ strict: false, allErrors: false })
  addFormats.default(ajv)
  try {
    const validate = ajv.compile(schema)
    if (validate(report)) return ok([])
    return ok((validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`))
  } catch (cause) {
    return err(`${schemaFile}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}
