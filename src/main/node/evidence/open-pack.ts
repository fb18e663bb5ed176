import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate/browser'
import { MANIFEST, Manifest } from '../../../core/evidence/manifest.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

/** The most a pack may hold unpacked, bytes: a day of a million events is a third of it. */
const LARGEST_PACK = 2_000_000_000

export type Pack = {
  readonly manifest: Manifest
  readonly manifestText: string
  readonly files: ReadonlyMap<string, Uint8Array>
}
/** What is wrong with a pack in itself. */
export type PackProblem = {
  readonly file: string
  readonly is: 'missing' | 'changed' | 'not-listed' | 'listed-twice'
  readonly detail: string
}

/** Reads a pack from disk. Fails where it is no pack at all; what is wrong inside is for `wholeness`. */
export function openPack(file: string): Result<Pack, string> {
  let zip: Uint8Array
  try {
    zip = readFileSync(file)
  } catch (cause) {
    return err(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  const unpacked = unpack(zip)
  if (!unpacked.ok) return err(`${file}: ${unpacked.error}`)
  const files = unpacked.value
  const bytes = files.get(MANIFEST)
  if (!bytes) return err(`${file}: has no ${MANIFEST}, so it is no evidence pack`)
  const manifestText = Buffer.from(bytes).toString('utf8')
  const parsed = Manifest.safeParse(jsonOf(manifestText))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return err(`${file}: ${MANIFEST} cannot be read: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
  }
  return ok({ manifest: parsed.data, manifestText, files })
}

function unpack(zip: Uint8Array): Result<ReadonlyMap<string, Uint8Array>, string> {
  let size = 0
  const twice: string[] = []
  const names = new Set<string>()
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        size += originalSize
        if (names.has(name)) twice.push(name)
        names.add(name)
        return size <= LARGEST_PACK
      },
    })
    if (size > LARGEST_PACK) return err(`holds more than ${LARGEST_PACK} bytes`)
    if (twice.length > 0) return err(`holds ${twice[0]} twice`)
    return ok(new Map(Object.entries(files)))
  } catch (cause) {
    return err(`is not a ZIP that can be read (${cause instanceof Error ? cause.message : String(cause)})`)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Holds every file against the manifest: none changed, none missing, none too many. */
export function wholeness({ manifest, files }: Pack): readonly PackProblem[] {
  const problems: PackProblem[] = []
  const listed = new Set<string>([MANIFEST])
  for (const { name, bytes, sha256 } of manifest.files) {
    if (listed.has(name)) problems.push({ file: name, is: 'listed-twice', detail: 'the manifest lists it twice' })
    listed.add(name)
    const its = files.get(name)
    if (!its) problems.push({ file: name, is: 'missing', detail: 'the manifest lists it, the pack does not have it' })
    else if (its.byteLength !== bytes || createHash('sha256').update(its).digest('hex') !== sha256) {
      problems.push({
        file: name,
        is: 'changed',
        detail: `${its.byteLength} bytes, not the ${bytes} the manifest vouches for`,
      })
    }
  }
  for (const name of files.keys()) {
    if (!listed.has(name)) problems.push({ file: name, is: 'not-listed', detail: 'the manifest does not list it' })
  }
  return problems
}
