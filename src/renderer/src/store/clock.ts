import { useEffect } from 'react'
import { create } from 'zustand'

/** Ages on screen are told in seconds, so once a second is often enough. ms. */
const TICK_MS = 1_000

const useTick = create<{ now: number }>()(() => ({ now: Date.now() }))
let holders = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The time, anew each second, shared by every view that shows an age: they all turn at the same moment. */
export function useNow(): number {
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
