import { checkChain, UNCHECKED } from '../../src/core/journal/chain.ts'
import { laneOf, RESULTS_LANE } from '../../src/core/outbox/action.ts'
import type { OutboxEntry } from '../../src/core/projection/outbox-entry.ts'
import { salvage } from '../../src/core/journal/salvage.ts'
import type { JournalStore } from '../../src/core/ports.ts'
import { differing } from '../../src/shared/sheet/sheet.ts'
import { Folded } from '../../src/core/projection/folded.ts'
import { type Desk, sha256 } from './desk.ts'
import { judgeKept } from './keeping.ts'
import type { Verdict } from './judge.ts'
import type { Typed } from './operator.ts'
import type { Row } from './server/rows.ts'
import type { Effect, SimServer } from './server/server.ts'
import type { Over } from './server/writers.ts'

type Parts = {
  readonly desk: Desk
  readonly server: SimServer
  readonly verdict: Verdict
  readonly typed: readonly Typed[]
  readonly entries: readonly OutboxEntry[]
  /** What the server did of each action. */
  readonly done: ReadonlyMap<string, readonly Effect[]>
}

/** At rest: what was typed at a desk is held against what the server did, and the journal against its own chain. */
export function judgeDeeds(desk: Desk, server: SimServer, all: readonly Typed[], verdict: Verdict): void {
  const mine = server.effects.filter(({ by }) => by === desk.account.id)
  const parts: Parts = {
    ...{ desk, server, verdict },
    typed: all.filter((one) => one.desk === desk),
    entries: entriesOf(desk),
    done: Map.groupBy(mine, ({ key }) => key ?? ''),
  }
  judgeTyped(parts)
  judgeEntries(parts)
  judgeOrder(parts)
  for (const effect of mine) judgeEffect(parts, effect)
  judgeJournals(desk, verdict)
  const [fault] = desk.window.faults
  if (fault !== undefined) verdict.breaks('I22', `${desk.name}: ${fault}`)
}

/** What is in the outbox and, where its journal had to follow another, what had its end in that one, in the order typed. */
function entriesOf({ book, core, disk }: Desk): readonly OutboxEntry[] {
  const all = new Map<string, OutboxEntry>()
  for (const name of disk.names()) {
    if (name === core?.journal() && !disk.torn.beginnings.has(name)) continue
    const folded = new Folded()
    const rows = disk.kept(name)?.rows ?? []
    const store: Pick<JournalStore, 'read'> = { read: (after, limit) => rows.slice(after, after + limit) }
    salvage(store as JournalStore, sha256, (record) => folded.apply(record)) // it only reads
    for (const [key, entry] of folded.projection.outbox.entries) all.set(key, entry)
  }
  for (const [key, entry] of book?.projection.outbox.entries ?? []) all.set(key, entry)
  return [...all.values()]
}

const told = ({ name }: Desk, { action, key }: Pick<OutboxEntry, 'action' | 'key'>): string =>
  `${name}'s ${JSON.stringify(action)} (${key})`

/** A sheet is typed in one way; whether it is one of two is the desk's to know. */
const doesOf = ({ action }: OutboxEntry): string => (action.does === 'count.type' ? 'count.enter' : action.does)

/** What was said to be saved is in the outbox, as it was typed. */
function judgeTyped({ desk, verdict, typed, entries }: Parts): void {
  const known = new Map<string, OutboxEntry>(entries.map((entry) => [entry.key, entry]))
  for (const { answer, keys, name, action, about } of typed) {
    if (answer !== 'saved') continue
    for (const key of keys) {
      const entry = known.get(key)
      if (!entry) return verdict.breaks('I4', `${desk.name}'s ${name} (${key}) was saved, and is in no outbox`)
      const held = { ...entry.action, does: doesOf(entry) }
      const wrong = Object.entries(action ?? {}).find(
        ([field, value]) => JSON.stringify(held[field as keyof typeof held]) !== JSON.stringify(value),
      )
      if (wrong) return verdict.breaks('I4', `${told(desk, entry)} was typed with ${wrong.join(' ')}`)
    }
    const taken = name === 'outbox.undo' && keys.length === 0 ? known.get(about ?? '') : undefined
    if (taken && taken.state !== 'withdrawn')
      verdict.breaks('I4', `${told(desk, taken)} was taken back unsent, and is shown as ${taken.state}`)
  }
  judgeDrops({ desk, verdict, typed, entries })
  judgeStrangers({ desk, verdict, typed, entries })
}

/** What was said to be thrown away: an action in the outbox or, where both entries were of this desk alone, a word in its journal. */
function judgeDrops({ desk, verdict, typed, entries }: Pick<Parts, 'desk' | 'verdict' | 'typed' | 'entries'>): void {
  for (const { name, answer, action } of typed) {
    if (name !== 'count.drop' || answer !== 'saved' || entries.some((entry) => isOf(entry, action))) continue
    const words = JSON.stringify(action?.reason)
    const isHere = (text: string) => text.includes('"does":"dropped"') && text.includes(words)
    const rows = [...desk.disk.names()].flatMap((each) => desk.disk.kept(each)?.rows ?? [])
    if (!rows.some(({ text }) => isHere(text)))
      return verdict.breaks('I4', `${desk.name}'s count.drop (${words}) was saved, and is in no outbox`)
  }
}
const isOf = ({ action }: OutboxEntry, typed: Row | null): boolean =>
  action.does === 'count.drop' && action.reason === typed?.reason

/** Nothing is in the outbox that nobody typed: what has no answer of its own is somebody's who got none. */
function judgeStrangers({
  desk,
  verdict,
  typed,
  entries,
}: Pick<Parts, 'desk' | 'verdict' | 'typed' | 'entries'>): void {
  const answered = new Set(typed.flatMap(({ keys }) => keys))
  const left = typed.filter(({ answer, name }) => answer === 'none' || (answer === 'saved' && name === 'count.drop'))
  const anything = left.some(({ action }) => action === null)
  for (const entry of entries) {
    if (answered.has(entry.key) || anything) continue
    const at = left.findIndex(({ action }) => action?.does === doesOf(entry))
    if (at < 0) return verdict.breaks('I4', `${told(desk, entry)} is in the outbox, and nobody typed it`)
    left.splice(at, 1)
  }
}

/** Done again they would be there twice: a server that cannot tell has to be looked at first. */
const ONCE: ReadonlySet<string> = new Set([
  ...['attendance.mark', 'attendance.pending', 'guarantee.create', 'guarantee.note'],
])

/** Each action has one end, it is the one that is written down, and it is true. */
function judgeEntries({ desk, server, verdict, entries, done }: Parts): void {
  const ends = endsOf(desk)
  for (const entry of entries) {
    const effects = done.get(entry.key) ?? []
    const { settled = 0, accepted = 0 } = ends.get(entry.key) ?? {}
    const says = (what: string) => verdict.breaks('I4', `${told(desk, entry)} ${what}`)
    if (entry.settledAt === null) return says(`is still ${entry.state}`)
    if (settled + accepted === 0) return says(`is shown as ${entry.state}, and the journal does not say so`)
    if (settled > 1) return says(`is settled ${settled} times`)
    if (effects.length > 1 && (server.numbered || ONCE.has(entry.action.does)))
      return says(`was done ${effects.length} times`)
    // Done, not answered, and taken away by another since: nobody is told more than that it is not there.
    const isGone = entry.unsure > 0 && entry.reason?.includes('it does not tell') === true
    if (REFUSED.has(entry.state) && effects.length > 0 && !isGone)
      return says(`is shown as ${entry.state}, and was done`)
    // It was so already, by another or by an earlier word of one's own, and that is what is shown.
    if (
      entry.state === 'confirmed' &&
      effects.length === 0 &&
      entry.already === null &&
      !isSaidBefore(entry, entries, done) &&
      !isForgotten(desk, entry, entries, done)
    )
      return says('is shown as done, and was not')
  }
}
/** The very same sheet was typed here twice and done once: which of the two it was, nobody can tell. */
const isSaidBefore = ({ key, action }: OutboxEntry, entries: Parts['entries'], done: Parts['done']): boolean =>
  action.does === 'count.enter' &&
  entries.some((other) => other.key !== key && done.has(other.key) && isSameSheet(action, other.action))
/**
 * What an earlier mark of the elector made was in rows that are let go, and no checkpoint of them was left. Here that is seconds ago;
 * a desk keeps a week, and looks no further back than minutes.
 */
const isForgotten = ({ disk }: Desk, { key, action }: OutboxEntry, entries: Parts['entries'], done: Parts['done']) =>
  disk.torn.beginnings.size > 0 &&
  action.does === 'attendance.mark' &&
  entries.some(
    (other) =>
      other.key !== key &&
      done.has(other.key) &&
      other.action.does === 'attendance.mark' &&
      other.action.elector === action.elector &&
      other.action.committee === action.committee,
  )
const isSameSheet = (one: Sheet, other: OutboxEntry['action']): boolean =>
  (other.does === 'count.enter' || other.does === 'count.type') &&
  one.committee === other.committee &&
  differing(one, other).length === 0
type Sheet = Extract<OutboxEntry['action'], { does: 'count.enter' }>
const REFUSED: ReadonlySet<string> = new Set(['rejected', 'expired', 'withdrawn'])

type Ends = { settled: number; accepted: number }
/** How often the journal says of each action that it ended, and that the server has it. */
function endsOf({ disk }: Desk): ReadonlyMap<string, Ends> {
  const ends = new Map<string, Ends>()
  for (const name of disk.names())
    for (const text of toldFirst((disk.kept(name)?.rows ?? []).map((row) => row.text))) {
      const [, is, key] = /^\{"is":"(accepted|settled|conflicted)","key":"([^"]+)"/.exec(text) ?? []
      if (key === undefined) continue
      const known = ends.get(key) ?? { settled: 0, accepted: 0 }
      known[is === 'accepted' ? 'accepted' : 'settled'] += 1
      ends.set(key, known)
    }
  return ends
}

/** Of ends only that an action was confirmed is told again. */
const TOLD_AGAIN = /^\{"is":"(queued|sent|accepted|sheet|paper|call|settled","key":"[^"]+","outcome":"confirmed)"/
/** Of a journal that follows a broken one, without the rows it begins with, which tell again what the broken one has told. */
function toldFirst(rows: readonly string[]): readonly string[] {
  if (!rows[0]?.startsWith('{"is":"opened"') || !rows[0].includes('"after":{')) return rows
  const told = rows.findIndex((text, at) => at > 1 && !TOLD_AGAIN.test(text))
  return told < 0 ? [] : rows.slice(told)
}

/** The server did nothing that nobody typed, and put nothing in the place of what the operator had not seen. */
function judgeEffect({ desk, server, verdict, entries }: Parts, effect: Effect): void {
  const entry = entries.find(({ key }) => key === effect.key)
  if (!entry)
    return verdict.breaks('I4', `the server did ${effect.does} on ${effect.on} (${effect.key}), which nobody typed`)
  if (effect.does === 'count.enter' && entry.action.does === 'count.type')
    return verdict.breaks('S129', `${told(desk, entry)} is one of two entries, and was counted alone`)
  const blind = effect.over.find(({ name, field, value, since, lookedAt }) => {
    const seen = entry.seen?.[fieldOf({ name, field })]
    // Between a look and a write an election server gives nobody a place to stand.
    return !seen?.includes(value as string) && ((server.numbered && !effect.isPolling) || since <= lookedAt)
  })
  if (blind)
    verdict.breaks(
      'S103',
      `${told(desk, entry)} was written over ${blind.name} ${blind.field} = ${blind.value}, unseen`,
    )
}

const FIELDS: Readonly<Record<string, string>> = {
  guarantee_status: 'status',
  confirmation_status: 'confirmation',
  quick_note: 'note',
  total_ballots_cast: 'cast',
  invalid_ballots: 'invalid',
}
/** A field of the server's in the words of an action. */
const fieldOf = ({ name, field }: Pick<Over, 'name' | 'field'>): string =>
  field === 'vote_count' ? `votes/${name.at(-1)}` : (FIELDS[field] ?? field)

/** What was done first was typed first: of one record, of the results and all else, and at a server that is asked one thing at a time, of all. */
function judgeOrder({ desk, server, verdict, entries, done }: Parts): void {
  const lasts = new Map<string, number>()
  let [latest, results] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const entry of entries) {
    const at = done.get(entry.key)?.[0]?.at
    if (at === undefined) continue
    const lane = laneOf(entry.action)
    const isAlone = !server.numbered || lane === RESULTS_LANE
    const before = isAlone ? latest : Math.max(results, lasts.get(lane) ?? Number.NEGATIVE_INFINITY)
    if (at < before) return verdict.breaks('I4', `${told(desk, entry)} was done before what was typed before it`)
    lasts.set(lane, at)
    latest = Math.max(latest, at)
    if (lane === RESULTS_LANE) results = at
  }
}

function judgeJournals(desk: Desk, verdict: Verdict): void {
  const digest = desk.console?.ports.digest
  if (!digest) return
  for (const name of desk.disk.names()) {
    const { fault } = checkChain(digest, UNCHECKED, desk.disk.kept(name)?.rows ?? [])
    if (fault && desk.disk.torn.rows.get(name) !== fault.cursor)
      verdict.breaks('I4', `the journal ${name} of ${desk.name}: ${fault.is} at ${fault.cursor}`)
    judgeKept(desk, name, verdict)
  }
}
