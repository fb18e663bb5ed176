import { useCallback, useEffect, useRef } from 'react'
import { useCall } from '../../store/core-context.tsx'

/** Between two seeks while the thumb is dragged, ms: what is asked for in between would be passed over anyway. */
const SEEK_EVERY_MS = 40

/** Asks for a moment, ms; of those asked for quickly the last is always sent. */
export function useSeek(): (at: number) => void {
  const call = useCall()
  const next = useRef<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return useCallback(
    (at: number) => {
      next.current = at
      if (timer.current !== null) return
      const send = () => {
        timer.current = null
        if (next.current === null) return
        // A replay that has ended meanwhile refuses; the stream says so.
        void call('replay.seek', { at: next.current })
        next.current = null
        timer.current = setTimeout(send, SEEK_EVERY_MS)
      }
      send()
    },
    [call],
  )
}
