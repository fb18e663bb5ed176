import { create } from 'zustand'
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

/** Whether the record was opened from a list of this page: then the entry of the history before it is that list. */
const useOpening = create<{ readonly fromList: boolean }>()(() => ({ fromList: false }))

export const openingRecord = (): void => useOpening.setState({ fromList: true })
export const recordClosed = (): void => useOpening.setState({ fromList: false })

/** Goes back to the list, as Back does; where the address alone opened it, there is nothing to go back to. */
export function closeRecord(): void {
  if (useOpening.getState().fromList) history.back()
  else refine({ record: null })
}
