import { TrailOf } from '../../../shared/view/trail.ts'
import { refine, useRoute } from './route.ts'

/** A record's name in the address: `attendance/123`. */
export const recordName = ({ kind, key }: TrailOf): string => `${kind}/${key}`

export function parseRecord(name: string | undefined): TrailOf | null {
  const [kind, ...key] = (name ?? '').split('/')
  const parsed = TrailOf.safeParse({ kind, key: key.join('/') })
  return parsed.success ? parsed.data : null
}

/** The name of the record whose way here is shown; null: none is. */
export const useOpenedRecord = (): string | null => useRoute((route) => route.query.record ?? null)

/** The list stays as it was. */
export const closeRecord = (): void => refine({ record: null })
