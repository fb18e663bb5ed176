const REFUSED = ':disabled, [aria-disabled="true"], [data-disabled]'
const CONTROL = 'button, a, input, select, textarea, [role="button"], [role="switch"], [role="tab"], [tabindex]'

/** What describes an element to who listens: its description, or the text of what it points at. */
function described(element: Element): string {
  const by = element.getAttribute('aria-describedby')?.split(' ') ?? []
  const texts = by.map((id) => document.getElementById(id)?.textContent ?? '')
  return [element.getAttribute('aria-description') ?? '', ...texts].join(' ').trim()
}

/** Controls one sees that are refused and either cannot be reached by keyboard or do not say why. */
export function silentRefusals(): string[] {
  const found = new Set<string>()
  for (const element of document.querySelectorAll<HTMLElement>(CONTROL)) {
    if (!element.matches(REFUSED) || element.closest('[aria-hidden="true"], [inert]')) continue
    if (!element.checkVisibility({ visibilityProperty: true })) continue
    const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)
    const what = `${element.tagName.toLowerCase()} “${name || element.className.toString().slice(0, 60)}”`
    if (element.matches(':disabled') || element.tabIndex < 0) found.add(`${what} cannot be reached by keyboard`)
    else if (described(element) === '') found.add(`${what} does not say why`)
  }
  return [...found]
}
