import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { describeFault, type ImportFault } from '../../../src/hub/rehearsal/openelections/fault.ts'
import { type PrecinctImport, readPrecincts } from '../../../src/hub/rehearsal/openelections/read-precincts.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/openelections/${name}`, import.meta.url))

async function imported(source: string | Uint8Array, contest?: string): Promise<PrecinctImport> {
  const result = await readPrecincts(source, { contest })
  if (!result.ok) throw new Error(result.error.map(describeFault).join('\n'))
  return result.value
}
async function faults(source: string | Uint8Array, contest?: string): Promise<readonly ImportFault[]> {
  const result = await readPrecincts(source, { contest })
  if (result.ok) throw new Error('it was imported')
  return result.error
}
const where = (fault: ImportFault) => [fault.is, fault.line, fault.column]
const figures = (found: PrecinctImport) =>
  found.committees.map(({ registered, ballots, votes }) => [registered, ballots, ...votes])
const kinds = (found: PrecinctImport) => found.warnings.map((warning) => warning.is)
const heading = 'county,precinct,office,district,party,candidate,votes'

describe('what is read', () => {
  test('[R14] columns by heading, in any order and case, with others between and county missing', async () => {
    const found = await imported(fixture('reordered.csv'), 'president')
    expect(figures(found)).toEqual([[1000, 610, 300, 295]])
    expect(found.committees[0]).toMatchObject({ code: 'P001', name: 'North 1', county: '', invalid: 12 })
    expect(found.candidates).toEqual([
      { name: 'Ada Quill', party: 'DEM', votes: 300 },
      { name: 'Bo Tamlin', party: 'REP', votes: 295 },
    ])
  })

  test('[R14] a missing tail of empty values and further columns do no harm', async () => {
    const found = await imported(`${heading},notes,x\nM,P1,Mayor,,,Ann Lorvale,4\nM,P1,Mayor,,,Ben Dorush,5,seen,,,\n`)
    expect(figures(found)).toEqual([[9, 9, 4, 5]])
  })

  test('[R15] byte order mark, CRLF, quoted commas and breaks, separators, spaces, empty votes', async () => {
    const found = await imported(fixture('bom-crlf-quotes.csv'), 'President')
    expect(figures(found)).toEqual([[1009, 527, 365, 140, 0]])
    expect(found.committees[0]?.name).toBe('North 1, Hall')
    expect(found.candidates.map((candidate) => candidate.name)).toEqual(['Quill, Ada "Ace"', 'Bo Tamlin', 'Write-ins'])
    expect(found.warnings).toMatchObject([{ is: 'empty-votes', line: 8, count: 1 }])
  })

  test.each([
    ['"1,234"', 1234],
    ['" 1 234 "', 1234],
    ['12.0', 12],
    ['٣٤٥', 345],
    ['-', 0],
    ['"1,234,567"', 1_234_567],
  ])('[R15] the figure %s is %i', async (cell, votes) => {
    const found = await imported(`${heading}\nM,P1,Mayor,,,Ann Lorvale,${cell}\nM,P1,Mayor,,,Ben Dorush,1\n`)
    expect(found.counts['Ann Lorvale']).toBe(votes)
  })

  test('[R16] turnout as candidates of a contest, without counting it once per contest', async () => {
    const found = await imported(fixture('pseudo-candidates.csv'), 'Mayor')
    expect(figures(found)).toEqual([[90, 40, 22]])
    expect(found.contests.map((contest) => contest.label)).toEqual(['Mayor', 'Clerk'])
  })

  test('[R16] turnout per party where there is no total', async () => {
    expect(figures(await imported(fixture('registered-by-party.csv')))).toEqual([[80, 30, 22]])
  })

  test('[R18] over, under and total rows are no candidates, write-ins are', async () => {
    const found = await imported(fixture('extra-rows.csv'), 'President')
    expect(figures(found)).toEqual([[33, 33, 10, 20]])
    expect(found.notCounted).toEqual({ over: 1, under: 2 })
    expect(found.committees[0]?.invalid).toBe(1)
    expect(
      found.warnings.filter((warning) => warning.is === 'sum-left-out').map(({ line, count }) => [line, count]),
    ).toEqual([
      [6, 1],
      [9, 2],
    ])
    expect((await imported(fixture('plain.csv'), 'President')).counts['Write-ins']).toBe(6)
  })

  test('[R19] precincts of one name in two counties stay apart', async () => {
    const found = await imported(fixture('two-counties.csv'))
    expect(found.committees.map(({ code, name, ballots }) => [code, name, ballots])).toEqual([
      ['P001', 'Ward 1 (Marl)', 20],
      ['P002', 'Ward 1 (Torf)', 30],
      ['P003', 'Ward 2', 17],
    ])
  })

  test('[R20] rows by way of voting are added up, and not added to a total', async () => {
    expect(figures(await imported(fixture('by-mode.csv')))).toEqual([[33, 33, 17, 13]])
  })

  test('[R20] columns by way of voting stand in for missing totals', async () => {
    const found = await imported(fixture('only-ways.csv'))
    expect(figures(found)).toEqual([[1381, 1381, 1368, 13]])
  })

  test('[R26] a file that is not UTF-8 is read as Latin-1 and says where', async () => {
    const found = await imported(fixture('latin-1.csv'))
    expect(found.candidates[0]?.name).toBe('José Olvar')
    expect(found.committees[1]?.name).toBe('Cañon')
    expect(found.warnings.find((warning) => warning.is === 'latin-1')?.line).toBe(2)
  })

  test('[R26] UTF-16 by its mark, tabs and semicolons', async () => {
    const text = `\uFEFF${heading}\nM,P1,Mayor,,,Zoë Lorvale,4\n`
    expect((await imported(Buffer.from(text, 'utf16le'))).candidates[0]?.name).toBe('Zoë Lorvale')
    expect(figures(await imported(fixture('semicolon.csv')))).toEqual([[3, 3, 3]])
    expect(figures(await imported(`${heading}\nM,P1,Mayor,,,Ann Lorvale,4\n`.replaceAll(',', '\t')))).toEqual([
      [4, 4, 4],
    ])
  })

  test('[R26] a stream cut anywhere, inside a letter too, reads as the whole', async () => {
    const bytes = Buffer.from(`${heading}\nM,P1,Mayor,,,Zoë Lorvale,4\n`)
    const pieces = async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte)
    }
    const result = await readPrecincts(pieces())
    expect(result.ok && result.value.counts).toEqual({ 'Zoë Lorvale': 4 })
  })
})

describe('what is assumed', () => {
  test('[R17] without turnout rows the votes, over and under votes are the ballots and the electors', async () => {
    const found = await imported(fixture('no-turnout.csv'))
    expect(figures(found)).toEqual([
      [77, 77, 40, 30],
      [16, 16, 7, 9],
    ])
    expect(kinds(found)).toEqual(['no-ballots', 'no-registered'])
    expect(found.warnings.map((warning) => warning.count)).toEqual([2, 2])
  })

  test('[R25] without a wish the only contest, or the President with a warning', async () => {
    expect((await imported(fixture('by-mode.csv'))).warnings.map((warning) => warning.is)).not.toContain(
      'contest-assumed',
    )
    const found = await imported(fixture('plain.csv'))
    expect(found.contest.label).toBe('President')
    expect(kinds(found)).toContain('contest-assumed')
  })

  test('[R28] a file with more votes than ballots as a whole fills several seats', async () => {
    const found = await imported(fixture('several-seats.csv'))
    expect(found.maxCandidatesPerBallot).toBe(2)
    expect(figures(found)).toEqual([
      [50, 50, 45, 40],
      [10, 10, 9, 8],
    ])
  })

  test('[R28] one precinct with more votes than ballots has its ballots and electors raised', async () => {
    const found = await imported(fixture('too-many-votes.csv'))
    expect(found.maxCandidatesPerBallot).toBe(1)
    expect(figures(found)).toEqual([
      [90, 80, 40],
      [10, 10, 10],
    ])
    expect(kinds(found)).toEqual(['ballots-raised', 'registered-raised'])
    expect(found.warnings.map((warning) => warning.line)).toEqual([5, 5])
  })

  test('[R29] a turnout given twice counts once, votes given twice are added', async () => {
    const found = await imported(fixture('repeated.csv'))
    expect(figures(found)).toEqual([[80, 80, 37]])
    expect(found.warnings.map(({ is, line }) => [is, line])).toContainEqual(['same-turnout-again', 3])
    expect(found.warnings.map(({ is, line }) => [is, line])).toContainEqual(['added-up', 6])
    expect(kinds(found)).toContain('parties')
  })
})

describe('what is refused', () => {
  test('[R21] figures that are none, with line, column and remedy; other contests do not matter', async () => {
    const found = await faults(fixture('bad-values.csv'), 'President')
    expect(found.map(where)).toEqual([
      ['bad-value', 2, 'Votes'],
      ['bad-value', 3, 'Votes'],
      ['bad-value', 4, 'Votes'],
    ])
    expect(describeFault(found[0] as ImportFault)).toBe(
      'line 2, column "Votes": "12x" is not a whole number. Write digits only, or leave the cell empty for 0.',
    )
    expect(found[1]?.message).toContain('is negative')
    expect((await faults(`${heading}\nM,P1,Mayor,,,Ann Lorvale,99999999\n`))[0]?.message).toContain('is more than')
  })

  test('[R22] lines of the wrong length and lines without a name', async () => {
    const found = await faults(fixture('bad-rows.csv'), 'President')
    expect(found.map(where)).toEqual([
      ['bad-row', 2, null],
      ['bad-row', 3, null],
      ['bad-row', 4, 'precinct'],
      ['bad-row', 5, 'candidate'],
    ])
    expect(found[0]?.remedy).toContain('quotation marks')
  })

  test('[R23] stray and open quotation marks, at the line where they stand', async () => {
    expect((await faults(fixture('stray-quote.csv'))).map(where)).toEqual([['not-csv', 3, null]])
    expect((await faults(fixture('open-quote.csv'))).map(where)).toEqual([['not-csv', 3, null]])
  })

  test('[R24] an unknown contest is answered by those there are; districts are asked for', async () => {
    const [unknown] = await faults(fixture('plain.csv'), 'Governor')
    expect(unknown?.is).toBe('no-such-contest')
    expect(unknown?.remedy).toContain('President, State House 12, State House 13')
    const [several] = await faults(fixture('plain.csv'), 'state house')
    expect(several?.is).toBe('several-districts')
    expect(several?.remedy).toContain('--contest "State House 12"')
    const found = await imported(fixture('plain.csv'), 'STATE  house 13')
    expect(figures(found)).toEqual([[500, 200, 90]])
    expect(kinds(found)).toContain('outside')
  })

  test('[R25] several contests, none named, no President', async () => {
    expect((await faults(fixture('pseudo-candidates.csv'))).map(where)).toEqual([['no-such-contest', null, 'office']])
  })

  test.each([
    ['nothing', '', 'empty', null],
    ['only blank lines', ' \r\n\r\n', 'empty', null],
    ['only headings', `${heading}\n`, 'no-such-contest', null],
    ['no headings', fixture('no-heading.csv'), 'missing-column', 1],
    ['a web page', '<!DOCTYPE html><html></html>', 'not-csv', 1],
    ['an archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0), 'not-text', 1],
    ['two columns of votes', 'precinct,office,candidate,votes,Votes\nP1,Mayor,Ann Lorvale,1,2\n', 'missing-column', 1],
    ['a contest without candidates', `${heading}\nM,P1,Mayor,,,Over Votes,3\n`, 'nothing-to-count', null],
  ])('[R27] %s is refused with what to do', async (_name, source, is, line) => {
    const [fault] = await faults(source)
    expect([fault?.is, fault?.line]).toEqual([is, line])
    expect(fault?.remedy).not.toBe('')
  })

  test('[R27] a stream over the limit is refused before it is held', async () => {
    let handed = 0
    const endless = async function* () {
      for (;;) {
        handed += 64 * 1024 * 1024
        yield new Uint8Array(64 * 1024 * 1024)
      }
    }
    const result = await readPrecincts(endless())
    expect(result.ok ? null : result.error.map(where)).toEqual([['too-big', null, null]])
    expect(handed).toBeLessThanOrEqual(5 * 64 * 1024 * 1024)
  })

  test('[R33] twenty faults in full, the rest as a number', async () => {
    const lines = Array.from({ length: 57 }, (_, i) => `M,P${i},Mayor,,,Ann Lorvale,x`)
    const found = await faults([heading, ...lines].join('\n'))
    expect(found).toHaveLength(21)
    expect(found[19]?.line).toBe(21)
    expect(found[20]?.message).toContain('37 more')
  })
})
