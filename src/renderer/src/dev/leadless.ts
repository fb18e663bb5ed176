/** A figure of the election, as `ui/figure.tsx` draws it. */
const FIGURE = '[data-figure]'
/** A row says once where it leads, for all its figures. */
const ROW = 'tr, [role="row"], li, [data-row]'

/** Figures one sees on a screen that neither lead to their records themselves nor stand in a row that does. */
export function leadless(): string[] {
  const found = new Set<string>()
  for (const figure of document.querySelectorAll<HTMLElement>(FIGURE)) {
    if (
      !figure.checkVisibility({ visibilityProperty: true }) ||
      figure.closest('[aria-hidden="true"], [role="dialog"], .print-only')
    )
      continue
    if (figure.closest('a[href]') !== null || figure.querySelector('a[href]') !== null) continue
    if (figure.closest(ROW)?.querySelector('a[href]')) continue
    const place =
      figure.closest('[aria-label]')?.getAttribute('aria-label') ?? document.querySelector('h1')?.textContent ?? ''
    found.add(`${place}: “${(figure.parentElement?.textContent ?? '').trim().slice(0, 60)}”`)
  }
  return [...found]
}

/** Where the figures one sees lead, each address once. Behind none, or none of so many, there are no records. */
export function leads(): string[] {
  const found = new Set<string>()
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#/"]'))
    if (
      /[1-9]/.test((link.textContent ?? '').split('/')[0] ?? '') &&
      (link.querySelector(FIGURE) ?? link.closest(FIGURE))
    )
      found.add(link.getAttribute('href') ?? '')
  return [...found]
}
