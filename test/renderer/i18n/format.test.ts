import { expect, test } from 'vitest'
import { createFormat, toAscii } from '../../../src/renderer/src/i18n/format.ts'

const words = (key: string, n: string, m = '') => `${n}${m ? `/${m}` : ''} ${key.replace('common.', '')}`
const latin = createFormat('en', 'latn', words)
const arabic = createFormat('ar', 'arab', words)
const MINUTE = 60_000

test('[V12] figures are grouped with a narrow space in Latin digits and in the Arabic way in Arabic-Indic ones', () => {
  expect(latin.number(1_234_567)).toBe('1\u202f234\u202f567')
  expect(createFormat('ar', 'latn', words).number(4812)).toBe('4\u202f812')
  expect(arabic.number(4812)).toBe('٤٬٨١٢')
})

test('[V12] a share is cut, never rounded up to a figure that is not reached', () => {
  expect(latin.share(4812, 8703)).toBe('55.2\u00a0%')
  expect(latin.share(9999, 10_000)).toBe('99.9\u00a0%')
  expect(arabic.share(1, 4)).toBe('٢٥٫٠\u00a0٪')
  expect(latin.share(0, 0)).toBe('—')
})

test('[V12] both digit sets are accepted and turned into ASCII', () => {
  expect(toAscii('٠١٢٣٤٥٦٧٨٩')).toBe('0123456789')
  expect(toAscii('۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789')
  expect(toAscii('m-٠٤2')).toBe('m-042')
})

test('[V13] a number people are known by keeps its leading zeros in either digit set', () => {
  expect(latin.digitsOf('00742')).toBe('00742')
  expect(arabic.digitsOf('00742')).toBe('٠٠٧٤٢')
})

test('[V42] ages are told in the largest fitting unit, and never below zero', () => {
  expect(latin.age(-500)).toBe('0 second')
  expect(latin.age(59_999)).toBe('59 second')
  expect(latin.age(9 * MINUTE)).toBe('9 minute')
  expect(latin.age(120 * MINUTE)).toBe('2 hour')
  expect(latin.age(192 * MINUTE)).toBe('3/12 hourMinute')
  expect(latin.age(50 * 60 * MINUTE)).toBe('2 day')
  expect(latin.ms(38.4)).toBe('38 ms')
})

test('[V176] a countdown is told to the second and never below zero', () => {
  expect([latin.countdown(92_000), latin.countdown(91_001), latin.countdown(-5)]).toEqual(['1:32', '1:32', '0:00'])
  expect(arabic.countdown(65_000)).toBe('١:٠٥')
})
