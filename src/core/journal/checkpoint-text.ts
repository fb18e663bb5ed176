import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Digest } from '../ports.ts'
import { CHECKPOINT_VERSION, type Checkpoint, fromCheckpoint } from '../projection/checkpoint.ts'
import type { Folded } from '../projection/folded.ts'
import { GENESIS } from './chain.ts'

/** Longer lists are told in lines of their own, so that no line takes long to write. */
const LONGEST_LIST = 500

/** Where in the chain a checkpoint stands: the last row in it and that row's hash. */
export type Through = { readonly cursor: number; readonly head: string }
const Head = z.object({ tallydesk: z.literal('checkpoint'), version: z.number(), cursor: z.number(), head: z.string() })
const Line = z.tuple([z.array(z.union([z.string(), z.number()])), z.unknown()])
type Path = readonly (string | number)[]

/** The digest of so many lines: of each and of all before it. */
export function digestLine(digest: Digest, before: string, line: string): string {
  return digest(`${before}\n${line}`)
}
export const NO_LINES = GENESIS

/**
 * A checkpoint as lines of text: first where it stands, then everything but the long lists, then those, a few hundred
 * entries a line. Lazy: each line is made when it is asked for, so the work can be spread.
 */
export function* linesOf(checkpoint: Checkpoint, { cursor, head }: Through): Generator<string> {
  yield JSON.stringify({ tallydesk: 'checkpoint', version: CHECKPOINT_VERSION, cursor, head })
  const long: { readonly path: Path; readonly list: readonly unknown[] }[] = []
  yield JSON.stringify([[], withoutLong(checkpoint, [], (path, list) => void long.push({ path, list }))])
  for (const { path, list } of long) {
    for (let at = 0; at < list.length; at += LONGEST_LIST) {
      yield JSON.stringify([path, list.slice(at, at + LONGEST_LIST)])
    }
  }
}

/** The same data with each long list empty; each is handed over with the way to it. */
function withoutLong(value: unknown, path: Path, take: (path: Path, list: readonly unknown[]) => void): unknown {
  if (Array.isArray(value)) {
    if (value.length > LONGEST_LIST) {
      take(path, value)
      return []
    }
    return value.map((each, index) => withoutLong(each, [...path, index], take))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutLong(each, [...path, key], take)]))
}

export type ReadCheckpoint = { readonly folded: Folded; readonly through: Through; readonly digest: string }

/** What lines hold, or why they are not used. That they are the lines once written is for the chain to say. */
export function readLines(digest: Digest, lines: readonly string[]): Result<ReadCheckpoint, string> {
  const [first, ...rest] = lines
  const head = Head.safeParse(jsonOf(first))
  if (!head.success) return err('the first line does not say where it stands')
  const { cursor, head: hash, version } = head.data
  if (version !== CHECKPOINT_VERSION) return err(`of version ${version}; this program has ${CHECKPOINT_VERSION}`)
  const data = joined(rest)
  if (!data.ok) return data
  const folded = fromCheckpoint(data.value)
  if (!folded.ok) return err(folded.error.detail)
  if (folded.value.projection.cursor !== cursor) return err('the first line and what follows stand at different rows')
  const its = lines.reduce((before, line) => digestLine(digest, before, line), NO_LINES)
  return ok({ folded: folded.value, through: { cursor, head: hash }, digest: its })
}

function joined(lines: readonly string[]): Result<unknown, string> {
  let root: unknown = null
  for (const [index, text] of lines.entries()) {
    const line = Line.safeParse(jsonOf(text))
    if (!line.success) return err(`line ${index + 2} does not read`)
    const [path, value] = line.data
    if (path.length === 0) root = value
    else {
      const list = at(root, path)
      if (!Array.isArray(list) || !Array.isArray(value)) return err(`line ${index + 2} belongs nowhere`)
      for (const each of value) list.push(each)
    }
  }
  return ok(root)
}

function at(root: unknown, path: Path): unknown {
  let here = root
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined
    here = (here as Record<string | number, unknown>)[step] // an object that has this very key
  }
  return here
}

function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
