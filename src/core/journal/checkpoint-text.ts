import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Digest } from '../ports.ts'
import { CHECKPOINT_VERSION, type Checkpoint, foldedOf, fromCheckpoint } from '../projection/checkpoint.ts'
import type { Folded } from '../projection/folded.ts'
import { GENESIS } from './chain.ts'

/** Longer lists are told in lines of their own, so that no line takes long to write. */
const LONGEST_LIST = 500

/** Where in the chain a checkpoint stands: the last row in it and that row's hash. */
export type Through = { readonly cursor: number; readonly head: string }
const Head = z.object({ tallydesk: z.literal('checkpoint'), version: z.number(), cursor: z.number(), head: z.string() })
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

/** What lines say of themselves: where they stand, and the digest of their very text. */
export type Standing = { readonly through: Through; readonly digest: string }

/** Where lines stand, or why they are not used. That they are the lines once written is for the chain to say. */
export function standingOf(digest: Digest, lines: Iterable<string>): Result<Standing, string> {
  let through: Through | null = null
  let its = NO_LINES
  for (const line of lines) {
    if (through === null) {
      const head = Head.safeParse(jsonOf(line))
      if (!head.success) break
      const { cursor, head: hash, version } = head.data
      if (version !== CHECKPOINT_VERSION) return err(`of version ${version}; this program has ${CHECKPOINT_VERSION}`)
      through = { cursor, head: hash }
    }
    its = digestLine(digest, its, line)
  }
  return through ? ok({ through, digest: its }) : err('the first line does not say where it stands')
}

/**
 * What lines hold whose digest the chain speaks of: this program wrote them, in this version. Their shape is looked at all
 * the same, of the long lists in one entry a line: the rest of a line was written by the same few lines of code.
 */
export function foldedFrom(digest: Digest, lines: Iterable<string>, standing: Standing): Result<Folded, string> {
  const { through } = standing
  const found = joined(digest, lines)
  if (!found) return err('its lines do not fit together')
  // They were read anew: nothing is folded but the very text the chain speaks of.
  if (found.its !== standing.digest) return err('it is not the text it was a moment ago')
  const looked = fromCheckpoint(found.sample)
  if (!looked.ok) return err(looked.error.detail)
  if (looked.value.projection.cursor !== through.cursor) {
    return err('the first line and what follows stand at different rows')
  }
  return ok(foldedOf(found.whole as Checkpoint)) // its shape was just looked at, and its text is as it was written
}

/** The data that lines tell, whole, and again with one entry of each line, and their digest; null where they do not fit together. */
function joined(
  digest: Digest,
  lines: Iterable<string>,
): { readonly whole: unknown; readonly sample: unknown; readonly its: string } | null {
  let whole: unknown
  let sample: unknown
  let its = NO_LINES
  for (const text of lines) {
    const isFirst = its === NO_LINES
    its = digestLine(digest, its, text)
    if (isFirst) continue
    const line = lineOf(text)
    if (!line) return null
    if (line.path.length === 0) {
      whole = line.value
      sample = lineOf(text)?.value
    } else {
      const [all, some] = [at(whole, line.path), at(sample, line.path)]
      if (!Array.isArray(all) || !Array.isArray(some) || !Array.isArray(line.value)) return null
      for (const each of line.value) all.push(each)
      some.push(line.value[0])
    }
  }
  return { whole, sample, its }
}

function lineOf(text: string): { readonly path: Path; readonly value: unknown } | null {
  const line = jsonOf(text)
  if (!Array.isArray(line) || !Array.isArray(line[0])) return null
  return { path: line[0] as Path, value: line[1] } // a step that is neither name nor number leads nowhere
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
