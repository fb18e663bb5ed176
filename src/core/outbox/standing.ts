import { z } from 'zod'
import type { Kind, Position, Records } from '../../shared/model/change.ts'
import { type CommandKey, countKey, type ElectorNumber } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import { ConflictField, ConflictKind, ConflictVersion } from '../../shared/view/conflict.ts'
import type { Held, Table } from '../projection/table.ts'
import type { Action } from './action.ts'

/** What a record says, field by field, as far as one action is about it. */
export type Fields = Readonly<Record<string, string | number | null>>
/** For each field what the operator saw: the record's own value, and what they had typed before. */
export const Seen = z.record(z.string(), z.array(z.union([z.string(), z.number(), z.null()]))).readonly()
export type Seen = z.infer<typeof Seen>
/** It was so before; by whom and since when, as far as the server tells. */
export const Already = z.object({ by: z.string().nullable(), at: z.number().nullable() }).readonly()
export type Already = z.infer<typeof Already>
/** What an action met: the other version and where they differ. */
export const Clash = z
  .object({
    kind: ConflictKind,
    theirs: ConflictVersion.omit({ cursor: true }),
    /** The server's row of the other version, where it is known. */
    row: z.number().nullable(),
    fields: z.array(ConflictField),
  })
  .readonly()
export type Clash = z.infer<typeof Clash>

/** What is held of the records, as far as actions ask. */
export type Holdings = {
  of<K extends Kind>(kind: K): Table<K>
  attendanceOf(elector: ElectorNumber): readonly Held<Records['attendance']['record']>[]
  guaranteesOf(elector: ElectorNumber): readonly Held<Records['guarantee']['record']>[]
  /** All that was typed at this desk of one record, and the server's row that each made, where it said so. */
  typedOf(lane: string): readonly { readonly key: CommandKey; readonly row: number | null }[]
}
/** How the record of an action stands. `cursor`: the latest journal record that told of it. */
export type Standing = {
  readonly fields: Fields
  readonly cursor: number
  /** Up to where the server's stream told it; null where it keeps none. */
  readonly position: Position | null
  readonly held: Held<unknown>
}

/** As the servers keep it: no separators in numbers, no blanks around words. */
const words = (text: string): string => text.trim()
const digits = (mobile: string): string => mobile.replace(/[\s()-]/g, '')

/** What the record says once the action is done; null: it is no more. */
export function wantedBy(action: Action): Fields | null {
  switch (action.does) {
    case 'attendance.mark':
      return { committee: action.committee, status: 'ATTENDED' }
    case 'attendance.pending':
      return { committee: action.committee, status: 'PENDING' }
    case 'attendance.correct':
      return action.to === 'removed' ? null : { status: action.to }
    case 'guarantee.create':
      return { status: action.status }
    case 'guarantee.update':
    case 'guarantee.set-status':
    case 'guarantee.edit':
      return guaranteeFields(action)
    case 'guarantee.confirm':
      return { confirmation: action.confirmation }
    case 'guarantee.remove':
      return null
    case 'guarantee.note':
      return { notes: 1 }
    case 'count.enter':
      return {
        cast: action.cast,
        invalid: action.invalid,
        ...Object.fromEntries(action.votes.map(({ candidate, votes }) => [`votes/${candidate}`, votes])),
      }
    case 'count.verify':
      return { entry: 'VERIFIED' }
    case 'count.type':
      return { typed: action.by }
    case 'count.resolve':
    case 'count.drop':
    case 'results.generate':
      return {}
    case 'results.publish':
      return { status: 'PUBLISHED' }
    default:
      return assertNever(action)
  }
}

type Promised = Pick<Records['guarantee']['record'], 'status' | 'confirmation' | 'group' | 'mobile' | 'note'>
type Change = { readonly [Name in keyof Promised]?: Promised[Name] | undefined }
export const guaranteeFields = (change: Change): Fields => ({
  ...(change.status !== undefined && { status: change.status }),
  ...(change.confirmation !== undefined && { confirmation: change.confirmation }),
  ...(change.group !== undefined && { group: change.group }),
  ...(change.mobile !== undefined && { mobile: digits(change.mobile) }),
  ...(change.note !== undefined && { note: words(change.note) }),
})

/** How the record stands as held here; null: there is none. `row`: the record the server said the action made. */
export function standingOf(action: Action, held: Holdings, row: number | null = null): Standing | null {
  switch (action.does) {
    case 'attendance.mark':
    case 'attendance.pending':
      return attendanceStanding(action, held, row)
    case 'attendance.correct':
      return standing(held.of('attendance').get(action.id), ({ status, committeeCode }) => ({
        status,
        committee: committeeCode,
      }))
    case 'guarantee.create': {
      const found = held.guaranteesOf(action.elector)
      return standing(found.find(({ record }) => record.id === row) ?? found[0], guaranteeFields)
    }
    case 'guarantee.update':
    case 'guarantee.set-status':
    case 'guarantee.edit':
    case 'guarantee.confirm':
    case 'guarantee.remove':
    case 'guarantee.note':
      return standing(held.of('guarantee').get(action.id), (record) => ({
        ...guaranteeFields(record),
        notes: record.hasNotes ? 1 : 0,
      }))
    case 'count.type':
      return standing(held.of('sheet').get(action.committee), ({ entries }) => {
        const known = [entries?.first, entries?.second, entries?.typed?.first, entries?.typed?.second]
        return { typed: known.find((entry) => entry?.by === action.by)?.by ?? null }
      })
    case 'count.resolve':
    case 'count.drop':
      return null
    case 'count.enter':
    case 'count.verify':
      return sheetStanding(action, held)
    case 'results.generate':
    case 'results.publish':
      return standing(held.of('results').get('results'), ({ status, generatedAt }) => ({
        status,
        generated: generatedAt,
      }))
    default:
      return assertNever(action)
  }
}

const standing = <R>(held: Held<R> | undefined, fields: (record: R) => Fields): Standing | null =>
  held ? { fields: fields(held.record), cursor: held.cursor, position: held.position, held } : null

/** The record it made; else the one that says it, as told last; else one that speaks against it. */
function attendanceStanding(
  action: Extract<Action, { does: 'attendance.mark' | 'attendance.pending' }>,
  held: Holdings,
  row: number | null,
): Standing | null {
  const status = action.does === 'attendance.mark' ? 'ATTENDED' : 'PENDING'
  const same = held.attendanceOf(action.elector).filter(({ record }) => record.status === status)
  // One elector may be recorded as having come here more than once.
  const here = same
    .filter(({ record }) => record.committeeCode === action.committee)
    .toSorted((a, b) => b.cursor - a.cursor)
  const found = here.find(({ record }) => record.id === row) ?? here[0] ?? same[0]
  return standing(found, (record) => ({ committee: record.committeeCode, status: record.status }))
}

/** A count sheet is its figures and its entry: it is as told as the one of them that was told last. */
function sheetStanding(
  action: Extract<Action, { does: 'count.enter' | 'count.verify' }>,
  held: Holdings,
): Standing | null {
  const { committee } = action
  const entry = held.of('entry').get(committee)
  const candidates =
    action.does === 'count.enter' ? action.votes.map(({ candidate }) => candidate) : [...held.of('candidate').keys()]
  const counts = candidates.map((candidate) => held.of('count').get(countKey(committee, candidate)))
  const told = [entry, ...counts].filter((one) => one !== undefined)
  const [first] = told
  if (!first) return null
  const votes = candidates.map((candidate, index) => [`votes/${candidate}`, counts[index]?.record.votes ?? null])
  return {
    fields: {
      cast: entry?.record.cast ?? null,
      invalid: entry?.record.invalid ?? null,
      entry: entry?.record.status ?? null,
      ...Object.fromEntries(votes),
    },
    cursor: Math.max(...told.map(({ cursor }) => cursor)),
    position: latestOf(told.map(({ position }) => position)),
    held: first,
  }
}

/** Null where they are not of one stream. */
function latestOf([first = null, ...others]: readonly (Position | null)[]): Position | null {
  let latest = first
  for (const position of others) {
    if (!latest || position?.epoch !== latest.epoch) return null
    if (position.seq > latest.seq) latest = position
  }
  return latest
}

/** Whether the record says what the action was to bring about. */
export function isAsWanted(action: Action, fields: Fields | null): boolean {
  const wanted = wantedBy(action)
  if (wanted === null || fields === null) return wanted === null && fields === null
  return Object.entries(wanted).every(([name, value]) => fields[name] === value)
}

/** Fields that say neither what the operator saw nor what they want: somebody changed them meanwhile. */
export function clashes(action: Action, seen: Seen | null, now: Fields): readonly string[] {
  if (seen === null) return []
  const wanted = wantedBy(action) ?? {}
  return Object.keys(seen).filter((name) => {
    // A figure that is not there is none; any other field that is not there was not told.
    if (!(name in now) && !name.startsWith('votes/')) return false
    const value = now[name] ?? null
    return !(seen[name] ?? []).includes(value) && value !== (wanted[name] ?? Number.NaN)
  })
}
