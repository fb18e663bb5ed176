import { useEffect, useState } from 'react'

/** Whoever came by keyboard goes on where they were: a panel that is drawn open cannot know where that was. */
export function useFocusBack() {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    },
    [before],
  )
}
