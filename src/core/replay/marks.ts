import type { LinkState } from '../../shared/model/link.ts'
import { MOST_MARKS, type RecordedDay, type ReplayMarks } from '../../shared/view/replay.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'

type EventOf<Is extends JournalEvent['is']> = Extract<JournalEvent, { is: Is }>
type At<T> = T & { readonly cursor: number; readonly at: number }
export type LinkMark = At<Pick<EventOf<'link'>, 'state' | 'cause' | 'proof'>>
export type QuarantineMark = At<Pick<EventOf<'quarantined'>, 'reason' | 'excerpt' | 'bytes'>>
type CommandMark = { readonly at: number; readonly does: string; outcome: 'confirmed' | 'rejected' | 'waiting' }
type ElectionMark = { readonly at: number; readonly what: 'phase' | 'counted' | 'results'; readonly says: string }
type DoubtMark = { readonly at: number; readonly because: EventOf<'doubted'>['because'] }

/** Nothing changed for so long, ms: what comes after is another day. A counting night has no such silence. */
const DAY_ENDS_AFTER = 6 * 3_600_000
/** Width of the finest part of the activity lane, ms. */
const PART = 10_000
/** Which of several marks in one place gives it its look: the first of these that is there. */
const OUTCOMES = ['rejected', 'waiting', 'confirmed'] as const
const LINKS: readonly LinkState[] = ['refused', 'offline', 'signed-out', 'stale', 'catching-up', 'live']
const TURNS = ['phase', 'results', 'counted'] as const

/** What is remarkable in a journal, noted while it is read once. It keeps no record and no person. */
export class Marks {
  readonly links: LinkMark[] = []
  readonly quarantine: QuarantineMark[] = []
  readonly days: { from: number; to: number; rows: number }[] = []
  readonly #doubts: DoubtMark[] = []
  readonly #commands: CommandMark[] = []
  readonly #byKey = new Map<string, CommandMark>()
  readonly #election: ElectionMark[] = []
  readonly #changes = new Map<number, number>()
  #phase: string | null = null
  #changedAt = Number.NEGATIVE_INFINITY

  /** `at`: the record's time as the recording counts it, ms; it never goes back. */
  note({ cursor, event }: JournalRecord, at: number): void {
    this.#day(event, at)
    switch (event.is) {
      case 'link':
        return void this.links.push({ cursor, at, state: event.state, cause: event.cause, proof: event.proof })
      case 'doubted':
        return void this.#doubts.push({ at, because: event.because })
      case 'quarantined':
        return void this.quarantine.push({ cursor, at, ...event })
      case 'queued': {
        const mark: CommandMark = { at, does: event.action.does, outcome: 'waiting' }
        this.#byKey.set(event.key, mark)
        return void this.#commands.push(mark)
      }
      case 'settled': {
        const mark = this.#byKey.get(event.key)
        // What came to nothing is one mark, whether refused, too late or taken back.
        if (mark) mark.outcome = event.outcome === 'confirmed' ? 'confirmed' : 'rejected'
        return
      }
      case 'accepted':
      case 'conflicted': {
        const mark = this.#byKey.get(event.key)
        if (mark) mark.outcome = event.is === 'accepted' ? 'confirmed' : 'rejected'
        return
      }
      case 'change':
        return this.#change(event, at)
      default:
        return
    }
  }

  #day(event: JournalEvent, at: number): void {
    const isNews = event.is === 'change' || event.is === 'queued'
    const day = this.days.at(-1)
    if (!day || (isNews && at - this.#changedAt > DAY_ENDS_AFTER && this.#changedAt > 0)) {
      this.days.push({ from: at, to: at, rows: 1 })
    } else {
      day.to = Math.max(day.to, at)
      day.rows += 1
    }
    if (isNews) this.#changedAt = at
  }

  #change({ change }: EventOf<'change'>, at: number): void {
    const part = Math.floor(at / PART)
    this.#changes.set(part, (this.#changes.get(part) ?? 0) + 1)
    if (change.op === 'remove') return
    if (change.kind === 'results') this.#election.push({ at, what: 'results', says: change.record.status })
    if (change.kind === 'entry' && change.record.status !== 'NOT_STARTED')
      this.#election.push({ at, what: 'counted', says: change.record.status })
    if (change.kind === 'election' && change.record.phase !== this.#phase) {
      this.#phase = change.record.phase
      this.#election.push({ at, what: 'phase', says: change.record.phase })
    }
  }

  /** The marks of one day, thinned to what a bar can show. */
  of(day: RecordedDay): ReplayMarks {
    const { from, to } = day
    return {
      from,
      to,
      link: this.#stretches(from, to),
      doubts: thin(this.#doubts, from, to, ([first]) => ({ because: first.because })),
      commands: thin(this.#commands, from, to, (marks) => {
        const one = weightiest(marks, OUTCOMES, (mark) => mark.outcome)
        return { does: one.does, outcome: one.outcome }
      }),
      election: thin(this.#election, from, to, (marks) => {
        const one = weightiest(marks, TURNS, (mark) => mark.what)
        return { what: one.what, says: one.says }
      }),
      quarantine: thin(this.quarantine, from, to, ([first]) => ({ reason: first.reason })),
      activity: this.#activity(from, to),
    }
  }

  /** The link's state through the day, as wide as a mark at least: where several fall together the worst is told. */
  #stretches(from: number, to: number): ReplayMarks['link'] {
    const width = Math.max(1, (to - from) / MOST_MARKS)
    const worst: (LinkState | undefined)[] = Array.from({ length: MOST_MARKS })
    for (const [index, { at, state }] of this.links.entries()) {
      const end = Math.min(to, this.links[index + 1]?.at ?? to)
      if (at > to || end < from) continue
      const first = Math.max(0, Math.floor((at - from) / width))
      const last = Math.min(MOST_MARKS - 1, Math.floor((end - from) / width))
      for (let place = first; place <= last; place++) worst[place] = worse(worst[place], state)
    }
    const stretches: { from: number; to: number; state: LinkState }[] = []
    for (const [place, state] of worst.entries()) {
      const last = stretches.at(-1)
      const until = from + (place + 1) * width
      if (state === undefined) continue
      if (last?.state === state) last.to = until
      else stretches.push({ from: from + place * width, to: until, state })
    }
    return stretches
  }

  #activity(from: number, to: number): number[] {
    const first = Math.floor(from / PART)
    const length = Math.floor(to / PART) - first + 1
    const step = Math.ceil(length / MOST_MARKS)
    const parts = Array.from({ length: Math.ceil(length / step) }, () => 0)
    for (const [part, count] of this.#changes) {
      const index = Math.floor((part - first) / step)
      if (index >= 0 && index < parts.length) parts[index] = (parts[index] ?? 0) + count
    }
    return parts
  }
}

type Some<T> = readonly [T, ...T[]]

/** Marks within the day, those that would lie in one place as one. */
function thin<M extends { readonly at: number }, Words>(
  marks: readonly M[],
  from: number,
  to: number,
  words: (marks: Some<M>) => Words,
): (Words & { at: number; count: number })[] {
  const width = Math.max(1, (to - from + 1) / MOST_MARKS)
  const places = new Map<number, [M, ...M[]]>()
  for (const mark of marks) {
    if (mark.at < from || mark.at > to) continue
    const place = Math.floor((mark.at - from) / width)
    const there = places.get(place)
    if (there) there.push(mark)
    else places.set(place, [mark])
  }
  return [...places.values()].map((some) => ({ at: some[0].at, count: some.length, ...words(some) }))
}

function weightiest<M, Look extends string>(marks: Some<M>, order: readonly Look[], lookOf: (mark: M) => Look): M {
  for (const look of order) {
    const found = marks.find((mark) => lookOf(mark) === look)
    if (found) return found
  }
  return marks[0]
}

const worse = (a: LinkState | undefined, b: LinkState): LinkState =>
  a !== undefined && LINKS.indexOf(a) <= LINKS.indexOf(b) ? a : b
