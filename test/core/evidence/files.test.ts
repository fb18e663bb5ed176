import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvLine, harmless, plain } from '../../../src/core/evidence/csv.ts'
import { reportOf } from '../../../src/core/evidence/report.ts'
import { packFiles } from '../../../src/core/evidence/pack-files.ts'
import { attendance, code, election, number } from '../projection/records.ts'
import { OPENED, told } from '../journal/on-disk.ts'
import { dayEvents, factsOf, NASTY, rowsOf, SECRETS, textFiles, textOf } from './a-day.ts'

type Row = Record<string, string>
const rowsIn = (text: string): Row[] => parse(text, { bom: true, columns: true, record_delimiter: '\r\n' })
const day = factsOf(rowsOf(dayEvents()))

test('[X60] every text comes back from a CSV as it went in, behind a byte order mark', () => {
  for (const text of NASTY) {
    const [cells]: string[][] = parse(csvLine([text, 1, text]), { record_delimiter: '\r\n' })
    expect(cells?.map(plain)).toEqual([text, '1', text])
  }
  for (const file of textFiles(day)) {
    if (!file.name.endsWith('.csv')) continue
    const text = textOf(day, file.name)
    expect(text.startsWith('\uFEFF'), file.name).toBe(true)
    expect(text.endsWith('\r\n')).toBe(true)
    rowsIn(text)
  }
  const names = rowsIn(textOf(day, 'attendance.csv')).map((row) => plain(row['name'] ?? ''))
  expect(names).toEqual([...NASTY, SECRETS.name, 'Elector 901'])
})

test('[X60] pieces of a long file put together are one file', () => {
  const many = Array.from({ length: 1_203 }, (_, id) => told(attendance(id))).flat()
  const facts = factsOf(rowsOf(many))
  expect(rowsIn(textOf(facts, 'attendance.csv'))).toHaveLength(1_203)
})

test('[X61] what a spreadsheet would run gets one apostrophe, which can be taken away; figures do not', () => {
  for (const text of ['=1', '+1', '-1', '@x', '\t=1', '\r1', '\n1', '＝1', '＋1', '－1', '＠1', "'=1", "''-1"]) {
    expect(harmless(text)).toBe(`'${text}`)
    expect(plain(harmless(text))).toBe(text)
  }
  for (const text of ['a=1', "'plain", '', '1-1', 'محمد']) expect(harmless(text)).toBe(text)
  expect(csvLine([-1, '-1'])).toBe('-1,"\'-1"\r\n')
  const [, second] = rowsIn(textOf(day, 'committees.csv'))
  expect(second?.['name']).toBe("'=2+2")
})

test('[X62] the figures of committees and candidates stand apart by what was verified', () => {
  const [first, second, third] = rowsIn(textOf(day, 'committees.csv'))
  expect(first).toMatchObject({ code: 'C1', electors: '100', attended: '17', turnout_percent: '17.00' })
  expect(first).toMatchObject({ attended_wrong_committee: '1', entry: 'VERIFIED', ballots_cast: '90' })
  expect(first).toMatchObject({ ballots_invalid: '3', votes: '87', votes_verified: '50', votes_unverified: '37' })
  expect(second).toMatchObject({ turnout_percent: '', entry: 'NOT_STARTED', ballots_cast: '' })
  expect(third).toMatchObject({ attended: '1', votes: '9', votes_verified: '0' })
  const candidates = rowsIn(textOf(day, 'candidates.csv'))
  expect(candidates[0]).toMatchObject({ name: 'سالم', party: 'قائمة الأمل', votes: '59', votes_verified: '50' })
  expect(candidates[2]).toMatchObject({ active: 'no', votes: '0', committees_counted: '0' })
})

test('[X63] every topic has its file, and what a frame said is in none', () => {
  expect(packFiles(day).map(({ name }) => name)).toEqual([
    ...['READ-ME.txt', 'report.pdf', 'head.svg', 'committees.csv', 'candidates.csv', 'counts.csv', 'results.csv'],
    ...[
      'attendance.csv',
      'guarantees.csv',
      'commands.csv',
      'conflicts.csv',
      'link.csv',
      'doubts.csv',
      'quarantine.csv',
    ],
    'nist-sp-1500-100-v2.json',
  ])
  const [command] = rowsIn(textOf(day, 'commands.csv'))
  expect(command).toMatchObject({
    does: 'attendance.mark',
    state: 'rejected',
    server_said: SECRETS.reason,
    attempts: '1',
  })
  expect(JSON.parse(command?.['said'] ?? '')).toEqual({
    elector: SECRETS.elector,
    committee: 'C1',
    notes: SECRETS.note,
  })
  expect(rowsIn(textOf(day, 'link.csv')).map((row) => row['state'])).toEqual(['live', 'offline'])
  const doubts = rowsIn(textOf(day, 'doubts.csv'))
  expect(doubts.at(-1)).toMatchObject({ what: 'doubted', topics: 'counts', because: 'link-down' })
  expect(doubts.filter((row) => row['what'] === 'read')).toHaveLength(6)
  expect(rowsIn(textOf(day, 'quarantine.csv'))).toMatchObject([{ frames: '1', bytes: '17' }])
  const [guaranteed] = rowsIn(textOf(day, 'guarantees.csv'))
  expect(guaranteed).toMatchObject({ name: SECRETS.name, mobile: SECRETS.mobile, attended: 'yes', collector: '3' })
  expect(rowsIn(textOf(day, 'results.csv'))).toMatchObject([{ status: 'PRELIMINARY', rank: '1', votes: '59' }])
  for (const file of textFiles(day)) expect(textOf(day, file.name)).not.toContain(SECRETS.excerpt)
})

test('[X64] each row says how far its topic could be trusted', () => {
  for (const row of rowsIn(textOf(day, 'counts.csv'))) {
    expect(row).toMatchObject({ counts_in_doubt: 'yes', counts_trust: 'doubtful', counts_trust_because: 'link-down' })
    expect(row['counts_trust_since']).toBe('2030-01-15T06:01:00.000Z')
  }
  for (const row of rowsIn(textOf(day, 'attendance.csv'))) {
    expect(row).toMatchObject({
      attendance_in_doubt: 'no',
      attendance_trust: 'confirmed',
      attendance_trust_because: '',
    })
  }
  const [first] = rowsIn(textOf(day, 'committees.csv'))
  expect(first).toMatchObject({ counts_in_doubt: 'yes', attendance_in_doubt: 'no' })
})

test('[X65] a figure in doubt has a question mark on paper, and its cause stands before it', () => {
  const { blocks } = reportOf(day)
  const facts = blocks.find((block) => block.is === 'facts')
  const values = new Map(facts?.is === 'facts' ? facts.rows.map(({ label, value }) => [label, value]) : [])
  expect(values.get('Ballots cast')).toBe('100 ?')
  expect(values.get('Attended')).toBe('18')
  const tables = blocks.flatMap((block) => (block.is === 'table' ? [block.rows] : []))
  expect(tables[0]).toContainEqual([
    'Counts',
    'IN DOUBT',
    '\u20662030-01-15 09:01:00 (UTC+03:00)\u2069',
    'the link was down',
  ])
  expect(tables.at(-1)?.[0]).toContain('87 ?')
  expect(blocks.findIndex((block) => block.is === 'table')).toBeLessThan(
    blocks.findIndex((block) => block.is === 'facts'),
  )
})

test('[X66] a rehearsal says so wherever it is read', () => {
  expect(reportOf(day).band).toContain('REHEARSAL')
  expect(textOf(day, 'READ-ME.txt')).toContain('REHEARSAL')
  expect(JSON.parse(textOf(day, 'nist-sp-1500-100-v2.json'))).toMatchObject({ IsTest: true, TestType: 'rehearsal' })
  const official = factsOf(rowsOf(told(election()), { ...OPENED, mode: 'official' } as typeof OPENED))
  expect(reportOf(official).band).toBeNull()
  expect(textOf(official, 'READ-ME.txt')).not.toContain('REHEARSAL')
  expect(JSON.parse(textOf(official, 'nist-sp-1500-100-v2.json'))).toMatchObject({ IsTest: false })
})

test('[X70] nothing of a person is in any file of a sealed pack', () => {
  const sealed = factsOf(rowsOf(dayEvents()), { privacy: 'sealed' })
  const texts = textFiles(sealed).map(({ name }) => [name, textOf(sealed, name)] as const)
  const paper = JSON.stringify(reportOf(sealed))
  for (const secret of Object.values(SECRETS)) {
    expect(textFiles(day).some(({ name }) => textOf(day, name).includes(secret)) || secret === SECRETS.excerpt).toBe(
      true,
    )
    for (const [name, text] of texts) expect(text.includes(secret), `${secret} in ${name}`).toBe(false)
    expect(paper).not.toContain(secret)
  }
  expect(reportOf(sealed).band).toContain('Sealed')
})

test('[X71] sealed electors have ordinals that tell who is the same', () => {
  const sealed = factsOf(rowsOf(dayEvents()), { privacy: 'sealed' })
  const seen = rowsIn(textOf(sealed, 'attendance.csv'))
  const secret = seen.find((row) => row['id'] === '900')?.['elector']
  expect(secret).toMatch(/^E\d{7}$/)
  expect(rowsIn(textOf(sealed, 'guarantees.csv'))[0]?.['elector']).toBe(secret)
  expect(JSON.parse(rowsIn(textOf(sealed, 'commands.csv'))[0]?.['said'] ?? '')).toEqual({
    committee: 'C1',
    elector: secret,
  })
  expect(new Set(seen.map((row) => row['elector'])).size).toBe(seen.length)
})

test('[X63][X70] an elector marked twice is among the conflicts; sealed, nobody can tell who', () => {
  const twice = { elector: number('60606') }
  const events = [
    ...dayEvents(),
    ...told(attendance(950, twice), attendance(951, { ...twice, committeeCode: code('C3') })),
  ]
  const open = factsOf(rowsOf(events))
  expect(rowsIn(textOf(open, 'conflicts.csv'))).toMatchObject([{ kind: 'double-mark', state: 'open', decision: '' }])
  expect(textOf(open, 'conflicts.csv')).toContain('60606')
  const sealed = factsOf(rowsOf(events), { privacy: 'sealed' })
  expect(rowsIn(textOf(sealed, 'conflicts.csv'))).toMatchObject([{ kind: 'double-mark', about: '' }])
  for (const { name } of textFiles(sealed)) expect(textOf(sealed, name)).not.toContain('60606')
})
