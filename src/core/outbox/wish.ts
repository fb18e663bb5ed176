import type { CommandKey } from '../../shared/model/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { User } from '../../shared/view/session.ts'
import { type MayNot, mayNot } from '../authority.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { Projection } from '../projection/fold.ts'
import { type Action, laneOf } from './action.ts'
import { seenOf } from './seen.ts'

/** What an operator asks for: the action, and what belongs to it. */
export type Wish = {
  readonly action: Action
  readonly why?: string
  /** Not to be sent after this, ms. */
  readonly deadline?: number
  readonly undoes?: CommandKey
}
/** `not-known`: there is no such record here. */
export type WishFault = MayNot | 'not-known'
export type Draft = Omit<Extract<JournalEvent, { is: 'queued' }>, 'is' | 'key'>

/** What is to be written of a wish, with what this desk showed when it was made; or why it may not be. `known`: the server itself named the record. */
export function draftOf(
  wish: Wish,
  user: User | null,
  projection: Projection,
  known = false,
): Result<Draft, WishFault> {
  const { action, ...more } = wish
  const fault = mayNot(user, action, (id) => projection.of('guarantee').get(id)?.record)
  if (fault !== null || user === null) return err(fault ?? 'not-allowed')
  if (!known && !isKnown(action, projection)) return err('not-known')
  const mine = projection.outbox.ofLane(laneOf(action)).filter(({ by }) => by === user.email)
  const seen = seenOf(
    action,
    projection.desk,
    mine.map((entry) => entry.action),
  )
  return ok({ action, by: user.email, ...more, ...(seen && { seen }) })
}

/** Whether the record that is to be changed is here. */
function isKnown(action: Action, projection: Projection): boolean {
  switch (action.does) {
    case 'attendance.correct':
      return projection.of('attendance').has(action.id)
    case 'guarantee.update':
    case 'guarantee.confirm':
    case 'guarantee.remove':
    case 'guarantee.note':
      return projection.of('guarantee').has(action.id)
    case 'count.verify':
      return projection.of('entry').has(action.committee)
    case 'results.publish':
      return projection.of('results').has('results')
    default:
      return true
  }
}
