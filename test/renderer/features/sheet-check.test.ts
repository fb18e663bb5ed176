import { expect, test } from 'vitest'
import { checkSheet, type Paper, type Typed } from '../../../src/renderer/src/features/count/sheet-check.ts'
import { readCount } from '../../../src/shared/sheet/read-count.ts'

const PAPER: Paper = {
  ...{ candidates: [7, 8, 9], attended: 400, electors: 600, perBallot: 2, pledged: 0, before: null },
  twinOf: () => null,
}
const RIGHT: Typed = { cast: '400', invalid: '10', '7': '300', '8': '200', '9': '100' }
const saysOf = (typed: Typed, paper: Paper = PAPER) =>
  checkSheet({ ...RIGHT, ...typed }, paper).findings.map(({ code, field }) => `${code} ${field}`)

test('[V53] a figure is read in either digit set, grouped or not, and nothing else is', () => {
  const figures = ['0', '٤٠٠', '۱۲', '1 234', '1,234', '١٬٢٣٤', '10000000'].map(readCount)
  expect(figures).toEqual([0, 400, 12, 1234, 1234, 1234, 10_000_000])
  for (const text of ['', ' ', '-1', '1.5', '12a', '10000001', '١٢x', '1e3']) expect(readCount(text), text).toBeNull()
})

test('[V54] a sheet that fits has no findings, and its sums are told', () => {
  const checked = checkSheet(RIGHT, PAPER)
  expect(checked).toMatchObject({ cast: 400, invalid: 10, valid: 390, sum: 600, room: 780, filled: 5, findings: [] })
})

test('[V54] what cannot be is a fault: empty, no number, more invalid than cast, more votes than ballots', () => {
  expect(saysOf({ '8': '' })).toEqual(['F101 8'])
  expect(saysOf({ '8': 'x' })).toEqual(['F102 8'])
  expect(saysOf({ invalid: '401' })).toEqual(['F201 invalid'])
  expect(saysOf({ '9': '391', '7': '0' })).toEqual(['F301 9'])
  expect(saysOf({ '7': '390', '8': '390', '9': '1' })).toEqual(['F302 7'])
})

test('[V54] what is unlikely is a warning: more ballots than people who came, ballots without a vote', () => {
  expect(saysOf({ cast: '401' })).toEqual(['W201 cast'])
  expect(saysOf({ cast: '601' })).toEqual(['W202 cast'])
  expect(saysOf({ '7': '1', '8': '1' })).toEqual(['W301 7'])
})

test('[V54] a bound that sits exactly is no finding, and an unknown number of votes a ballot bounds nothing', () => {
  expect(saysOf({ '7': '390', '8': '390', '9': '0' })).toEqual([])
  expect(saysOf({ invalid: '400', '7': '0', '8': '0', '9': '0' })).toEqual(['W204 invalid'])
  expect(saysOf({ '7': '390', '8': '390', '9': '390' }, { ...PAPER, perBallot: 0 })).toEqual([])
})
