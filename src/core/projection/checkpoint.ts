import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import { SavedFeed } from './feed.ts'
import { SavedFigures } from './figures.ts'
import { Folded } from './folded.ts'
import { SavedProjection } from './saved-projection.ts'

/**
 * Raised with every change of what any part keeps or of how a record is folded: an older checkpoint is then refused and the
 * rows are folded instead. A test holds a known history's checkpoint against this number.
 */
export const CHECKPOINT_VERSION = 9

const Checkpoint = z.object({
  version: z.literal(CHECKPOINT_VERSION),
  projection: SavedProjection,
  figures: SavedFigures,
  feed: SavedFeed,
})
/** Everything folded from the rows up to `projection.cursor`. Plain data: JSON keeps all of it. */
export type Checkpoint = z.infer<typeof Checkpoint>
export type CheckpointFault = { readonly is: 'other-version' | 'not-a-checkpoint'; readonly detail: string }

/**
 * Everything folded so far as plain data. It shares its records with what it was taken of (they never change), so taking one
 * costs a few references a record: a replay that seeks may keep one every so many rows in memory, and go to any row by
 * `fromCheckpoint` of the last one before it and `apply` of the rows between. What is folded on afterwards does not touch it.
 */
export function toCheckpoint({ projection, figures, feed }: Folded): Checkpoint {
  return { version: CHECKPOINT_VERSION, projection: projection.save(), figures: figures.save(), feed: feed.save() }
}

/** The same again from a checkpoint taken here, without looking at each record: `fromCheckpoint` for what was outside. */
export function foldedOf(checkpoint: Checkpoint): Folded {
  const folded = new Folded()
  folded.projection.load(checkpoint.projection)
  const { guarantee, attendance } = folded.projection.tables
  folded.figures.load(checkpoint.figures, recordsOf(guarantee))
  folded.feed.load(checkpoint.feed)
  folded.attendanceByCommittee.load(attendance)
  return folded
}

/** What a checkpoint holds, ready to fold on from the row after `projection.cursor`. */
export function fromCheckpoint(data: unknown): Result<Folded, CheckpointFault> {
  const { version } = z.object({ version: z.number().optional() }).catch({}).parse(data)
  if (version !== undefined && version !== CHECKPOINT_VERSION) {
    return err({
      is: 'other-version',
      detail: `checkpoint of version ${version}, this program has ${CHECKPOINT_VERSION}`,
    })
  }
  const parsed = Checkpoint.safeParse(data)
  if (parsed.success) return ok(foldedOf(parsed.data))
  const [issue] = parsed.error.issues
  return err({ is: 'not-a-checkpoint', detail: `${issue?.path.join('.')}: ${issue?.message}` })
}

function* recordsOf<R>(table: ReadonlyMap<unknown, { readonly record: R }>): Generator<R> {
  for (const { record } of table.values()) yield record
}
