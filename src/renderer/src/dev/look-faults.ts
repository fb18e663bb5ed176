import { en } from '../i18n/en.ts'
import { type TextBox, textBoxes } from './text-boxes.ts'

/** Letters are drawn a little beyond their measure: less than this is not cut, px. */
const HAIR_PX = 1.5
/** Lines set tight touch each other by a pixel or two; words that lie on each other do by more, px. */
const TOUCH_PX = 3
/** Letters reach above and below their line's box by about this share of it. */
const LINE_SLACK = 0.2

/** What is wrong with how the page looks now, in words: text cut off, sticking out, on other text, at the other side of its column, or not translated. */
export function lookFaults(): string[] {
  const boxes = textBoxes()
  const language = document.documentElement.lang
  return [
    ...new Set([
      ...boxes.flatMap(cutOff),
      ...sticksOut(boxes),
      ...overlaps(boxes),
      ...otherSide(boxes),
      ...boxes.flatMap((box) => foreign(box, language)),
    ]),
  ]
}

const nameOf = ({ text, element }: TextBox) =>
  `“${text.slice(0, 60)}” in ${element.tagName.toLowerCase()}.${element.className
    .toString()
    .split(' ')
    .map((name) => name.replace(/_[\w-]{5,}$/, ''))
    .join('.')
    .slice(0, 60)}`

/** Cut short on purpose and said so: an ellipsis, with the whole where one points at it. */
function isShortened(element: HTMLElement): boolean {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const { textOverflow, webkitLineClamp } = getComputedStyle(at)
    if (textOverflow === 'ellipsis' || (webkitLineClamp !== 'none' && webkitLineClamp !== ''))
      return at.closest('[title], [aria-label], [data-whole]') !== null
  }
  return false
}

/** A figure that is cut is another figure: no ellipsis excuses it. */
const FIGURE = /^\s*(?:\p{L}{1,4}\s+)?\d[\d\s.,%]+$/u

function cutOff(box: TextBox): string[] {
  const { cut, drawn, element } = box
  const across = cut.across > HAIR_PX
  const down = cut.down > Math.max(TOUCH_PX, drawn.height * LINE_SLACK)
  if ((!across && !down) || (isShortened(element) && !FIGURE.test(box.text))) return []
  return [`cut off by ${Math.round(across ? cut.across : cut.down)} px: ${nameOf(box)}`]
}

/** Text beyond the edge of the page where nothing scrolls to it. */
const sticksOut = (boxes: readonly TextBox[]): string[] =>
  boxes
    .filter(({ seen }) => seen.right > innerWidth + HAIR_PX || seen.left < -HAIR_PX)
    .map((box) => `beyond the page: ${nameOf(box)}`)

/** What is said in the other direction, in a box of its own that begins where that direction does, not where the page's does. */
function otherSide(boxes: readonly TextBox[]): string[] {
  return boxes
    .filter((box) => box.element.tagName === 'BDI' && isAstray(box))
    .map((box) => `at the other side: ${nameOf(box)}`)
}

function isAstray({ element, drawn }: TextBox): boolean {
  const { direction, display, textAlign } = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const isOther = direction !== document.documentElement.dir && display !== 'inline' && display !== 'contents'
  return isOther && textAlign === 'start' && box.width - drawn.width > TOUCH_PX
}

function overlaps(boxes: readonly TextBox[]): string[] {
  const found: string[] = []
  const sorted = [...boxes].sort((a, b) => a.seen.top - b.seen.top)
  for (const [index, a] of sorted.entries())
    for (let next = index + 1; next < sorted.length; next++) {
      const b = sorted[next]
      if (!b || b.seen.top > a.seen.bottom - TOUCH_PX) break
      if (liesOn(a, b)) found.push(`on each other: ${nameOf(a)} and ${nameOf(b)}`)
    }
  return found
}

function liesOn(a: TextBox, b: TextBox): boolean {
  if (a.layer !== b.layer || a.element === b.element) return false
  if (a.element.closest('svg') && b.element.closest('svg')) return false
  const across = Math.min(a.seen.right, b.seen.right) - Math.max(a.seen.left, b.seen.left)
  const down = Math.min(a.seen.bottom, b.seen.bottom) - Math.max(a.seen.top, b.seen.top)
  const low = Math.min(a.drawn.height, b.drawn.height)
  return across > TOUCH_PX && down > Math.max(TOUCH_PX, low * LINE_SLACK) && isOneLine(a) && isOneLine(b)
}

/** The box around two lines of text covers what stands beside the shorter one. */
const isOneLine = ({ drawn, element }: TextBox) => drawn.height < 1.7 * lineOf(element)

/** A line as high as its own letters ask for is said to be normal. */
function lineOf(element: Element): number {
  const { lineHeight, fontSize } = getComputedStyle(element)
  return Number.parseFloat(lineHeight) || 1.3 * Number.parseFloat(fontSize)
}

const KEY = new RegExp(`\\b(${Object.keys(en).join('|')})\\.[a-z]\\w*(\\.\\w+)*\\b|\\{\\{|\\$t\\(`)
/** Names, numbers people are known by, codes and keys keep their own letters: they are isolated. */
const ISOLATED = 'bdi, kbd, code, pre, [dir="ltr"], .ltr, [lang="en"], input, textarea, [data-names]'
/** Words that are the same in every language here. */
const SAME_EVERYWHERE =
  /\b(Tallydesk|English|CSV|PDF|ZIP|JSON|NIST|SP|QR|URL|DNS|TCP|TLS|HTTPS?|REST|Redis|Django|Daphne|WebSocket|Origin|Ctrl|Esc|Enter|Alt|Shift|Tab|Home|End|ms|px|kB|MB|GB|B|s|F\d|W\d+|Prometheus|SHA|IP|PIN|ID)\b/g

function foreign(box: TextBox, language: string): string[] {
  if (KEY.test(box.text)) return [`a key, not a word: ${nameOf(box)}`]
  if (language !== 'ar' || box.element.closest(ISOLATED)) return []
  const own = box.text
    .replaceAll(/[\u2066-\u2068][^\u2069]*\u2069|https?:\/\/[\w.]*/g, '')
    .replaceAll(SAME_EVERYWHERE, '')
  return /[A-Za-z]{2,}/.test(own) ? [`not Arabic: ${nameOf(box)}`] : []
}
