/** What is drawn anew is told again: each is watched once, and no longer than it is there. */
const watched = new WeakSet<HTMLElement>()

/**
 * As the `ref` of what is open over the page: where what has the focus within goes away or can no longer be pressed, the box takes
 * it. Escape and Tab go on from there; on the page beneath they would do nothing, or begin at its top.
 */
export function keepFocus(box: HTMLElement | null): void {
  if (!box || watched.has(box)) return
  watched.add(box)
  let last: Element | null = null
  box.addEventListener('focusin', ({ target }) => {
    last = target instanceof Element ? target : null
  })
  const changed = new MutationObserver(() => {
    if (!last || (box.contains(last) && !last.matches(':disabled'))) return
    const now = document.activeElement
    if (now !== null && now !== document.body && now !== last) return
    last = null
    box.focus({ preventScroll: true })
  })
  changed.observe(box, { childList: true, subtree: true, attributeFilter: ['disabled'] })
}
