/** One run of text as it is on the page: where it is drawn, and in which box. */
export type TextBox = {
  readonly text: string
  readonly element: HTMLElement
  /** Where it is drawn, before anything cuts it. */
  readonly drawn: DOMRect
  /** What of it is left once every box that cuts has cut. */
  readonly seen: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  /** Cut by a box that does not scroll, px in either direction. */
  readonly cut: { readonly across: number; readonly down: number }
  /** What it lies on: texts of different layers cover each other rightly. */
  readonly layer: Element
}

type Edges = TextBox['seen']

const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'

/** Drawn for the ear alone: a box of a pixel. */
const isForTheEar = (box: DOMRect) => box.width <= 1.5 && box.height <= 1.5

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
}

/** A dialog, a bar that stays, a note: whatever does not flow with the page. */
function layerOf(element: Element): Element {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { position, zIndex } = getComputedStyle(at)
    if (position === 'fixed' || position === 'sticky' || (position === 'absolute' && zIndex !== 'auto')) return at
  }
  return document.documentElement
}

/** Every piece of text a person could read now, with what is cut off it. With a dialog open, only what is in it. */
export function textBoxes(): TextBox[] {
  const modals = document.querySelectorAll('[role="dialog"][aria-modal="true"]')
  const root = modals.item(modals.length - 1) ?? document.body
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: TextBox[] = []
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const box = boxOf(node)
    if (box) found.push(box)
  }
  return found
}

/** Not drawn, or for the ear alone. */
const UNSEEN = 'option, style, script, noscript, .visually-hidden'

/** A figure as tall as a hand has no letters that reach beyond its line: it takes the line, not what its font keeps free, px. */
const HUGE_PX = 56

function inItsLine(box: DOMRect, element: HTMLElement): DOMRect {
  const { fontSize, lineHeight } = getComputedStyle(element)
  const beyond = box.height - Number.parseFloat(lineHeight)
  if (Number.parseFloat(fontSize) < HUGE_PX || !(beyond > 0)) return box
  return new DOMRect(box.x, box.y + beyond / 2, box.width, box.height - beyond)
}

function boxOf(node: Node): TextBox | null {
  const element = node.parentElement
  const text = node.textContent?.trim() ?? ''
  if (!element || text === '' || !isShown(element) || element.closest(UNSEEN)) return null
  const range = document.createRange()
  range.selectNodeContents(node)
  const drawn = inItsLine(range.getBoundingClientRect(), element)
  if (drawn.width === 0 || drawn.height === 0) return null
  return cutDown(text, element, drawn)
}

/** Follows the boxes outwards. Null: nothing of it can be seen without scrolling. */
function cutDown(text: string, element: HTMLElement, drawn: DOMRect): TextBox | null {
  let seen: Edges = { left: drawn.left, top: drawn.top, right: drawn.right, bottom: drawn.bottom }
  let across = 0
  let down = 0
  for (let at: HTMLElement | null = element; at && at !== document.body; at = at.parentElement) {
    const style = getComputedStyle(at)
    if (style.display === 'inline' || style.display === 'contents') continue
    const box = at.getBoundingClientRect()
    if (isForTheEar(box)) return null
    if (cuts(style.overflowX)) across += Math.max(0, box.left - seen.left) + Math.max(0, seen.right - box.right)
    if (cuts(style.overflowY)) down += Math.max(0, box.top - seen.top) + Math.max(0, seen.bottom - box.bottom)
    if (cuts(style.overflowX) || scrolls(style.overflowX))
      seen = { ...seen, left: Math.max(seen.left, box.left), right: Math.min(seen.right, box.right) }
    if (cuts(style.overflowY) || scrolls(style.overflowY))
      seen = { ...seen, top: Math.max(seen.top, box.top), bottom: Math.min(seen.bottom, box.bottom) }
    if (seen.right <= seen.left || seen.bottom <= seen.top)
      return across > 0 || down > 0
        ? { text, element, drawn, seen, cut: { across, down }, layer: layerOf(element) }
        : null
    if (style.position === 'fixed') break
  }
  return { text, element, drawn, seen, cut: { across, down }, layer: layerOf(element) }
}
