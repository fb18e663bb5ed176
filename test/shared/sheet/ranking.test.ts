import { expect, test } from 'vitest'
import type { CandidateId } from '../../../src/shared/model/ids.ts'
import { type LeadSheet, leadOf } from '../../../src/shared/sheet/lead.ts'
import { movedSince, ranked } from '../../../src/shared/sheet/ranking.ts'

const rows = (...votes: number[]) =>
  votes.map((each, index) => ({ number: index + 1, name: `C${index + 1}`, votes: each }))
const said = (votes: number[], seats: number | null) =>
  ranked(rows(...votes), seats).map(
    ({ number, rank, tied, seat, margin }) => `${number}:${rank}${tied ? '=' : ''} ${seat} ${margin}`,
  )

test('[P86] equal votes share a rank, in the order given, and the next one counts all before it', () => {
  expect(said([5, 9, 9, 2], null)).toEqual(['2:1= null null', '3:1= null null', '1:3 null null', '4:4 null null'])
})

test('[P87] who is in is as far ahead of the first below the line as they are, who is out as far behind the last seat', () => {
  expect(said([90, 50, 40, 10], 2)).toEqual(['1:1 in 50', '2:2 in 10', '3:3 out -10', '4:4 out -40'])
  expect(said([90, 50], 2)).toEqual(['1:1 in null', '2:2 in null'])
  expect(said([90, 50], 5)).toEqual(['1:1 in null', '2:2 in null'])
})

test('[P87] where the last seat and the first without have as many votes, neither is in', () => {
  expect(said([90, 50, 50, 10], 2)).toEqual(['1:1 in 40', '2:2= line 0', '3:2= line 0', '4:4 out -40'])
})

test('[P88] what moved since publication: whose votes, by how much, and the ranks before and after', () => {
  const now = rows(90, 62, 60, 10)
  expect(movedSince(rows(90, 60, 61, 10), now)).toEqual([
    { number: 2, name: 'C2', before: 60, now: 62, rankBefore: 3, rankNow: 2 },
    { number: 3, name: 'C3', before: 61, now: 60, rankBefore: 2, rankNow: 3 },
  ])
  expect(movedSince(now, now)).toEqual([])
  expect(movedSince(rows(5), [])).toMatchObject([{ before: 5, now: 0 }])
})

const sheet = (committee: string, at: number, ...votes: number[]): LeadSheet => ({
  ...{ committee, at },
  votes: votes.map((n, index) => ({ candidate: (index + 1) as CandidateId, votes: n })),
})

test('[P89] the lead goes sheet by sheet in the order they were entered, and each change of the first place is kept', () => {
  const lead = leadOf([sheet('C3', 30, 0, 20), sheet('C1', 10, 10, 4), sheet('C2', 20, 0, 6)])
  expect(lead.points.map(({ votes }) => votes)).toEqual([
    [4, 10],
    [10, 10],
    [30, 10],
  ])
  expect(lead.candidates).toEqual([2, 1])
  expect(lead.changes).toEqual([
    { at: 20, committee: 'C2', from: 1, to: null, ahead: 0 },
    { at: 30, committee: 'C3', from: null, to: 2, ahead: 20 },
  ])
  expect(leadOf([]).points).toEqual([])
})

test('[P89] of 420 committees at most 240 points are told, the last among them, and no change is lost', () => {
  const sheets = Array.from({ length: 420 }, (_, index) =>
    sheet(`C${index}`, index, index % 2 === 0 ? 3 : 0, index % 2 === 0 ? 0 : 3),
  )
  const lead = leadOf(sheets)
  expect(lead.points.length).toBeLessThanOrEqual(240)
  expect(lead.points.at(-1)).toEqual({ at: 419, sheets: 420, committee: 'C419', votes: [630, 630] })
  expect(lead.changesInAll).toBe(419)
  expect(lead.changes).toHaveLength(50)
})
