import { COMMITTEE, digitsOf, ELSEWHERE, electorAt, guaranteeAt, markAt, sheetAt } from './election.ts'
import type { Script } from './operator.ts'

/** What is typed of each ten electors, in turn: each kind of action that leaves a trace of its own at the server. */
export const KINDS = [
  'attendance.mark',
  'attendance.pending',
  'count.enter',
  'guarantee.update',
  'guarantee.confirm',
  'guarantee.note',
  'guarantee.remove',
  'guarantee.create',
  'attendance.correct',
  'count.verify',
] as const
export type Kind = (typeof KINDS)[number]
export type Typed = { readonly does: Kind; readonly input: object }
const ROUND = KINDS.length
export const kindAt = (index: number): Kind => KINDS[index % ROUND] ?? 'attendance.mark'

/**
 * Typed twice by a person they are two, a sheet entered again is no longer verified, and what was taken away is not there to
 * be taken away again: only what was typed once can be told from what was done twice.
 */
const ONCE: ReadonlySet<Kind> = new Set([
  ...(['attendance.pending', 'attendance.correct', 'guarantee.note', 'guarantee.remove', 'count.enter'] as const), // literals
])
export const isTypedOnce = (index: number): boolean => ONCE.has(kindAt(index))

/** The entry that an index verifies: that of the round before, so that it was answered long ago. Null: this one verifies nothing. */
export const verifiedAt = (index: number): number | null =>
  kindAt(index) === 'count.verify' ? index - (index % ROUND) - ROUND + KINDS.indexOf('count.enter') : null

/** What is typed about the `index`th elector, guarantee or sheet. */
export function commandAt(index: number): Typed {
  const does = kindAt(index)
  const elector = electorAt(index)
  const id = guaranteeAt(index)
  switch (does) {
    case 'attendance.mark':
      return { does, input: { elector, committee: COMMITTEE } }
    case 'attendance.pending':
      return { does, input: { elector, committee: ELSEWHERE } }
    case 'attendance.correct':
      return { does, input: { id: markAt(index), to: 'removed', reason: 'the wrong person' } }
    case 'guarantee.update':
      return { does, input: { id, note: elector } }
    case 'guarantee.confirm':
      return { does, input: { id, confirmation: 'CONFIRMED' } }
    case 'guarantee.note':
      return { does, input: { id, text: elector } }
    case 'guarantee.remove':
      return { does, input: { id } }
    case 'guarantee.create':
      return { does, input: { elector } }
    case 'count.enter':
      return { does, input: { committee: sheetAt(index), ...figuresAt(index), remarks: [] } }
    case 'count.verify':
      return { does, input: { committee: sheetAt(verifiedAt(index) ?? index) } }
  }
}

/** A day of the kinds above. Nobody verifies a sheet that they do not know to be entered. */
export const DAY: Script = {
  commandAt,
  isTypedOnce,
  isTyped(index, saved) {
    const sheet = verifiedAt(index)
    return sheet === null || saved.has(sheet)
  },
}

/** No two sheets have the same figures: a twin would need words. The first candidate has a vote of each ballot. */
export function figuresAt(index: number) {
  const votes = digitsOf(index).map((digit, place) => ({ candidate: place + 1, votes: digit }))
  return { cast: votes[0]?.votes ?? 0, invalid: 0, votes }
}

/** By what an action is known to the desk: what it does, and of which record. */
export function aboutOf({ does, ...input }: { readonly does: string; readonly [field: string]: unknown }): string {
  return `${does} ${input['id'] ?? input['elector'] ?? input['committee']}`
}
export function aboutAt(index: number): string {
  const { does, input } = commandAt(index)
  return aboutOf({ does, ...input })
}
