import { useEffect, useState } from 'react'
import type { CommandKey } from '../../../shared/model/ids.ts'
import type { OutboxItem } from '../../../shared/view/outbox.ts'
import { useValue } from './core-context.tsx'

/** What became of one action of this desk: as last told, for the outbox shows only its latest fifty. Null before a word. */
export function useOutboxItem(key: CommandKey | null): OutboxItem | null {
  const told = useValue('outbox')?.recent.find((item) => item.key === key) ?? null
  const [last, setLast] = useState<OutboxItem | null>(null)
  useEffect(() => {
    if (told) setLast(told)
  }, [told])
  if (key === null) return null
  return told ?? (last?.key === key ? last : null)
}
