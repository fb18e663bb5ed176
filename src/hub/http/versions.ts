import type { Position, RecordName } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import type { Ask } from './api.ts'
import type { RestFault } from './fault.ts'
import { camelized } from './keys.ts'

/**
 * A record's version is the place in the stream of its last change. What a desk knows "as of" a place rests on the record
 * if nothing changed it since: so any place not before the last change will do, not only that very one.
 */
export const versionText = ({ epoch, seq }: Position): string => `"${epoch}:${seq}"`

function versionIn(text: string): Position | null {
  const found = /^(?:W\/)?"([^":]{1,64}):(\d{1,15})"$/.exec(text.trim())
  return found?.[1] === undefined ? null : { epoch: found[1], seq: Number(found[2]) }
}

/**
 * Why a change does not rest on the record as it is; null: it does, or the request names no version. `current` is what is there
 * now, null for nothing; it goes with the refusal.
 */
export function unmatched(ask: Ask, tables: Tables, record: RecordName, current: object | null): RestFault | null {
  if (ask.ifNoneMatch === '*' && current !== null) return changed(ask, tables, record, current)
  if (ask.ifMatch === null || ask.ifMatch === '*') return null
  const known = ask.ifMatch.split(',').flatMap((text) => versionIn(text) ?? [])
  const seq = tables.versions.of(record)
  if (known.some((version) => version.epoch === ask.epoch && version.seq >= seq)) return null
  return changed(ask, tables, record, current)
}

const changed = (ask: Ask, tables: Tables, record: RecordName, current: object | null): RestFault => ({
  status: 412,
  message: 'This record was changed since you read it.',
  errors: {
    current: camelized(current),
    version: versionText({ epoch: ask.epoch, seq: tables.versions.of(record) }),
  },
})
