/** What can be pressed, by role. */
const PRESSED =
  'a[href], button, summary, input[type="checkbox"], input[type="radio"], [role="button"], [role="checkbox"], [role="menuitem"], [role="option"], [role="radio"], [role="switch"], [role="tab"]'
/** The mark by which the hand outside the page finds the control again. */
const MARK = 'data-pressed-next'

export type Control = {
  /** The same for the controls of every row of a list. */
  readonly kind: string
  readonly name: string
}

const nameOf = (element: Element) =>
  (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 80)

const classOf = (element: Element) => element.className.toString().split(' ').slice(0, 2).join('.')

/** Rows differ by their names and figures; what they offer does not. */
const kindOf = (element: Element) =>
  [
    element.closest('[role="dialog"]') ? 'dialog' : '',
    element.closest('nav, header, main, footer, [role="row"]')?.tagName ?? '',
    ...[element.parentElement?.parentElement, element.parentElement].map((at) => (at ? classOf(at) : '')),
    `${element.tagName}.${classOf(element)}`,
    element.closest('[role="row"], tr, li, [role="option"]') ? '' : nameOf(element).replaceAll(/[\d٠-٩]+/g, '#'),
  ].join(' ')

function canBePressed(element: HTMLElement): boolean {
  if (element.matches(':disabled, [aria-disabled="true"], [data-disabled]')) return false
  if (element.closest('[aria-hidden="true"], [inert]')) return false
  const box = element.getBoundingClientRect()
  return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true })
}

function topmost(): ParentNode {
  const open = document.querySelectorAll('[role="dialog"], [role="listbox"], [role="menu"]')
  const shown = [...open].filter((each) => each.checkVisibility({ visibilityProperty: true }))
  return shown.at(-1) ?? document
}

/** Whether something lies over the page that Escape closes. */
export const isOpen = (): boolean => topmost() !== document

const all = (): HTMLElement[] => [...topmost().querySelectorAll<HTMLElement>(PRESSED)].filter(canBePressed)

/** Everything that can be pressed now: in the topmost dialog or menu where one is open. */
export const controls = (): Control[] => all().map((element) => ({ kind: kindOf(element), name: nameOf(element) }))

/** Marks the control at this place of that list; whoever presses finds it by the mark. */
export function choose(index: number): boolean {
  for (const old of document.querySelectorAll(`[${MARK}]`)) old.removeAttribute(MARK)
  const found = all()[index]
  found?.setAttribute(MARK, '')
  return found !== undefined
}
