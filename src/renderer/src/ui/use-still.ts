import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

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
function anchorAt(top: number, rowPx: number, keyAt: StillOptions['keyAt']): Anchor | null {
  const index = Math.floor(top / rowPx)
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

/**
 * How far the list is scrolled, px. Asked of the page only when it tells that it was scrolled: asked while rows are being
 * changed it would have to lay out the whole page first.
 */
function useTop(scroller: StillOptions['scroller']) {
  const top = useRef(0)
  const scrollTo = useCallback(
    (px: number) => {
      if (!scroller.current) return
      scroller.current.scrollTop = px
      top.current = scroller.current.scrollTop
    },
    [scroller],
  )
  return { top, scrollTo }
}

/** Returns a list that was left to where it was, once its rows are known; what came in above meanwhile does not move it. */
function useReturn({ scroller, rowPx, total, subject }: StillOptions, scrollTo: (px: number) => void) {
  const wanted = useRef(left.get(subject) ?? null)
  const first = useRef(subject)
  useLayoutEffect(() => {
    const element = scroller.current
    const place = wanted.current
    if (!element || total === 0 || place === null) return
    wanted.current = null
    if (first.current === subject && place.top > 0) scrollTo(place.top + (total - place.total) * rowPx)
  }, [scroller, rowPx, total, subject, scrollTo])
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
  const { top, scrollTo } = useTop(scroller)
  const leave = useReturn(options, scrollTo)

  const about = useRef(subject)
  useEffect(() => {
    if (about.current === subject) return
    about.current = subject
    anchor.current = null
    setAbove(0)
    scrollTo(0)
  }, [subject, scrollTo])

  useLayoutEffect(() => {
    if (!scroller.current) return
    const held = over.current || focused.current || top.current > 0
    const before = anchor.current
    if (held && before) {
      const now = findNear(before, keyAt)
      if (now !== null && now !== before.index) {
        scrollTo(top.current + (now - before.index) * rowPx)
        setAbove((count) => Math.min(total, Math.max(0, count + now - before.index)))
      }
    }
    anchor.current = anchorAt(top.current, rowPx, keyAt)
  }, [scroller, rowPx, total, keyAt, top, scrollTo])

  return {
    above,
    toTop: () => {
      scrollTo(0)
      setAbove(0)
    },
    handlers: {
      onPointerEnter: () => void (over.current = true),
      onPointerLeave: () => void (over.current = false),
      onFocus: () => void (focused.current = true),
      onBlur: () => void (focused.current = false),
      onScroll: () => {
        top.current = scroller.current?.scrollTop ?? 0
        anchor.current = anchorAt(top.current, rowPx, keyAt)
        leave(top.current)
        if (top.current < rowPx) setAbove(0)
      },
    },
  }
}
