import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvLine, harmless, plain } from '../../../src/core/evidence/csv.ts'
import type { EvidenceFacts } from '../../../src/core/evidence/facts.ts'
import { reportOf, wordsOf } from '../../../src/core/evidence/report.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { packFiles } from '../../../src/core/evidence/pack-files.ts'
import { attendance, code, election, NINE, number } from '../projection/records.ts'
import { OPENED, told } from '../journal/on-disk.ts'
import { dayEvents, factsOf, NASTY, paper, rowsOf, SECRETS, textFiles, textOf } from './a-day.ts'

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
      'paper-counts.csv',
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
  expect(tables.at(-2)?.[0]).toContain('87 ?')
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

test('[J171] every paper count has a row, in the order typed: committee, figure, who, when, why again, and whether it stands', () => {
  const rows = rowsIn(textOf(day, 'paper-counts.csv'))
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatchObject({ committee_code: 'C3', counted_on_paper: '4', stands: 'yes', note: '' })
  expect(rows[1]).toMatchObject({ committee_code: 'C1', counted_on_paper: '20', stands: 'no', note: '' })
  expect(rows[2]).toMatchObject({ committee: 'مدرسة السلام (أ)', counted_on_paper: '19', stands: 'yes' })
  expect(rows[2]).toMatchObject({ counted_by: SECRETS.counter, note: SECRETS.recount })
  expect(rows.map((row) => row['counted_at'])).toEqual([
    ...['2030-01-15T05:00:00.000Z', '2030-01-15T06:00:05.000Z', '2030-01-15T06:00:09.000Z'],
  ])
  const cursors = rows.map((row) => Number(row['journal_cursor']))
  const journal = rowsOf(dayEvents())
  for (const cursor of cursors) expect(JSON.parse(journal[cursor - 1]!.text)).toMatchObject({ is: 'paper' })
  expect(new Set(cursors).size).toBe(3)
  const elsewhere = factsOf(rowsOf([paper(8, 1)]))
  expect(rowsIn(textOf(elsewhere, 'paper-counts.csv'))).toMatchObject([{ committee_code: 'C8', committee: '' }])
})

test('[J172] beside a paper count stands what the server had then, and how far that could be trusted then', () => {
  const [before, unread, read] = rowsIn(textOf(day, 'paper-counts.csv'))
  expect(before).toMatchObject({ attended_then: '1', in_doubt_then: '', trust_then: '', trust_because_then: '' })
  expect(unread).toMatchObject({ attended_then: '17', not_seen_at_server_then: '0', in_doubt_then: 'yes' })
  expect(unread).toMatchObject({ trust_then: 'doubtful', trust_because_then: 'not-read-yet' })
  expect(read).toMatchObject({ attended_then: '17', not_seen_at_server_then: '2', in_doubt_then: 'no' })
  expect(read).toMatchObject({ trust_then: 'confirmed', trust_since_then: '2030-01-15T06:00:00.000Z' })
  // What was doubted later changes nothing of what was known then.
  const doubt: JournalEvent = { is: 'doubted', topics: ['attendance'], since: NINE, because: 'gap' }
  const later = factsOf(rowsOf([...dayEvents(), doubt]))
  expect(textOf(later, 'paper-counts.csv')).toBe(textOf(day, 'paper-counts.csv'))
})

const LAST_COUNTS = [
  ['C1', 'مدرسة السلام (أ)', '19', '17', '2', '\u20662030-01-15 09:00:09 (UTC+03:00)\u2069'],
  ['C3', 'Committee 3', '4', '1 ?', '0', '\u20662030-01-15 08:00:00 (UTC+03:00)\u2069'],
]
const paperTable = (facts: EvidenceFacts) => {
  const { blocks } = reportOf(facts)
  const at = blocks.findIndex(
    (each) => each.is === 'heading' && each.text === wordsOf(facts.choice.language).paperCounts,
  )
  return blocks.slice(at + 1)
}

test('[J173] the report has the last paper count of each committee beside the server’s figure of then, in both languages', () => {
  for (const language of ['en', 'ar'] as const) {
    const facts = factsOf(rowsOf(dayEvents()), { language })
    const [about, table] = paperTable(facts)
    expect(about).toMatchObject({ is: 'words', text: wordsOf(language).paperCountsAbout })
    expect(table?.is === 'table' && table.columns).toHaveLength(8)
    const who = [
      [SECRETS.counter, SECRETS.recount],
      [SECRETS.counter, ''],
    ]
    expect(table).toMatchObject({ rows: LAST_COUNTS.map((row, index) => [...row, ...(who[index] ?? [])]) })
    const none = factsOf(rowsOf(told(election())), { language })
    expect(paperTable(none)).toEqual([{ is: 'words', text: wordsOf(language).noPaperCounts, tone: 'plain' }])
    expect(textOf(none, 'paper-counts.csv').split('\r\n')).toHaveLength(2)
  }
})

test('[J173] sealed, neither who counted the paper nor the note is in the table or the file', () => {
  const sealed = factsOf(rowsOf(dayEvents()), { privacy: 'sealed' })
  expect(paperTable(sealed)[1]).toMatchObject({ is: 'table', rows: LAST_COUNTS })
  for (const row of rowsIn(textOf(sealed, 'paper-counts.csv'))) expect(row).toMatchObject({ counted_by: '', note: '' })
  expect(rowsIn(textOf(sealed, 'paper-counts.csv')).map((row) => row['counted_on_paper'])).toEqual(['4', '20', '19'])
})
