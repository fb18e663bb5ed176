import type { Kind } from '../../shared/model/change.ts'
import type { Attendance, Guarantee } from '../../shared/model/records.ts'
import type { Folded } from '../projection/folded.ts'
import type { Held } from '../projection/table.ts'
import type { Work } from './slices.ts'

/** Entries looked at between two moments at which the work may be left. */
const STEP = 2_000

/** The keys of a later fork mostly begin with those of an earlier one: both then share the array, each up to its own length. */
type Entries = { readonly keys: unknown[]; readonly values: readonly unknown[] }
/**
 * A fold at one moment. Unlike a checkpoint it never leaves the process: it shares every record with the fold it was taken of
 * (records never change), so each costs two references, and both taking it and going back to it are done in small steps.
 */
export type Fork = {
  readonly tables: readonly (readonly [Kind, Entries])[]
  readonly seen: Entries
  readonly projection: ReturnType<Folded['projection']['saveRest']>
  readonly figures: ReturnType<Folded['figures']['saveRest']>
  readonly attendance: ReturnType<Folded['figures']['attendance']['saveRest']>
  readonly feed: ReturnType<Folded['feed']['save']>
}

/** Nothing may be folded into `folded` until this is done. `last`: the fork taken before it, if any. */
export function* forkOf({ projection, figures, feed }: Folded, last: Fork | undefined): Work<Fork> {
  const tables: [Kind, Entries][] = []
  // Object.keys widens to string
  for (const kind of Object.keys(projection.tables) as Kind[]) {
    const before = last?.tables.find(([each]) => each === kind)?.[1]
    tables.push([kind, yield* entriesOf(projection.of(kind), before)])
  }
  return {
    tables,
    seen: yield* entriesOf(figures.attendance.seen, last?.seen),
    projection: projection.saveRest(),
    figures: figures.saveRest(),
    attendance: figures.attendance.saveRest(),
    feed: feed.save(),
  }
}

/**
 * Makes a fold what it was, or will be, when the fork was taken. What is the same in both is left as it is, so a short way
 * costs little. Until this is done the fold is of no moment at all; nobody is told.
 */
export function* turnTo(folded: Folded, fork: Fork): Work<void> {
  const { projection, figures } = folded
  for (const [kind, entries] of fork.tables) {
    const table: Map<unknown, unknown> = projection.of(kind)
    yield* turn(table, entries, indexOf(folded, kind))
  }
  yield* turn(figures.attendance.seen, fork.seen, null)
  projection.loadRest(fork.projection)
  figures.loadRest(fork.figures, [])
  figures.attendance.loadRest(fork.attendance)
  folded.feed.load(fork.feed)
}

/** What else is found by the records of a table: told of each that comes, in place of which, and of each that goes. */
type Index = { put(value: unknown, before: unknown): void; drop(value: unknown): void }

/** Electors find their attendance and their guarantees. */
function indexOf({ projection: { desk }, figures: { guarantees } }: Folded, kind: Kind): Index | null {
  if (kind !== 'guarantee' && kind !== 'attendance') return null
  type One = Attendance | Guarantee
  const recordOf = (held: unknown): One => (held as Held<One>).record // of one of these two tables
  const move = (record: One, by: 1 | -1) => {
    desk.find(kind, record, by)
    if ('confirmation' in record) guarantees.index(record, by)
  }
  return {
    put(held, before) {
      const record = recordOf(held)
      if (before !== null && recordOf(before).elector !== record.elector) move(recordOf(before), -1)
      move(record, 1)
    },
    drop: (held) => move(recordOf(held), -1),
  }
}

/** Makes a map the entries, in their order. */
function* turn(map: Map<unknown, unknown>, { keys, values }: Entries, index: Index | null): Work<void> {
  const { length } = values
  let place = 0
  const gone: unknown[] = []
  // Up to the first key that is another, a new value keeps the place of the old; what comes after is put anew.
  for (const [key, value] of map) {
    if (gone.length === 0 && place < length && key === keys[place]) {
      const wanted = values[place]
      if (value !== wanted) {
        map.set(key, wanted)
        index?.put(wanted, value)
      }
      place += 1
    } else gone.push(key)
    if ((place + gone.length) % STEP === 0) yield
  }
  for (const [count, key] of gone.entries()) {
    index?.drop(map.get(key))
    map.delete(key)
    if (count % STEP === 0) yield
  }
  for (; place < length; place++) {
    map.set(keys[place], values[place])
    index?.put(values[place], null)
    if (place % STEP === 0) yield
  }
}

function* entriesOf(map: ReadonlyMap<unknown, unknown>, before: Entries | undefined): Work<Entries> {
  let keys = before?.keys ?? []
  const values: unknown[] = []
  for (const [key, value] of map) {
    const place = values.length
    if (place === keys.length) keys.push(key)
    else if (keys[place] !== key) keys = [...keys.slice(0, place), key]
    values.push(value)
    if (values.length % STEP === 0) yield
  }
  return { keys, values }
}
