import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import bidiFactory from 'bidi-js'
import { afterEach, expect, test } from 'vitest'
import type { Report } from '../../../src/core/evidence/report.ts'
import { signText } from '../../../src/core/evidence/sign.ts'
import { partFor } from '../../../src/main/node/evidence/fonts.ts'
import { piecesOf, settable } from '../../../src/main/node/evidence/lines.ts'
import { paperOf } from '../../../src/main/node/evidence/paper.ts'
import { signSquares, signSvg } from '../../../src/main/node/evidence/qr-sign.ts'
import { dayEvents, factsOf, rowsOf } from '../../core/evidence/a-day.ts'
import { folder } from './packs.ts'

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})
const bidi = bidiFactory()
const seen = (text: string, base: 'ltr' | 'rtl' | 'auto' = 'auto') =>
  piecesOf(bidi, settable(text), base).map((piece) => piece.text)

test('[X82] a line lies as it is read: words in Arabic whole from right to left, the rest from left to right', () => {
  expect(seen('محمد عبد الله').filter((each) => each !== ' ')).toEqual(['الله', 'عبد', 'محمد'])
  expect(seen('لجنة 12 الأولى').join('')).toBe('الأولى 12 لجنة')
  expect(seen('مدرسة (أ)').join('')).toBe('(أ) مدرسة')
  expect(seen('لجنة Hall 3 كبرى').join('')).toBe('كبرى Hall 3 لجنة')
  expect(seen('Smith (A) 12')).toEqual(['Smith (A) 12'])
  expect(seen('رقم ١٢٣').join('')).toBe('١٢٣ رقم')
})

test('[X82] a date among Arabic words keeps its parts in order', () => {
  expect(seen('عند \u20662030-01-15 09:00 (UTC+03:00)\u2069', 'rtl').join('')).toBe('2030-01-15 09:00 (UTC+03:00) عند')
})

test('[X82] invisible signs do not steer a line, and breaks do not end it', () => {
  expect(seen('\u202eabc\u2066')).toEqual(['abc'])
  expect(seen('a\r\nb')).toEqual(['a b'])
})

test('[X83] a sign no font has becomes a box, a letter with an accent its letter and its mark', () => {
  expect(piecesOf(bidi, settable('a漢b'), 'auto').map(({ part }) => part)).toEqual(['latin', null, 'latin'])
  expect(settable('ń')).toBe('n\u0301')
  for (const sign of ['A', 'é', 'ł', 'م', '٣', 'ﷺ', '–', 'پ']) expect(partFor(sign), sign).not.toBeNull()
  for (const sign of ['漢', '😀', 'Ж']) expect(partFor(sign), sign).toBeNull()
})

const REPORT: Report = {
  language: 'ar',
  title: 'انتخابات',
  subtitle: 'x',
  band: null,
  foot: 'f',
  page: (page) => `صفحة ${page}`,
  at: 0,
  blocks: [{ is: 'words', text: 'مدرسة السلام الأولى', tone: 'plain' }],
}

test('[X82] the letters in the file are joined, and a reader finds the words in it', async (context) => {
  const file = join(folder(ends), 'a.pdf')
  writeFileSync(file, await paperOf(REPORT, '1', async () => {}))
  let text: string
  try {
    text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return context.skip('pdftotext is not installed')
  }
  // A lam with an alef is one sign of the font; readers differ in how they take it apart.
  for (const word of ['انتخابات', 'مدرسة', 'صفحة']) expect(text.normalize('NFKC')).toContain(word)
})

test('[X84] the sign says whose journal it is and its head, on paper and as a picture', async () => {
  const facts = factsOf(rowsOf(dayEvents()))
  const { server, cursor, head } = facts.journal
  expect(signText(facts)).toBe(`tallydesk 1 ${server} 1 rehearsal ${cursor} ${head}`)
  const squares = await signSquares(signText(facts))
  expect(squares.length).toBe(squares[0]?.length)
  const svg = await signSvg('a<b')
  expect(svg).toContain('<title>a&lt;b</title>')
  const dark = (await signSquares('a<b')).flat().filter(Boolean).length
  expect(svg.match(/h1v1h-1z/g)).toHaveLength(dark)
})
