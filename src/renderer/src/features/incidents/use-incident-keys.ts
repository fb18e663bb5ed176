import { useEffect } from 'react'
import { usePreferences } from '../../store/preferences.ts'
import { type Act, ACT_KEY, ACTS } from './use-incident-acts.ts'

/** `g` begins the way to a screen: what is typed so soon after it is not for this one, ms. */
const CHORD_MS = 1_200

export type IncidentKeys = {
  readonly act: (act: Act) => void
  /** The next (1) or the one before (-1). */
  readonly step: (by: 1 | -1) => void
  readonly open: () => void
}

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Keys of the faults screen, ahead of those of the console: here `n` writes a note. */
export function useIncidentKeys(keys: IncidentKeys): void {
  useEffect(() => {
    let chordAt = Number.NEGATIVE_INFINITY
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typesText(event.target)) return
      if (document.querySelector('[role="dialog"]')) return
      const isChord = event.timeStamp - chordAt < CHORD_MS
      chordAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (isChord) return
      const step =
        event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0
      const act = ACTS.find((each) => ACT_KEY[each] === event.key)
      const isLetter = event.key.length === 1
      if (isLetter && !usePreferences.getState().singleKeys) return
      if (step === 0 && act === undefined && event.key !== 'o') return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (step !== 0) keys.step(step)
      else if (act) keys.act(act)
      else keys.open()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [keys])
}
