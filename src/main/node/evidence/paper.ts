import type { Block, Column, Report } from '../../../core/evidence/report.ts'
import { assertNever } from '../../../shared/result.ts'
import { fontFolder } from './fonts.ts'
import { QUIET, signSquares } from './qr-sign.ts'
import { Setter, type Style } from './sheet-of-paper.ts'

type Document = PDFKit.PDFDocument

/** A4, points. */
const PAGE = { width: 595.28, height: 841.89 }
const MARGIN = { side: 40, top: 62, bottom: 56 }
const WIDTH = PAGE.width - 2 * MARGIN.side
const INK = '#1a1d21'
const GREY = '#5b6470'
const RULE = '#c8cdd3'
const AMBER = '#8a5300'
const STYLE = {
  title: { size: 19, weight: 600, color: INK },
  heading: { size: 12, weight: 600, color: INK },
  words: { size: 9, weight: 400, color: INK },
  doubt: { size: 9, weight: 600, color: AMBER },
  quiet: { size: 8, weight: 400, color: GREY },
  cell: { size: 8, weight: 400, color: INK },
  columnTitle: { size: 7.5, weight: 600, color: GREY },
  figure: { size: 10, weight: 600, color: INK },
  band: { size: 9, weight: 600, color: AMBER },
} satisfies Readonly<Record<string, Style>>
/** Between two columns, points. */
const GUTTER = 6
/** Rows set before others get their turn. */
const ROWS_AT_ONCE = 20
/** Side of the QR sign, points: 35 mm, which a telephone reads at arm's length. */
const SIGN = 100

/** Lets others have their turn; throws when the making was cancelled. */
export type Breathe = () => Promise<void>

/** The report as a PDF. The same report gives the same bytes: no clock, no chance, nothing compressed. */
export async function paperOf(report: Report, version: string, breathe: Breathe): Promise<Uint8Array> {
  const [{ default: PDFDocument }, { default: bidiFactory }] = await Promise.all([import('pdfkit'), import('bidi-js')])
  const document: Document = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    compress: false,
    bufferPages: true,
    lang: report.language,
    displayTitle: true,
    info: {
      Title: report.title,
      Subject: report.subtitle,
      Producer: `Tallydesk ${version}`,
      Creator: 'Tallydesk',
      CreationDate: new Date(report.at),
    },
  })
  const chunks: Uint8Array[] = []
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => document.on('end', () => resolve()))
  const setter = new Setter(document, bidiFactory(), fontFolder(), report.language === 'ar' ? 'rtl' : 'ltr')
  await new Paper(document, setter, report, breathe).set()
  document.end()
  await ended
  return Buffer.concat(chunks)
}

/** Sets blocks down the page and over to the next. It owns where the pen stands. */
class Paper {
  readonly #document: Document
  readonly #setter: Setter
  readonly #report: Report
  readonly #breathe: Breathe
  #y = MARGIN.top

  constructor(document: Document, setter: Setter, report: Report, breathe: Breathe) {
    this.#document = document
    this.#setter = setter
    this.#report = report
    this.#breathe = breathe
  }

  async set(): Promise<void> {
    this.#text(this.#report.title, STYLE.title)
    this.#text(this.#report.subtitle, STYLE.words)
    this.#y += 8
    for (const block of this.#report.blocks) {
      await this.#breathe()
      await this.#block(block)
    }
    this.#edges()
  }

  #block(block: Block): Promise<void> | void {
    switch (block.is) {
      case 'heading':
        this.#room(60)
        this.#y += 12
        return this.#text(block.text, STYLE.heading)
      case 'words':
        return this.#text(block.text, block.tone === 'doubt' ? STYLE.doubt : STYLE.quiet)
      case 'facts':
        return this.#facts(block.rows)
      case 'table':
        return this.#table(block.columns, block.rows)
      case 'sign':
        return this.#sign(block)
      default:
        return assertNever(block)
    }
  }

  /** Goes on to a new page unless there is this much room, points. True when it did. */
  #room(height: number): boolean {
    if (this.#y + height <= PAGE.height - MARGIN.bottom) return false
    this.#document.addPage()
    this.#y = MARGIN.top
    return true
  }

  #text(text: string, style: Style): void {
    const lines = this.#setter.lines(text, WIDTH, style)
    const height = lines.length * this.#setter.heightOf(style)
    this.#room(height)
    this.#setter.draw(lines, MARGIN.side, this.#y, WIDTH, style, 'start')
    this.#y += height
  }

  /** Where a column begins, from the left: a paper in Arabic begins at the right. */
  #left(offset: number, width: number): number {
    return this.#report.language === 'ar' ? PAGE.width - MARGIN.side - offset - width : MARGIN.side + offset
  }

  #facts(rows: readonly { readonly label: string; readonly value: string }[]): void {
    const across = 4
    const width = WIDTH / across
    const height = this.#setter.heightOf(STYLE.quiet) + this.#setter.heightOf(STYLE.figure) + 4
    for (let at = 0; at < rows.length; at += across) {
      this.#room(height)
      for (const [column, { label, value }] of rows.slice(at, at + across).entries()) {
        const x = this.#left(column * width, width)
        const [above] = this.#setter.lines(label, width - GUTTER, STYLE.quiet)
        const [below] = this.#setter.lines(value, width - GUTTER, STYLE.figure)
        if (above) this.#setter.draw([above], x, this.#y, width, STYLE.quiet, 'start')
        const under = this.#y + this.#setter.heightOf(STYLE.quiet)
        if (below) this.#setter.draw([below], x, under, width, STYLE.figure, 'start')
      }
      this.#y += height
    }
  }

  async #table(columns: readonly Column[], rows: readonly (readonly string[])[]): Promise<void> {
    const shares = columns.reduce((sum, { share }) => sum + share, 0)
    const widths = columns.map(({ share }) => (WIDTH * share) / shares)
    const titles = columns.map(({ title }) => title)
    this.#y += 3
    this.#room(40)
    this.#row(titles, columns, widths, STYLE.columnTitle)
    for (const [index, row] of rows.entries()) {
      if (index % ROWS_AT_ONCE === 0) await this.#breathe()
      this.#row(row, columns, widths, STYLE.cell, titles)
    }
  }

  #row(
    cells: readonly string[],
    columns: readonly Column[],
    widths: readonly number[],
    style: Style,
    again?: readonly string[],
  ): void {
    const set = cells.map((cell, column) => this.#setter.lines(cell, (widths[column] ?? 0) - GUTTER, style))
    const most = set.reduce((sum, lines) => Math.max(sum, lines.length), 1)
    const height = most * this.#setter.heightOf(style) + 3
    if (this.#room(height) && again) this.#row(again, columns, widths, STYLE.columnTitle)
    let offset = 0
    for (const [column, lines] of set.entries()) {
      const width = widths[column] ?? 0
      const align = columns[column]?.end ? 'end' : 'start'
      this.#setter.draw(lines, this.#left(offset, width) + GUTTER / 2, this.#y + 1.5, width - GUTTER, style, align)
      offset += width
    }
    this.#y += height
    this.#document
      .moveTo(MARGIN.side, this.#y)
      .lineTo(PAGE.width - MARGIN.side, this.#y)
      .lineWidth(0.4)
      .stroke(RULE)
  }

  async #sign({ text, words, lines }: Extract<Block, { is: 'sign' }>): Promise<void> {
    const squares = await signSquares(text)
    const top = this.#y
    const x = this.#left(WIDTH - SIGN, SIGN)
    const side = SIGN / (squares.length + 2 * QUIET)
    for (const [row, line] of squares.entries()) {
      for (const [column, dark] of line.entries()) {
        if (dark) this.#document.rect(x + (column + QUIET) * side, top + (row + QUIET) * side, side, side)
      }
    }
    this.#document.fill('#000000')
    const width = WIDTH - SIGN - GUTTER
    for (const [text, style] of [...lines.map((line) => [line, STYLE.words] as const), [words, STYLE.quiet] as const]) {
      const set = this.#setter.lines(text, width, style)
      this.#setter.draw(set, this.#left(0, width), this.#y, width, style, 'start')
      this.#y += set.length * this.#setter.heightOf(style)
    }
    this.#y = Math.max(this.#y, top + SIGN)
  }

  /** What stands at the edge of every page, once all pages are there. */
  #edges(): void {
    const { start, count } = this.#document.bufferedPageRange()
    for (let page = start; page < start + count; page++) {
      this.#document.switchToPage(page)
      this.#edge(this.#report.band ?? '', STYLE.band, 30, 'start')
      const bottom = PAGE.height - 38
      this.#edge(this.#report.foot, { ...STYLE.quiet, size: 6.5 }, bottom, 'start')
      this.#edge(this.#report.page(page + 1), STYLE.quiet, bottom, 'end')
    }
  }

  #edge(text: string, style: Style, y: number, align: 'start' | 'end'): void {
    this.#setter.draw(this.#setter.lines(text, WIDTH, style).slice(0, 1), MARGIN.side, y, WIDTH, style, align)
  }
}
