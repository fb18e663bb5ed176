import { expect, test } from 'vitest'
import { type Fields, understood } from '../../../../src/core/backend/election/fields.ts'
import { camelCase } from '../../../../src/core/backend/election/keys.ts'
import * as records from '../../../../src/core/backend/election/records.ts'
import * as sample from '../../../fixtures/election/frames.ts'

/** The server's own conversion, at every depth. */
const camelized = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camelized)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [camelCase(key), camelized(inside)]))
}

test('[W20] keys as the server spells them', () => {
  const spelled = {
    koc_id: 'kocId',
    elector_koc_id: 'electorKocId',
    isConfirmed: 'isConfirmed',
    group__name: 'group_Name',
    elector__committee__code: 'elector_Committee_Code',
    elector__section: 'elector_Section',
    recent_24h: 'recent24h',
    a_b_c: 'aBC',
    id: 'id',
  }
  for (const [name, expected] of Object.entries(spelled)) expect(camelCase(name)).toBe(expected)
  for (const [name, expected] of Object.entries(spelled)) expect(camelCase(name)).toBe(expected)
})

test('[W21] frame and answer make the same record', () => {
  const pairs: readonly (readonly [(f: Fields) => unknown, object])[] = [
    [records.guarantee, { ...sample.guaranteeData, user: 4, elector_committee_code: 'f2' }],
    [records.attendance, sample.attendanceData],
    [records.voteCount, sample.voteCountData],
    [records.ballotEntry, sample.entryData],
    [records.results, sample.resultsData],
    [records.election, sample.electionData],
    [records.committee, sample.committeeData],
    [records.candidate, sample.candidateData],
    [records.party, sample.partyData],
  ]
  for (const [build, data] of pairs) {
    const framed = understood(data, 'x', 'frame', build)
    expect(framed.ok, JSON.stringify(framed)).toBe(true)
    expect(understood(camelized(data), 'x', 'rest', build)).toEqual(framed)
  }
})
