import { useEffect } from 'react'
import { create } from 'zustand'

/** Ages on screen are told in seconds, so once a second is often enough. ms. */
const TICK_MS = 1_000

const useTick = create<{ now: number }>()(() => ({ now: Date.now() }))
let holders = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The moment a replay shows, ms; null: the window looks at the link. */
const useRecordedTime = create<{ at: number | null }>()(() => ({ at: null }))

/** From now on ages are told from this moment of a recording; null: from this desk's clock. */
export function showTime(at: number | null): void {
  if (useRecordedTime.getState().at !== at) useRecordedTime.setState({ at })
}

/** The time of this desk, anew each second, shared by every view that shows an age: they all turn at the same moment. */
export function useDeskNow(): number {
  useEffect(() => {
    if (holders++ === 0) {
      useTick.setState({ now: Date.now() })
      timer = setInterval(() => useTick.setState({ now: Date.now() }), TICK_MS)
    }
    return () => {
      if (--holders === 0) clearInterval(timer)
    }
  }, [])
  return useTick((state) => state.now)
}

/** The time of what is shown: this desk's or, in a replay, the recording's. */
export function useNow(): number {
  const here = useDeskNow()
  return useRecordedTime((state) => state.at) ?? here
}
