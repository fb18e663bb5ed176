import { useEffect } from 'react'
import type { ReplayView } from '../../../shared/view/replay.ts'
import { showTime } from './clock.ts'
import { useValue } from './core-context.tsx'

export type Replay = Extract<ReplayView, { is: 'replay' }>

/** The replay this window shows; null while it looks at the link. */
export function useReplay(): Replay | null {
  const view = useValue('replay')
  return view?.is === 'replay' ? view : null
}

/** Seconds are the finest that screens tell, ms. */
const FINEST_MS = 1_000

/** Keeps the page's time at that of the replay. Once a page. */
export function useReplayTime(): void {
  const at = useReplay()?.at ?? null
  useEffect(() => {
    showTime(at === null ? null : Math.floor(at / FINEST_MS) * FINEST_MS)
  }, [at])
  useEffect(() => () => showTime(null), [])
}
