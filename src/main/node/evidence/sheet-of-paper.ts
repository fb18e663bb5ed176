import type { Bidi } from 'bidi-js'
import { type FontPart, fontFile, type Weight } from './fonts.ts'
import { type Piece, piecesOf, settable } from './lines.ts'

type Document = PDFKit.PDFDocument
export type Style = { readonly size: number; readonly weight: Weight; readonly color: string }
export type Align = 'start' | 'end'
/** A line ready to be drawn: its pieces from left to right, and its width in points. */
type Line = { readonly pieces: readonly Piece[]; readonly width: number }

/** Lines are this many times as high as their letters: Arabic needs the room below. */
const LEADING = 1.45
/** A box for a sign no font has, as a share of the letter's height. */
const BOX = 0.5

const PARTS: readonly FontPart[] = ['arabic', 'latin', 'latin-ext']

/**
 * Sets text into a PDF: order, fonts, widths, line breaks. pdfkit shapes each word; everything between words is decided
 * here. It owns no file and no page.
 */
export class Setter {
  readonly #document: Document
  readonly #bidi: Bidi
  readonly #base: 'ltr' | 'rtl'
  /** Signs no font has, met so far. */
  unknown = 0

  constructor(document: Document, bidi: Bidi, fonts: string, base: 'ltr' | 'rtl') {
    this.#document = document
    this.#bidi = bidi
    this.#base = base
    for (const weight of [400, 600] as const) {
      for (const part of PARTS) document.registerFont(`${part}-${weight}`, fontFile(fonts, part, weight))
    }
  }

  /** Height of a line, points. */
  heightOf({ size }: Style): number {
    return size * LEADING
  }

  /** Text broken into lines no wider than `width`. Never none. */
  lines(text: string, width: number, style: Style): readonly Line[] {
    const words = settable(text).split(' ')
    const lines: Line[] = []
    let row = ''
    for (const word of words) {
      const longer = row === '' ? word : `${row} ${word}`
      if (row === '' || this.#line(longer, style).width <= width) row = longer
      else {
        lines.push(...this.#cut(row, width, style))
        row = word
      }
    }
    lines.push(...this.#cut(row, width, style))
    return lines
  }

  /** A single word wider than its place is cut where it must be. */
  #cut(row: string, width: number, style: Style): readonly Line[] {
    const whole = this.#line(row, style)
    if (whole.width <= width) return [whole]
    const letters = [...row]
    let most = letters.length
    while (most > 1 && this.#line(letters.slice(0, most).join(''), style).width > width)
      most = Math.ceil(most / 2 - 0.5) || 1
    const first = letters.slice(0, most).join('')
    return [this.#line(first, style), ...this.#cut(letters.slice(most).join(''), width, style)]
  }

  #line(text: string, style: Style): Line {
    // A name keeps its own direction whatever the paper's; what has none takes the paper's.
    const pieces = piecesOf(this.#bidi, text, STRONG.test(text) ? 'auto' : this.#base)
    return { pieces, width: pieces.reduce((sum, piece) => sum + this.#widthOf(piece, style), 0) }
  }

  #widthOf({ text, part }: Piece, { size, weight }: Style): number {
    if (part === null) return size * (BOX + 0.15)
    return this.#document.font(`${part}-${weight}`).fontSize(size).widthOfString(text)
  }

  /** Draws lines into a place; `start` is where the paper's reading begins. */
  draw(lines: readonly Line[], x: number, y: number, width: number, style: Style, align: Align): void {
    const isLeft = (this.#base === 'ltr') === (align === 'start')
    let top = y
    for (const line of lines) {
      let left = isLeft ? x : x + width - line.width
      for (const piece of line.pieces) left += this.#drawPiece(piece, left, top, style)
      top += this.heightOf(style)
    }
  }

  #drawPiece(piece: Piece, x: number, y: number, style: Style): number {
    const { size, weight, color } = style
    const width = this.#widthOf(piece, style)
    if (piece.part === null) {
      this.unknown += 1
      const side = size * BOX
      this.#document
        .rect(x, y + size * 0.45, side, side * 1.1)
        .lineWidth(0.5)
        .stroke(color)
    } else if (piece.text.trim() !== '') {
      this.#document.font(`${piece.part}-${weight}`).fontSize(size).fillColor(color)
      // The fonts of one family sit on one line, whichever file a word is set in.
      this.#document.text(piece.text, x, y, { lineBreak: false, baseline: -size * 1.05 })
    }
    return width
  }
}

/** A letter that has a direction of its own. */
const STRONG = /\p{L}/u
