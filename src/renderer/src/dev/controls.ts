/** What can be pressed, by role. */
const PRESSED =
  'a[href], button, summary, input[type="checkbox"], input[type="radio"], [role="button"], [role="checkbox"], [role="menuitem"], [role="option"], [role="radio"], [role="switch"], [role="tab"]'
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
    element.closest('[role="dialog"]') ? 'dialog' : 'page',
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

/** Where a control is to be pressed, px; what covers it there instead, null where nothing does. */
export type Place = { readonly x: number; readonly y: number; readonly coveredBy: string | null }

/** Brings the control at this place of that list into sight. Null: it went away. */
export function placeOf(index: number): Place | null {
  const found = all()[index]
  if (!found) return null
  found.scrollIntoView({ block: 'center', inline: 'center' })
  // What skips to the content is out of sight until it has the focus.
  if (found.getBoundingClientRect().bottom <= 0) found.focus()
  const { left, top, width, height } = found.getClientRects()[0] ?? found.getBoundingClientRect()
  const [x, y] = [left + width / 2, top + height / 2]
  const there = document.elementFromPoint(x, y)
  const isIt =
    there !== null &&
    (found.contains(there) ||
      found.closest('label')?.contains(there) === true ||
      labels(found, there) ||
      goesThrough(found, there))
  return { x, y, coveredBy: isIt ? null : (there?.outerHTML.slice(0, 160) ?? 'nothing') }
}

/** The keyboard's point on a chart lets a pointer through to the chart, which leads to the same place. */
const goesThrough = (point: Element, there: Element): boolean =>
  getComputedStyle(point).pointerEvents === 'none' && point.closest('[data-leads]')?.contains(there) === true

/** A press on the words of a field is a press on the field. */
const labels = (field: Element, there: Element): boolean => {
  const label = there.closest('label')
  return label !== null && label.control === field
}
