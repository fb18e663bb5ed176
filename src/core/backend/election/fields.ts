import type { CommitteeCode, ElectorNumber } from '../../../shared/model/ids.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { camelCase, type KeyStyle } from './keys.ts'
import { momentOf } from './time.ts'

/** Longest elector number and committee code the server can store, in characters. */
const LONGEST_KEY = 20
const LONGEST_LABEL = 64

type JsonObject = Readonly<Record<string, unknown>>
/** The first thing that did not fit, as `path: what it should be`. Null while all is well. */
type Complaint = { first: string | null }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads a record out of something received. `build` may ask for every field without looking back: after the first field
 * that is missing or of the wrong type the others answer with a neutral value, and what was built is thrown away.
 */
export function understood<T>(
  value: unknown,
  path: string,
  style: KeyStyle,
  build: (fields: Fields) => T,
): Result<T, string> {
  if (!isObject(value)) return err(`${path}: an object was expected, ${nameOf(value)} came`)
  const complaint: Complaint = { first: null }
  const built = build(new Fields(value, path, style, complaint))
  return complaint.first === null ? ok(built) : err(complaint.first)
}

/** The fields of one received object, asked for by their snake_case names in either key style. Fields not asked for are ignored. */
export class Fields {
  readonly #raw: JsonObject
  readonly #path: string
  readonly #style: KeyStyle
  readonly #complaint: Complaint

  constructor(raw: JsonObject, path: string, style: KeyStyle, complaint: Complaint) {
    this.#raw = raw
    this.#path = path
    this.#style = style
    this.#complaint = complaint
  }

  /** Whether the field came at all, be it null. */
  has(name: string): boolean {
    return this.#value(name) !== undefined
  }
  isNull(name: string): boolean {
    return this.#value(name) === null
  }

  isNumber(name: string): boolean {
    return typeof this.#value(name) === 'number'
  }

  text(name: string): string {
    const value = this.#value(name)
    return typeof value === 'string' ? value : this.#refuse(name, 'text', value, '')
  }
  /** A text the server leaves null when nobody typed one. */
  textOrEmpty(name: string): string {
    return this.isNull(name) ? '' : this.text(name)
  }
  textOrNull(name: string): string | null {
    return this.isNull(name) ? null : this.text(name)
  }
  truth(name: string): boolean {
    const value = this.#value(name)
    return typeof value === 'boolean' ? value : this.#refuse(name, 'true or false', value, false)
  }
  number(name: string): number {
    const value = this.#value(name)
    return Number.isFinite(value) ? (value as number) : this.#refuse(name, 'a number', value, 0) // isFinite is no type guard
  }
  whole(name: string): number {
    const value = this.#value(name)
    return Number.isSafeInteger(value) ? (value as number) : this.#refuse(name, 'a whole number', value, 0) // isSafeInteger is no type guard
  }
  count(name: string): number {
    const value = this.whole(name)
    return value >= 0 ? value : this.#refuse(name, 'a whole number from 0', value, 0)
  }
  id<Id extends number>(name: string): Id {
    return this.count(name) as Id // a row id is a count; which row's, the caller knows
  }
  idOrNull<Id extends number>(name: string): Id | null {
    return this.isNull(name) ? null : this.id<Id>(name)
  }
  /** A name the server made up, such as an epoch. */
  label(name: string): string {
    return this.#keyText(name, LONGEST_LABEL)
  }
  elector(name: string): ElectorNumber {
    return this.#keyText(name) as ElectorNumber // 1 to 20 characters, checked
  }
  code(name: string): CommitteeCode {
    return this.#keyText(name) as CommitteeCode // 1 to 20 characters, checked
  }
  codeOrNull(name: string): CommitteeCode | null {
    return this.isNull(name) ? null : this.code(name)
  }
  /** Ms since 1970 UTC. */
  moment(name: string): number {
    const value = this.#value(name)
    const ms = typeof value === 'string' ? momentOf(value) : null
    return ms ?? this.#refuse(name, 'a time with its zone', value, 0)
  }
  momentOrNull(name: string): number | null {
    return this.isNull(name) ? null : this.moment(name)
  }
  oneOf<const Option extends string>(name: string, options: readonly [Option, ...Option[]]): Option {
    const value = this.#value(name)
    const found = options.find((option) => option === value)
    return found ?? this.#refuse(name, `one of ${options.join(', ')}`, value, options[0])
  }
  texts(name: string): string[] {
    const value = this.#value(name)
    if (!Array.isArray(value)) return this.#refuse(name, 'a list', value, [])
    return value.map((item: unknown, at) =>
      typeof item === 'string' ? item : this.#refuse(`${name}[${at}]`, 'text', item, ''),
    )
  }
  object<T>(name: string, empty: T, build: (fields: Fields) => T): T {
    const value = this.#value(name)
    return isObject(value) ? build(this.#inside(name, value)) : this.#refuse(name, 'an object', value, empty)
  }
  objects<T>(name: string, build: (fields: Fields) => T): T[] {
    const value = this.#value(name)
    if (!Array.isArray(value)) return this.#refuse(name, 'a list', value, [])
    const built: T[] = []
    for (const [at, item] of value.entries()) {
      if (isObject(item)) built.push(build(this.#inside(`${name}[${at}]`, item)))
      else this.#refuse(`${name}[${at}]`, 'an object', item, null)
    }
    return built
  }

  #value(name: string): unknown {
    return this.#raw[this.#spelled(name)]
  }
  #spelled(name: string): string {
    return this.#style === 'rest' ? camelCase(name) : name
  }
  #inside(name: string, value: JsonObject): Fields {
    return new Fields(value, `${this.#path}.${this.#spelled(name)}`, this.#style, this.#complaint)
  }
  #keyText(name: string, longest = LONGEST_KEY): string {
    const value = this.text(name)
    const fits = value.length >= 1 && value.length <= longest
    return fits ? value : this.#refuse(name, `text of 1 to ${longest} characters`, value, '')
  }
  /** Notes the first misfit and answers the neutral value. The received value itself is not repeated: it may be a person's. */
  #refuse<T>(name: string, expected: string, value: unknown, neutral: T): T {
    this.#complaint.first ??= `${this.#path}.${this.#spelled(name)}: ${expected} was expected, ${nameOf(value)} came`
    return neutral
  }
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return value === '' ? 'an empty text' : `text of ${value.length} characters`
  return typeof value === 'object' ? 'an object' : `${typeof value} ${String(value)}`
}
