import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

type StillOptions = {
  readonly scroller: RefObject<HTMLElement | null>
  readonly rowPx: number
  readonly total: number
  readonly keyAt: (index: number) => string | null
  /** What the list is about; another filter starts anew. */
  readonly subject: string
}

type Anchor = { readonly key: string; readonly index: number }

/** The first row in sight. */
function anchorAt(element: HTMLElement | null, rowPx: number, keyAt: StillOptions['keyAt']): Anchor | null {
  const index = Math.floor((element?.scrollTop ?? 0) / rowPx)
  const key = keyAt(index)
  return key === null ? null : { key, index }
}

/** How far a row may be looked for from where it was: more than come in one batch. */
const REACH = 80

/** Where the row of this key is now, looked for around its old place; null when it is gone. */
export function findNear(anchor: Anchor, keyAt: (index: number) => string | null): number | null {
  for (let step = 0; step <= REACH; step++) {
    if (keyAt(anchor.index + step) === anchor.key) return anchor.index + step
    if (step > 0 && anchor.index - step >= 0 && keyAt(anchor.index - step) === anchor.key) return anchor.index - step
  }
  return null
}

/** Where each list was left, by what it was about: Back finds it there again. */
const left = new Map<string, { readonly top: number; readonly total: number }>()

/** Returns a list that was left to where it was, once its rows are known; what came in above meanwhile does not move it. */
function useReturn({ scroller, rowPx, total, subject }: StillOptions) {
  const wanted = useRef(left.get(subject) ?? null)
  const first = useRef(subject)
  useLayoutEffect(() => {
    const element = scroller.current
    const place = wanted.current
    if (!element || total === 0 || place === null) return
    wanted.current = null
    if (first.current === subject && place.top > 0) element.scrollTop = place.top + (total - place.total) * rowPx
  }, [scroller, rowPx, total, subject])
  return (top: number) => {
    if (wanted.current === null) left.set(subject, { top, total })
  }
}

/**
 * Keeps the rows in place while somebody looks: scrolled away from the top, under the pointer, or with the focus inside.
 * Rows that come in above are counted and wait.
 */
export function useStill(options: StillOptions) {
  const { scroller, rowPx, total, keyAt, subject } = options
  const [above, setAbove] = useState(0)
  const over = useRef(false)
  const focused = useRef(false)
  const anchor = useRef<Anchor | null>(null)
  const leave = useReturn(options)

  const about = useRef(subject)
  useEffect(() => {
    if (about.current === subject) return
    about.current = subject
    anchor.current = null
    setAbove(0)
    if (scroller.current) scroller.current.scrollTop = 0
  }, [subject, scroller])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const held = over.current || focused.current || element.scrollTop > 0
    const before = anchor.current
    if (held && before) {
      const now = findNear(before, keyAt)
      if (now !== null && now !== before.index) {
        element.scrollTop += (now - before.index) * rowPx
        setAbove((count) => Math.min(total, Math.max(0, count + now - before.index)))
      }
    }
    anchor.current = anchorAt(element, rowPx, keyAt)
  }, [scroller, rowPx, total, keyAt])

  return {
    above,
    toTop: () => {
      if (scroller.current) scroller.current.scrollTop = 0
      setAbove(0)
    },
    handlers: {
      onPointerEnter: () => void (over.current = true),
      onPointerLeave: () => void (over.current = false),
      onFocus: () => void (focused.current = true),
      onBlur: () => void (focused.current = false),
      onScroll: () => {
        anchor.current = anchorAt(scroller.current, rowPx, keyAt)
        leave(scroller.current?.scrollTop ?? 0)
        if ((scroller.current?.scrollTop ?? 0) < rowPx) setAbove(0)
      },
    },
  }
}
