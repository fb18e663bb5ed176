import { expect, test } from 'vitest'
import { attentionOf } from '../../../src/shared/sheet/attention.ts'
import { findingsOf, isFault, RULE_CODES, RULES, ruleWords } from '../../../src/shared/sheet/rules.ts'
import { differing, printOf, type SheetFacts, type SheetFigures, withFields } from '../../../src/shared/sheet/sheet.ts'
import type { CandidateId } from '../../../src/shared/model/ids.ts'

const FACTS: SheetFacts = {
  ...{ cast: 400, invalid: 5, sum: 600, whole: true, unread: [], attended: 400, electors: 600, perBallot: 2 },
  votes: [
    { candidate: 7, votes: 300 },
    { candidate: 8, votes: 200 },
    { candidate: 9, votes: 100 },
  ],
  ...{ pledged: 40, twin: null, before: null },
}
const found = (over: Partial<SheetFacts>) =>
  findingsOf({ ...FACTS, ...over }).map(({ code, field, n, most }) => `${code} ${field} ${n}/${most}`)
const votes = (...figures: number[]) => figures.map((n, index) => ({ candidate: 7 + index, votes: n }))

test('[R60] each rule has a code that says its weight, and a text for the clerk and for the supervisor in both languages', () => {
  for (const code of RULE_CODES) {
    expect(code).toMatch(/^[FW]\d{3}$/)
    const { clerk, supervisor } = RULES[code]
    const texts = [clerk.en, clerk.ar, supervisor.en, supervisor.ar]
    for (const text of texts) expect(text.length, code).toBeGreaterThan(8)
    expect(new Set(texts).size, code).toBe(4)
    const values = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort()
    expect(values(clerk.ar), code).toEqual(values(clerk.en))
    expect(values(supervisor.ar), code).toEqual(values(supervisor.en))
  }
})

test('[R60] the words of a rule carry the figures it compared', () => {
  const said = { n: '12', most: '10', place: '' }
  expect(ruleWords('W201', 'clerk', 'en', said)).toBe('12 ballots cast, but only 10 came.')
  expect(ruleWords('W201', 'supervisor', 'ar', said)).toContain('12')
  expect(ruleWords('W401', 'clerk', 'en', { ...said, place: 'm4' })).toContain('m4')
})

test('[R61] a sheet that fits makes no rule speak', () => {
  expect(found({})).toEqual([])
})

test('[R62] no sheet can have more invalid than cast, more votes than valid ballots, or more in all than they carry', () => {
  expect(found({ invalid: 401 })).toEqual(['F201 invalid 401/400'])
  expect(found({ votes: votes(396, 0, 0), sum: 396 })).toEqual(['F301 7 396/395'])
  expect(found({ votes: votes(395, 395, 1), sum: 791 })).toEqual(['F302 7 791/790'])
  expect(found({ votes: votes(395, 395, 0), sum: 790 })).toEqual([])
  expect(found({ votes: votes(395, 395, 395), sum: 1185, perBallot: 0 })).toEqual([])
})

test('[R63] ballots against attendance and electors, attendance against electors', () => {
  expect(found({ cast: 401 })).toEqual(['W201 cast 401/400'])
  expect(found({ cast: 601 })).toEqual(['W202 cast 601/600'])
  expect(found({ attended: 0 })).toEqual([])
  expect(found({ attended: 601 })).toEqual(['W203 cast 601/600'])
})

test('[R64] from 3 % invalid on it is asked, by whole numbers', () => {
  expect(found({ invalid: 11 })).toEqual([])
  expect(found({ invalid: 12 })).toEqual(['W204 invalid 12/400'])
  expect(found({ cast: 0, invalid: 0, votes: votes(0, 0, 0), sum: 0, pledged: 0 })).toEqual([])
})

test('[R65] ballots that carry nothing, and no votes at all where pledged electors came', () => {
  expect(found({ votes: votes(300, 90, 4), sum: 394 })).toEqual(['W301 7 394/395'])
  expect(found({ votes: votes(0, 0, 0), sum: 0 })).toEqual(['W301 7 0/395', 'W302 7 40/0'])
  expect(found({ votes: votes(0, 0, 0), sum: 0, pledged: 4 })).toEqual(['W301 7 0/395'])
  expect(found({ votes: votes(300, 90, 4), sum: 394, whole: false })).toEqual([])
})

test('[R66] two sheets with the very same figures are said to be the same, whatever the order of their lines', () => {
  expect(findingsOf({ ...FACTS, twin: 'm4' })).toEqual([{ code: 'W401', field: '7', n: 600, most: 600, place: 'm4' }])
  const sheet: SheetFigures = { cast: 9, invalid: 1, votes: rows([1, 4], [2, 3]) }
  expect(printOf({ ...sheet, votes: rows([2, 3], [1, 4]) })).toBe(printOf(sheet))
  expect(printOf({ ...sheet, votes: rows([1, 3], [2, 4]) })).not.toBe(printOf(sheet))
  expect(printOf({ ...sheet, cast: 10 })).not.toBe(printOf(sheet))
  expect(printOf({ ...sheet, votes: rows([1, 0], [2, 0]) })).toBeNull()
})

test('[R67] a figure that jumped against what was entered before, by ten and by a fifth', () => {
  const before = (field: string) => ({ cast: 400, invalid: 5, '7': 200, '8': 190, '9': 100 })[field]
  expect(found({ before })).toEqual(['W402 7 300/200'])
  expect(found({ before: (field) => (field === '9' ? 91 : undefined) })).toEqual([])
  expect(found({ before: (field) => (field === '9' ? 89 : undefined) })).toEqual([])
  expect(found({ before: (field) => (field === '9' ? 83 : undefined) })).toEqual(['W402 9 100/83'])
})

test('[R68] what is empty or no number is a fault at its field, and faults come before warnings', () => {
  const unread = [
    { field: '8', text: '' },
    { field: 'invalid', text: 'x' },
  ] as const
  const all = findingsOf({ ...FACTS, unread, cast: 601, whole: false })
  expect(all.map(({ code, field }) => `${code} ${field}`)).toEqual(['F101 8', 'F102 invalid', 'W202 cast'])
  expect(all.map(({ code }) => isFault(code))).toEqual([true, true, false])
})

test('[R69] two sheets differ in the fields that are not the same, and the paper’s fields take their place', () => {
  const one: SheetFigures = { cast: 9, invalid: 1, votes: rows([1, 4], [2, 3]) }
  const other: SheetFigures = { cast: 9, invalid: 0, votes: rows([1, 4], [2, 5]) }
  expect(differing(one, one)).toEqual([])
  expect(differing(one, other)).toEqual(['invalid', '2'])
  expect(
    withFields(
      one,
      new Map([
        ['invalid', 0],
        ['2', 4],
      ] as const),
    ),
  ).toEqual({ ...other, votes: rows([1, 4], [2, 4]) })
})

test('[R70] a sheet wants somebody while a warning is not dealt with, and at once where it cannot stand so', () => {
  const finding = { code: 'W204', field: 'invalid', n: 12, most: 400 } as const
  const remark = { ...finding, words: 'Two stamps', by: 'a', at: 1, handled: null }
  const handled = { by: 'b', at: 2, note: 'Seen' }
  const row: Parameters<typeof attentionOf>[0] = { stage: 'entered', findings: [], remarks: [] }
  expect(attentionOf(row)).toBeNull()
  expect(attentionOf({ ...row, findings: [finding] })).toBe('warning')
  expect(attentionOf({ ...row, findings: [finding], remarks: [remark] })).toBe('warning')
  expect(attentionOf({ ...row, findings: [finding], remarks: [{ ...remark, handled }] })).toBeNull()
  expect(attentionOf({ ...row, findings: [{ ...finding, code: 'F302' }] })).toBe('alarm')
  expect(attentionOf({ ...row, stage: 'differs' })).toBe('alarm')
})

function rows(...pairs: readonly (readonly [number, number])[]): SheetFigures['votes'] {
  return pairs.map(([candidate, votes]) => ({ candidate: candidate as CandidateId, votes }))
}
