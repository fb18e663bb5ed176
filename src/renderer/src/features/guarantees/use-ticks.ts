import { useMemo, useState } from 'react'
import type { GuaranteeId } from '../../../../shared/model/ids.ts'
import { MOST_TICKED } from '../../../../shared/view/bulk.ts'
import type { Ticks } from './guarantee-columns.tsx'

/** Rows ticked one by one; they stay ticked while the list is filtered otherwise, and their number is said. */
export function useTicks(): {
  readonly ticked: ReadonlySet<GuaranteeId>
  readonly ticks: Ticks
  readonly untick: () => void
} {
  const [ticked, setTicked] = useState<ReadonlySet<GuaranteeId>>(new Set())
  const ticks = useMemo<Ticks>(
    () => ({
      has: ({ id }) => ticked.has(id),
      turn: ({ id }) =>
        setTicked((before) => {
          const after = new Set(before)
          if (!after.delete(id) && after.size < MOST_TICKED) after.add(id)
          return after
        }),
    }),
    [ticked],
  )
  return {
    ticked,
    ticks,
    untick: () => setTicked(new Set()),
  }
}
