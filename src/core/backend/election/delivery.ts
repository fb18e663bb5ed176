import type { Topic } from '../../../shared/model/change.ts'
import type { User } from '../../../shared/view/session.ts'
import { laneOf, topicOfAction } from '../../outbox/action.ts'
import type { Delivery, Verdict } from '../../outbox/outbox-contract.ts'
import { isLate } from '../../outbox/ready.ts'
import { clashes, type Holdings, isAsWanted, standingOf, type Standing } from '../../outbox/standing.ts'
import { COMMIT_GRACE } from '../../ingest/difference.ts'
import type { Clock } from '../../ports.ts'
import type { OutboxEntry } from '../../projection/outbox-entry.ts'
import type { Rest, RestFault } from '../backend.ts'
import { restCallFor } from './actions.ts'
import { clashFound, clashHere } from './clash.ts'
import { asRestFault, lookAt, type Looked, type LookFault, lookForRow } from './look.ts'
import { afterLook, settle } from './settle.ts'
import { taken } from './taken.ts'
import { NO_VERSION, replaces, versionIn, versionOf } from './versions.ts'

/** Under way at once at a server that takes each key once and numbers what it does. */
const WIDTH = 8
/** How far the server's clock may be from what this desk takes it for, ms, for a record to be of a sending of ours. */
const SKEW = 5 * 60_000
/** By the server's clock, ms: it did none of our sendings before. Where it does not tell its time, this desk's has to do. */
const earliestOf = ({ serverAt, queuedAt }: OutboxEntry): number => (serverAt ?? queuedAt) - SKEW

export type DeliveryParts = {
  readonly rest: Rest
  readonly clock: Clock
  /** Who is signed in; null: nobody. */
  readonly user: () => User | null
  /** The server takes each key once and refuses what rests on an older version of a record. */
  readonly isSafe: () => boolean
  /** The server keeps what was said to a sheet's warnings. */
  readonly keepsWords?: () => boolean
  /** What is held here of a topic may lack what was told. */
  readonly inDoubt?: (topic: Topic) => boolean
}

/**
 * Carries actions to a server of the election family. A hub is safe to ask twice: the key and the version see to it. The plain
 * server knows neither, so there whatever replaces something is read before it is written, and whatever may have been done is
 * looked for before it is done again. It keeps nothing between two actions.
 */
export function electionDelivery(parts: DeliveryParts): Delivery {
  return {
    width: () => (parts.isSafe() ? WIDTH : 1),
    settles: () => settles(parts),
    async deliver(entry, held) {
      const verdict = await deliver(parts, entry, held)
      if (verdict.is !== 'again' || verdict.undone) return verdict
      return { ...verdict, afterMs: Math.max(verdict.afterMs ?? 0, settles(parts)) }
    },
  }
}

/** A plain server commits a while after it was asked; what is looked for sooner is not there and would be done twice. */
const settles = ({ isSafe }: DeliveryParts): number => (isSafe() ? 0 : COMMIT_GRACE)

async function deliver(parts: DeliveryParts, entry: OutboxEntry, held: Holdings): Promise<Verdict> {
  const { action, row, unsure } = entry
  if (action.does !== 'count.verify' || rowOf(entry, held) !== null)
    return deliverKnown(parts, entry, held, standingOf(action, held, row))
  // What was typed goes on after a journal that broke, what was read does not: that a sheet is not here says nothing.
  const found = await lookForRow(parts.rest, action.committee)
  if (!found.ok) return unread(entry, found.error)
  return found.value === null ? isGone(unsure) : deliverKnown(parts, { ...entry, row: found.value }, held, null)
}

/** Nothing was sent by this try. */
const unread = ({ attempts, unsure }: OutboxEntry, fault: LookFault): Verdict => ({
  ...afterLook(asRestFault(fault), attempts),
  ...(unsure === 0 && { undone: true }),
})

/** `here`: how the record stands as read here; null: it is not known. */
async function deliverKnown(
  parts: DeliveryParts,
  entry: OutboxEntry,
  held: Holdings,
  here: Standing | null,
): Promise<Verdict> {
  const { action, seen, unsure } = entry
  const isContested = here !== null && clashes(action, seen, here.fields).length > 0
  // Known here already: nothing has to be asked to see that somebody changed it.
  if (unsure === 0 && isContested) return { is: 'conflict', clash: clashHere(action, seen, here, held) }
  const late = isLate(entry, parts.clock.now())
  if (late || (!parts.isSafe() && (unsure > 0 || replaces(action)))) {
    const looked = await lookAt(parts.rest, action, rowOf(entry, held))
    if (!looked.ok) return unread(entry, looked.error)
    const known = byLook(parts, entry, looked.value, held)
    if (known !== null) return known
    if (late) return { is: 'expired' }
  }
  // Done before, a hub says so by the key; not done, it must not go over what another wrote meanwhile, which is here known already.
  const isInDoubt = parts.inDoubt?.(topicOfAction(action)) ?? false
  return write(parts, entry, held, isContested ? NO_VERSION : versionOf(action, here, isInDoubt))
}

/** What a look says of an action; null: it has to be sent. */
function byLook(parts: DeliveryParts, entry: OutboxEntry, looked: Looked, held: Holdings): Verdict | null {
  const { action, seen } = entry
  const { fields, by, at, row } = looked
  if (action.does === 'results.generate') return byResults(entry, looked)
  if (isAsWanted(action, fields) && !isOlderNote(entry, at)) {
    const already = isOurs(parts, entry, looked, held) ? {} : { already: { by, at } }
    return { is: 'accepted', seen: true, ...already, ...(row !== null && { row }) }
  }
  if (action.does === 'attendance.mark' && fields !== null)
    return { is: 'conflict', clash: clashFound(action, looked, held) }
  if (fields !== null && clashes(action, seen, fields).length > 0)
    return { is: 'conflict', clash: clashFound(action, looked, held) }
  if (
    fields === null &&
    (action.does.startsWith('guarantee.') || action.does === 'attendance.correct') &&
    replaces(action)
  )
    return isGone(entry.unsure)
  return null
}

/** Published results are not added up anew behind the operator's back: that would take the publication back. */
function byResults(entry: OutboxEntry, { fields }: Looked): Verdict | null {
  const made = fields?.['generated']
  // By whom they were added up, no server tells.
  if (entry.unsure > 0 && typeof made === 'number' && made >= earliestOf(entry))
    return { is: 'accepted', seen: true, already: { by: null, at: made } }
  if (fields?.['status'] !== 'PUBLISHED') return null
  return {
    is: 'rejected',
    reason: 'The results are published; adding them up again would take that back.',
    next: 'ask-admin',
  }
}

/** What it was about is no more. Whether a sending without an answer was done before that, no server tells. */
const isGone = (unsure: number): Verdict => ({
  is: 'rejected',
  reason:
    unsure > 0
      ? 'The server does not have it any more; whether this was done before, it does not tell.'
      : 'The server does not have it any more.',
  next: 'look-again',
})

/** The same words of an earlier day are another note. */
const isOlderNote = (entry: OutboxEntry, at: number | null): boolean =>
  entry.action.does === 'guarantee.note' && (at ?? 0) < earliestOf(entry)

/**
 * One of our sendings may have done it, and the server says that it was this account, about then. Where it does not say, it may
 * have been anybody; and what another action of this desk made, this one did not.
 */
function isOurs({ user }: DeliveryParts, entry: OutboxEntry, { by, at, row }: Looked, held: Holdings): boolean {
  const { key, action, unsure } = entry
  if (row !== null && held.typedOf(laneOf(action)).some((other) => other.key !== key && other.row === row)) return false
  return unsure > 0 && by !== null && by === user()?.name && at !== null && at >= earliestOf(entry)
}

async function write(
  parts: DeliveryParts,
  entry: OutboxEntry,
  held: Holdings,
  version: string | null | undefined,
  isAgain = false,
): Promise<Verdict> {
  const { action, key } = entry
  const call = restCallFor(
    action,
    key,
    { entryRow: rowOf(entry, held), keepsWords: parts.keepsWords?.() ?? false },
    parts.isSafe() ? version : undefined,
  )
  if (call === null) return isGone(entry.unsure)
  const answer = await parts.rest({ ...call, notAfter: entry.deadline })
  if (answer.ok) return taken(parts.rest, entry, answer.value)
  // Where an earlier sending may have done it, the next try looks before it is called late.
  if (answer.error.is === 'too-late' && entry.unsure === 0) return { is: 'expired' }
  const settled = settle(action, answer.error, entry.attempts)
  if (settled.is === 'rejected' && entry.unsure > 0 && isBreakdown(answer.error))
    return foundOr(parts, entry, held, settled)
  if (settled.is === 'rejected' && entry.unsure > 0 && isMissing(answer.error) && action.does !== 'guarantee.create')
    return isGone(entry.unsure)
  if (settled.is !== 'check') return settled
  const newer = versionIn(answer)
  return checked(parts, entry, held, settled.reason, isAgain ? null : newer)
}

/** It broke down over this one; what an earlier sending did, it does not say. */
const isBreakdown = (fault: RestFault): boolean =>
  fault.is === 'not-ours' || (fault.is === 'answer' && fault.status >= 500)

const isMissing = (fault: RestFault): boolean => fault.is === 'answer' && fault.status === 404

/** An earlier sending, whose answer was lost, may have done it: nothing is called refused that stands there. */
async function foundOr(parts: DeliveryParts, entry: OutboxEntry, held: Holdings, refused: Verdict): Promise<Verdict> {
  const looked = await lookAt(parts.rest, entry.action, rowOf(entry, held))
  if (!looked.ok) return afterLook(asRestFault(looked.error), entry.attempts)
  return byLook(parts, entry, looked.value, held) ?? refused
}

/** The server says that it is so already, or not as this desk knows it: what it has decides. */
async function checked(
  parts: DeliveryParts,
  entry: OutboxEntry,
  held: Holdings,
  reason: string,
  newer: string | null,
): Promise<Verdict> {
  const { action } = entry
  const looked = await lookAt(parts.rest, action, rowOf(entry, held))
  if (!looked.ok) return afterLook(asRestFault(looked.error), entry.attempts)
  const known = byLook(parts, entry, looked.value, held)
  if (known !== null) return known
  // What changed is not what this action is about: it goes on top of it.
  if (newer !== null) return write(parts, entry, held, newer, true)
  if (action.does === 'guarantee.create') {
    return { is: 'conflict', clash: clashFound(action, looked.value, held) }
  }
  if (action.does === 'attendance.mark') return { is: 'conflict', clash: clashFound(action, looked.value, held) }
  return { is: 'rejected', reason, next: 'look-again' }
}

/** The server's row of the committee's entry: as read here, else as it was found for this try. */
function rowOf({ action, row }: OutboxEntry, held: Holdings): number | null {
  if (action.does !== 'count.enter' && action.does !== 'count.verify') return null
  return held.of('entry').get(action.committee)?.record.row ?? row
}
