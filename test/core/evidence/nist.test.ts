import { existsSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { nistReport } from '../../../src/core/evidence/nist.ts'
import { nistStatus } from '../../../src/core/evidence/nist-standing.ts'
import { checkAgainstSchema } from '../../../src/main/node/evidence/nist-schema.ts'
import { TOPICS } from '../../../src/shared/model/change.ts'
import { seededRandom } from '../../doubles/seeded-random.ts'
import { OPENED, told } from '../journal/on-disk.ts'
import { dice, historian } from '../journal/random-history.ts'
import { candidate, committee, count, election, entry, NINE, party } from '../projection/records.ts'
import { dayEvents, factsOf, rowsOf, textOf } from './a-day.ts'

const SCHEMA = '../shared/data/NIST_V2_election_results_reporting.json'

const faultsOf = async (events: readonly JournalEvent[], opened?: JournalEvent) => {
  const checked = await checkAgainstSchema(
    JSON.parse(JSON.stringify(nistReport(factsOf(rowsOf(events, opened))))),
    SCHEMA,
  )
  if (!checked.ok) throw new Error(checked.error)
  return checked.value
}

test('[X67] the report is valid by the published schema, whatever the election', async (context) => {
  if (!existsSync(SCHEMA)) return context.skip('the published schema is not here')
  expect(await faultsOf([])).toEqual([])
  expect(await faultsOf(dayEvents())).toEqual([])
  expect(await faultsOf(dayEvents(), { ...OPENED, mode: 'official' } as typeof OPENED)).toEqual([])
  for (const phase of ['SETUP', 'GUARANTEE_PHASE', 'VOTING_DAY', 'COUNTING', 'CLOSED'] as const) {
    for (const votingMode of ['FULL_PARTY', 'MIXED', 'BOTH'] as const) {
      const bare = told(
        election({ phase, votingMode, date: null, maxCandidatesPerBallot: 0 }),
        party(1, ''),
        committee(1),
      )
      expect(await faultsOf(bare)).toEqual([])
    }
  }
})

test('[X67] random histories give valid reports', async (context) => {
  if (!existsSync(SCHEMA)) return context.skip('the published schema is not here')
  for (let seed = 1; seed <= 12; seed++) {
    const d = dice(seededRandom(seed))
    const next = historian(d, () => NINE)
    const events = Array.from({ length: 150 }, (_, index) => next(index + 1))
    expect(await faultsOf(events), `seed ${seed}`).toEqual([])
  }
})

test('[X67] a report that does not fit is told apart', async (context) => {
  if (!existsSync(SCHEMA)) return context.skip('the published schema is not here')
  const report = JSON.parse(JSON.stringify(nistReport(factsOf(rowsOf(dayEvents())))))
  const checked = await checkAgainstSchema({ ...report, Status: 'final' }, SCHEMA)
  expect(checked.ok && checked.value.length).toBeGreaterThan(0)
})

const covered: JournalEvent[] = TOPICS.map((topic) => ({ is: 'covered', topic, from: NINE, after: 999, settles: NINE }))

test('[X68] the status follows what was counted and what is in doubt', () => {
  const statusOf = (events: readonly JournalEvent[]) => nistStatus(factsOf(rowsOf(events)).fold)
  const place = told(committee(1), committee(2))
  expect(statusOf([])).toBe('pre-election')
  expect(statusOf([...told(election({ phase: 'VOTING_DAY' })), ...place])).toBe('pre-election')
  expect(statusOf([...told(election({ phase: 'COUNTING' })), ...place, ...covered])).toBe('unofficial-partial')
  expect(statusOf([...told(election({ phase: 'VOTING_DAY' }), count(1, 1, 4)), ...place])).toBe('unofficial-partial')
  const all = told(election({ phase: 'CLOSED' }), entry(1, { status: 'VERIFIED' }), entry(2, { status: 'VERIFIED' }))
  expect(statusOf([...all, ...place, ...covered])).toBe('unofficial-complete')
  expect(statusOf([...all, ...place])).toBe('unofficial-partial')
  const doubt: JournalEvent = { is: 'doubted', topics: ['counts'], since: NINE, because: 'gap' }
  expect(statusOf([...all, ...place, ...covered, doubt])).toBe('unofficial-partial')
})

test('[X69] votes by committee and their sums are those of the CSV files', () => {
  const facts = factsOf(rowsOf([...dayEvents(), ...told(candidate(4), count(1, 4, 0))]))
  const report = JSON.parse(JSON.stringify(nistReport(facts)))
  const rows: Record<string, string>[] = parse(textOf(facts, 'counts.csv'), { bom: true, columns: true })
  const [contest] = report.Election[0].Contest
  const told2 = contest.ContestSelection.flatMap((selection: never) => countsIn(selection))
  expect(told2.filter((each: string) => !each.startsWith('area')).sort()).toEqual(
    rows.map((row) => `committee-${row['committee_id']} candidate-${row['candidate_id']} ${row['votes']}`).sort(),
  )
  expect(told2).toContain('area candidate-1 59')
  const statuses = report.GpUnit.map((unit: { CountStatus?: { Status: string }[] }) => unit.CountStatus?.[0]?.Status)
  expect(statuses).toEqual([undefined, 'completed', 'not-processed', 'in-process'])
})

function countsIn(selection: { CandidateIds: string[]; VoteCounts: { GpUnitId: string; Count: number }[] }): string[] {
  return selection.VoteCounts.map((each) => `${each.GpUnitId} ${selection.CandidateIds[0]} ${each.Count}`)
}
