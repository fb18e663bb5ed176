import type { Position } from '../../../shared/model/change.ts'
import type { Result } from '../../../shared/result.ts'
import type { Action } from '../../outbox/action.ts'
import type { Standing } from '../../outbox/standing.ts'
import type { RestFault, RestReply } from '../backend.ts'
import { isObject } from './fields.ts'

const ADDS: readonly Action['does'][] = ['attendance.mark', 'attendance.pending', 'guarantee.create', 'guarantee.note']
/** Only a server that takes each key once has these, and it holds two entries against each other itself. */
const OF_TWO: readonly Action['does'][] = ['count.type', 'count.resolve', 'count.drop']
/** It puts something in the place of something: on a server without versions that is looked at first. */
export function replaces({ does }: Action): boolean {
  return ![...ADDS, ...OF_TWO].includes(does)
}

export const versionText = ({ epoch, seq }: Position): string => `"${epoch}:${seq}"`
/**
 * The place in the stream up to which this desk knows the record: a hub refuses what rests on less than it has. `isInDoubt`:
 * something may have been told unheard. One record told after that is known as it stands; of a sheet it may be the one part that was
 * heard, and the place of that part is none of the others'.
 */
export function versionOf(action: Action, here: Standing | null, isInDoubt = false): string | null | undefined {
  // Nothing is read of a sheet that nobody entered, nor of results nobody added up: those may well be the first.
  if (here === null && action.does === 'count.enter') return null
  if (!replaces(action) || (here === null && action.does === 'results.generate')) return undefined
  if (here === null) return NO_VERSION
  const isTorn = isInDoubt && (action.does === 'count.enter' || action.does === 'count.verify')
  return here.position && !isTorn ? versionText(here.position) : NO_VERSION
}
/** What was not read here, or not told in one stream, rests on no place in it: a hub refuses this one, and then what it has is looked at. */
export const NO_VERSION = '"none:0"'

/** The version a hub says is there, with its refusal. */
export function versionIn(answer: Result<RestReply, RestFault>): string | null {
  if (answer.ok || answer.error.is !== 'answer' || answer.error.status !== 412) return null
  const { errors } = answer.error
  return isObject(errors) && typeof errors['version'] === 'string' ? errors['version'] : null
}
