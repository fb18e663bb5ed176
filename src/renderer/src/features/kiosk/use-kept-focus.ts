import { type RefObject, useEffect } from 'react'

/** Controls that keep the focus while somebody uses them. */
const USED = 'button, select, input, a[href], [role="dialog"] *'

/**
 * Keeps the focus in the field: back to it after a touch beside it or a press of a button, and a digit typed anywhere
 * lands in it. Tab still reaches everything.
 */
export function useKeptFocus(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const back = () => field.current?.focus()
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === ' ') return
      if (!isText(document.activeElement)) back()
    }
    const onClick = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null
      // A press by keyboard has no place; it leaves the focus where the keyboard is. What opens a panel gives the focus to it.
      if (event.detail === 0 || target?.closest('select, input, label, [role="dialog"], [aria-haspopup]')) return
      back()
    }
    const onLeave = () =>
      queueMicrotask(() => {
        const now = document.activeElement
        if (now === null || now === document.body || !now.matches(USED)) back()
      })
    document.addEventListener('keydown', onKey)
    document.addEventListener('click', onClick)
    document.addEventListener('focusout', onLeave)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('click', onClick)
      document.removeEventListener('focusout', onLeave)
    }
  }, [field])
}

const isText = (element: Element | null) => element?.matches('input, textarea, select') ?? false
