import { type Topic, TOPICS } from '../shared/model/change.ts'
import type { Mode } from '../shared/model/records.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { IncidentTurn } from '../shared/view/incident.ts'
import type { Book } from './book.ts'
import type { JournalEvent } from './journal/event.ts'
import { salvage } from './journal/salvage.ts'
import type { Clock, Digest, Disk, DiskFault, JournalStore, Log } from './ports.ts'
import { laneOf } from './outbox/action.ts'
import { Folded } from './projection/folded.ts'
import type { OutboxEntry } from './projection/outbox-entry.ts'
import { readAt, type Recovered, recoverBook } from './recover-book.ts'

export type Identity = { readonly server: string; readonly election: number; readonly mode: Mode }
export type OpenFault = DiskFault | { readonly is: 'of-another'; readonly detail: string }
export type OpenParts = {
  readonly disk: Disk
  readonly digest: Digest
  readonly clock: Clock
  readonly log: Log
}
/** An open book and the file it is in; `through` as of `Recovered`. */
export type Opened = Recovered & { readonly name: string }

/** Damaged journals met in a row before a person has to look at the disk. */
const MOST_DAMAGED = 9

/** One journal for each server, election and mode: what belongs to another can never get into it. */
export const journalName = ({ server, election, mode }: Identity): string => `${server}-${election}-${mode}`
/** The first journal has the plain name; each that had to follow it has a number. */
const nameOf = (identity: Identity, successor: number): string =>
  successor === 0 ? journalName(identity) : `${journalName(identity)}-after-${successor}`

/** Why a journal follows another, and what operators typed there that no server has answered. */
type Before = {
  readonly after: NonNullable<Extract<JournalEvent, { is: 'opened' }>['after']>
  readonly unanswered: readonly JournalEvent[]
}

/**
 * Opens, or begins, the journal of this identity and folds it: the last of those that followed one another. One whose chain
 * is broken or whose file is damaged is left as it is, for the verifier, and a successor is begun beside it: what it says is
 * doubtful until read, as in any new journal, and why is in its first rows. What operators typed before the break, as far
 * as it reads, and no server has answered goes on in the successor.
 */
export function openBook(parts: OpenParts, identity: Identity): Result<Opened, OpenFault> {
  let successor = newestOf(parts.disk, identity)
  let before: Before | null = null
  for (let damaged = 0; damaged <= MOST_DAMAGED; successor++) {
    const name = nameOf(identity, successor)
    const store = parts.disk.journal(name)
    if (!store.ok && store.error.is !== 'corrupt') return store
    if (store.ok && successor > 0 && before === null && store.value.last() === null) {
      // Its beginner died before it could say what it follows.
      store.value.close()
      successor -= 2
      continue
    }
    const recovered = store.ok ? recoverBook(parts, name, store.value, parts.disk.checkpoints(name)) : store
    if (recovered.ok) return begin(parts, { ...recovered.value, name }, identity, before)
    damaged += 1
    before = setAside(parts, name, store, recovered.error, before)
  }
  return err({
    is: 'corrupt',
    detail: `${journalName(identity)}: too many damaged journals; move them away and start again`,
  })
}

function newestOf(disk: Disk, identity: Identity): number {
  const names = disk.journals()
  if (!names.ok) return 0
  const first = `${journalName(identity)}-after-`
  const numbers = names.value.filter((name) => name.startsWith(first)).map((name) => Number(name.slice(first.length)))
  return Math.max(0, ...numbers.filter((number) => Number.isSafeInteger(number)))
}

/** Leaves a journal that cannot be taken up as it is, with what of it has to go on. */
function setAside(
  { disk, digest, log }: OpenParts,
  journal: string,
  store: Result<JournalStore, DiskFault>,
  { detail }: { readonly detail: string },
  before: Before | null,
): Before {
  if (!store.ok) {
    log.error('journal damaged', { name: journal, detail })
    return { after: { journal, cursor: 0, head: '', why: 'damaged' }, unanswered: before?.unanswered ?? [] }
  }
  const { readable, from } = beginningIn({ digest, disk }, journal, store.value)
  const salvaged = salvage(store.value, digest, (record) => readable.apply(record), from)
  store.value.close()
  const unanswered = unansweredIn(readable)
  log.error('journal chain broken', { name: journal, detail, lost: salvaged.lost, unanswered: unanswered.length })
  return { after: { journal, ...salvaged.sound, why: 'broken' }, unanswered }
}

/** What the checkpoint holds that stands for a beginning which is not there; of a journal with its first row nothing is needed. */
function beginningIn({ disk, digest }: Pick<OpenParts, 'disk' | 'digest'>, name: string, store: JournalStore) {
  const begins = store.read(0, 1)[0]?.cursor ?? 1
  const held = begins > 1 ? readAt(digest, store, disk.checkpoints(name), begins) : null
  return held?.ok ? { readable: held.value.folded, from: held.value.through } : { readable: new Folded(), from: null }
}

/**
 * What waits in the outbox and what was taken and not seen back, told anew with all that belongs to it, count sheets that wait for
 * a second person, what was counted on paper, and calls the server was not told of; that an action was sent before is told too, for
 * it may have arrived.
 */
export function unansweredIn({ projection: { outbox, sheets, paper, duty } }: Folded): JournalEvent[] {
  const typed = sheets.waiting().map((turn): JournalEvent => ({ is: 'sheet', turn }))
  const isOpen = ({ key }: OutboxEntry) => outbox.waiting.has(key) || outbox.unseen.has(key)
  // What an earlier action made is not taken for the doing of one that waits for its answer: the row says whose it is.
  const rivals = [...outbox.waiting]
    .flatMap((key) => outbox.find(key) ?? [])
    .filter(({ unsure }) => unsure > 0)
    .flatMap(({ action }) => outbox.typedOf(laneOf(action)))
  const made = new Set(rivals.filter(({ row, state, undoneBy }) => row !== null && state === 'confirmed' && !undoneBy))
  const open = [...outbox.entries.values()].filter((entry) => isOpen(entry) || made.has(entry))
  const counted = paper.waiting().map((turn): JournalEvent => ({ is: 'paper', turn }))
  const rung = duty.calls.untold().map(({ turn }): JournalEvent => ({ is: 'call', turn }))
  return [...open.flatMap(toldAnew), ...typed, ...counted, ...rung]
}

function toldAnew(entry: OutboxEntry): readonly JournalEvent[] {
  const { key, action, by, queuedAt: typedAt, seen, why, deadline, undoes } = entry
  const { unsure, serverAt, acceptedFrom, already, row } = entry
  const more = { ...(seen && { seen }), ...(why !== null && { why }), ...(undoes && { undoes }) }
  const last = deadline !== null && { deadline }
  const queued: JournalEvent = { is: 'queued', key, action, by, typedAt, ...more, ...last }
  const sent: JournalEvent = { is: 'sent', key, ...(serverAt !== null && { serverAt }) }
  if (acceptedFrom !== null) {
    const accepted: JournalEvent = { is: 'accepted', key, ...(already && { already }), ...(row !== null && { row }) }
    const isSeen = entry.state === 'confirmed'
    return [
      queued,
      sent,
      accepted,
      ...(isSeen ? [{ is: 'settled', key, outcome: 'confirmed', reason: null } as const] : []),
    ]
  }
  return unsure > 0 ? [queued, sent] : [queued]
}

function begin(
  { clock }: OpenParts,
  opened: Opened,
  identity: Identity,
  before: Before | null,
): Result<Opened, OpenFault> {
  const { book } = opened
  const found = book.projection.identity
  if (
    found &&
    (found.server !== identity.server || found.election !== identity.election || found.mode !== identity.mode)
  ) {
    book.close()
    return err({ is: 'of-another', detail: `journal of ${journalName(found)}, not of ${journalName(identity)}` })
  }
  const first = found ? goingOn(opened) : firstRows(identity, before, clock.now())
  const begun = book.commit([...first, ...lostRows(book, clock.now())], 'power')
  if (begun.ok) {
    book.journal.lostEndTold()
    return ok(opened)
  }
  book.close()
  return begun
}

/**
 * What was last known stays on screen; that it may be old is known from the moment the journal stops. Where the first rows were let
 * go and no checkpoint stands for them, records are missing of which a later row says that they were read: all is to be read anew.
 */
function goingOn({ book: { journal }, through }: Opened): readonly JournalEvent[] {
  const isPart = through === null && journal.begins > 1
  return [doubt(TOPICS, journal.lastAt, isPart ? 'journal-broken' : 'link-down')]
}

/** An end that is gone is told in the journal, where it stays, and to a person, who has to say that they know. */
function lostRows({ journal }: Book, now: number): readonly JournalEvent[] {
  const { lostEnd: lost, lastAt } = journal
  if (!lost) return []
  const { through, saved } = lost
  const after = Math.min(journal.cursor, through - 1)
  const turn: IncidentTurn = {
    ...{ does: 'triggered', key: `lost-end:${through}`, topic: null, committee: null },
    severity: saved === false ? 'warning' : 'alarm',
    evidence: { is: 'lost-end', after, through, lastAt, saved },
    since: lastAt || now,
  }
  return [
    { is: 'lost-end', after, through, head: lost.hash, saved },
    { is: 'incident', id: `lost-end:${through}@${now}`, turn },
  ]
}

function firstRows(identity: Identity, before: Before | null, now: number): readonly JournalEvent[] {
  const opened: JournalEvent = { is: 'opened', version: 1, ...identity }
  if (!before) return [opened]
  return [{ ...opened, after: before.after }, doubt(TOPICS, now, 'journal-broken'), ...before.unanswered]
}

const doubt = (topics: readonly Topic[], since: number, because: 'link-down' | 'journal-broken'): JournalEvent => ({
  is: 'doubted',
  topics,
  since,
  because,
})
