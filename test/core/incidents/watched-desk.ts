import { DutyActs } from '../../../src/core/incidents/duty-acts.ts'
import { Watch } from '../../../src/core/incidents/watch.ts'
import { noLink } from '../../../src/core/nothing.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { TOPICS } from '../../../src/shared/model/change.ts'
import { UserId } from '../../../src/shared/model/ids.ts'
import type { LinkView } from '../../../src/shared/model/link.ts'
import type { Incident, Target } from '../../../src/shared/view/incident.ts'
import type { User } from '../../../src/shared/view/session.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { attendance, code, MINUTE, NINE } from '../projection/records.ts'

export const person = (email: string): User => ({
  id: UserId.parse(1),
  email,
  name: email,
  role: 'ADMIN',
  committees: [],
})

/** A desk whose rules are looked at, with everything they go by in the test's hand. Live, read, and with room, at first. */
export function watchedDesk({ disk = memoryDisk(), clock = new ManualClock(NINE) } = {}) {
  const desk = bookOnDisk({ clock, disk })
  const is = {
    link: { ...noLink(NINE), state: 'live', since: NINE, cause: null, clockSkew: 0 } as LinkView,
    target: null as Target | null,
    user: person('dana@example.org') as User | null,
    scope: null as ReadonlySet<string> | null,
    faults: [] as string[],
  }
  const parts = {
    clock,
    book: () => desk.book,
    user: () => is.user,
    failed: (fault: { readonly is: string }) => void is.faults.push(fault.is),
  }
  const watch = new Watch({
    ...parts,
    link: () => is.link,
    freeBytes: () => disk.freeBytes(),
    target: () => is.target,
    scope: () => is.scope,
  })
  const acts = new DutyActs(parts)
  const { incidents } = desk.book.projection.duty
  const open = (): readonly Incident[] => [...incidents.open()]
  return {
    ...desk,
    clock,
    disk,
    is,
    watch,
    acts,
    incidents,
    open,
    write: (...events: JournalEvent[]) => must(desk.book, events),
    /** Each open one as `key severity`. */
    said: () => open().map(({ key, severity }) => `${key} ${severity}`),
    only: () => {
      const [one] = open()
      if (!one) throw new Error('nothing is open')
      return one
    },
    /** Time passes, and the rules are looked at each second of it. */
    async pass(ms: number) {
      for (let second = 0; second < ms; second += 1_000) {
        await clock.advance(1_000)
        watch.look()
      }
    },
    /** Everything was read just now. */
    read: () => must(desk.book, covered(clock.now(), desk.book.journal.cursor)),
  }
}
export type WatchedDesk = ReturnType<typeof watchedDesk>

const covered = (from: number, after: number): JournalEvent[] =>
  TOPICS.map((topic) => ({ is: 'covered', topic, from, after, settles: from + 1 }))

/** Marks of a committee: one every so many seconds, from and to in minutes after nine. */
export function marks(place: string, everySeconds: number, from: number, to: number) {
  const made: JournalEvent[] = []
  for (let at = NINE + from * MINUTE; at < NINE + to * MINUTE; at += everySeconds * 1_000) {
    marked += 1
    made.push(...told(attendance(marked, { committeeCode: code(place), attendedAt: at })))
  }
  return made
}
let marked = 0
