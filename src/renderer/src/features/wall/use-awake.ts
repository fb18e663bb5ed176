import { useEffect, useState } from 'react'
import { useHostPresence } from '../../store/core-context.tsx'

/** Keeps the display from going dark while the wall is shown, where the browser can; asked again each time it comes back. */
export function useAwake(): void {
  useEffect(() => {
    let ended = false
    let held: WakeLockSentinel | null = null
    const hold = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      // Refused where the battery is low or the policy forbids it: the wall shows all the same.
      const lock = await navigator.wakeLock.request('screen').catch(() => null)
      if (ended) await lock?.release()
      else held = lock
    }
    const again = () => void hold()
    again()
    document.addEventListener('visibilitychange', again)
    return () => {
      ended = true
      document.removeEventListener('visibilitychange', again)
      void held?.release()
    }
  }, [])
}

/** A console of another version has its own page; nobody stands here to load it. Not at once, lest two versions load each other for ever. ms. */
const RELOAD_AFTER_MS = 5_000

/** Loads the page anew when the console behind it was replaced by another version. */
export function useOwnReload(): void {
  const isOther = useHostPresence().is === 'mismatch'
  useEffect(() => {
    if (!isOther) return
    const timer = setTimeout(() => location.reload(), RELOAD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isOther])
}

/** A pointer that rests this long is put out of sight, ms. */
const REST_MS = 3_000

/** True while somebody moves the pointer. */
export function usePointerRest(): boolean {
  const [moving, setMoving] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const onMove = () => {
      clearTimeout(timer)
      setMoving(true)
      timer = setTimeout(() => setMoving(false), REST_MS)
    }
    window.addEventListener('pointermove', onMove)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pointermove', onMove)
    }
  }, [])
  return moving
}
