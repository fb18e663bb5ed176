import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { electionCodec as codec } from '../../../../src/core/backend/election/codec.ts'
import { momentOf } from '../../../../src/core/backend/election/time.ts'
import type { FrameFault, Heard } from '../../../../src/core/backend/backend.ts'
import * as sample from '../../../fixtures/election/frames.ts'
import { frame, SENT_AT, STAMP } from '../../../fixtures/election/frames.ts'

function heard(text: string): Heard {
  const decoded = codec.decode(text)
  if (!decoded.ok) throw new Error(`not understood: ${decoded.error.detail}`)
  return decoded.value
}
function fault(text: string): FrameFault {
  const decoded = codec.decode(text)
  if (decoded.ok) throw new Error(`understood: ${JSON.stringify(decoded.value)}`)
  return decoded.error
}
const changes = (text: string) => {
  const said = heard(text)
  return said.is === 'changes' ? said.changes : []
}

describe('data frames', () => {
  test('[W1] a guarantee', () => {
    expect(heard(frame('guarantee_update', 'created', sample.guaranteeData))).toEqual({
      is: 'changes',
      changes: [
        {
          kind: 'guarantee',
          op: 'upsert',
          key: 17,
          record: {
            id: 17,
            elector: '700201',
            electorName: 'سارة Example',
            electorMobile: '50000001',
            committeeName: 'Committee F2',
            status: 'GUARANTEED',
            confirmation: 'CONFIRMED',
            group: 3,
            groupName: 'Family',
            groupColor: '#1976d2',
            mobile: '',
            note: 'call after 4',
            hasNotes: false,
            createdAt: 1_772_865_672_101,
          },
        },
      ],
      position: null,
      sentAt: SENT_AT,
    })
  })

  test('[W1] an attendance keeps the zeros of its elector number', () => {
    expect(changes(frame('attendance_update', 'updated', sample.attendanceData))).toEqual([
      {
        kind: 'attendance',
        op: 'upsert',
        key: 412,
        record: {
          id: 412,
          elector: '070021',
          electorName: 'Dana Test',
          committeeCode: 'FC#28',
          markedBy: null,
          attendedAt: 1_772_865_672_101,
          notes: 'early',
          status: 'ATTENDED',
        },
      },
    ])
  })

  test('[W1] results, just created and computed', () => {
    const computed = changes(
      frame('voting_update', 'updated', {
        results: sample.resultsData,
        action_type: 'results_updated',
        election_id: 1,
      }),
    )
    expect(computed).toEqual([
      {
        kind: 'results',
        op: 'upsert',
        key: 'results',
        record: {
          status: 'PRELIMINARY',
          electors: 600,
          attendance: 310,
          cast: 300,
          valid: 296,
          invalid: 4,
          generatedAt: SENT_AT,
          publishedAt: null,
          candidates: [{ number: 9, name: 'Candidate Nine', party: 'Independent', votes: 131, rank: 1 }],
        },
      },
    ])
    const draft = { ...sample.resultsData, results_data: {}, generated_at: null, status: 'DRAFT' }
    expect(changes(frame('voting_update', 'created', { results: draft }))).toMatchObject([
      { record: { candidates: [], generatedAt: null } },
    ])
  })

  test('[W1] what the hub also announces: election, committee, candidate, party, group', () => {
    const said = [
      ...changes(frame('election_update', 'updated', { election: sample.electionData })),
      ...changes(frame('committee_update', 'updated', { committee: sample.committeeData })),
      ...changes(frame('candidate_update', 'created', sample.candidateData)),
      ...changes(frame('party_update', 'created', sample.partyData)),
      ...changes(frame('group_update', 'updated', sample.groupData)),
    ]
    expect(said).toEqual([
      {
        kind: 'election',
        op: 'upsert',
        key: 1,
        record: {
          id: 1,
          name: 'Invented Election',
          phase: 'VOTING_DAY',
          votingMode: 'BOTH',
          maxCandidatesPerBallot: 19,
          date: '2026-03-07',
        },
      },
      {
        kind: 'committee',
        op: 'upsert',
        key: 4,
        record: { id: 4, code: 'm4', name: 'Committee M4', gender: 'MALE', location: 'Hall 4', electors: 600 },
      },
      {
        kind: 'candidate',
        op: 'upsert',
        key: 9,
        record: { id: 9, name: 'Candidate Nine', number: 9, party: null, active: true },
      },
      { kind: 'party', op: 'upsert', key: 2, record: { id: 2, name: 'Blue List', color: '#1133aa' } },
      { kind: 'group', op: 'upsert', key: 3, record: { id: 3, name: 'Family', color: '#1976d2', order: 2 } },
    ])
  })

  test('[W4] deletes take away by key', () => {
    const said = [
      ...changes(frame('guarantee_update', 'deleted', { id: 88, elector_id: '70021', user_id: 12 })),
      ...changes(frame('attendance_update', 'deleted', { id: 5, elector_koc_id: '70021', committee_code: 'm4' })),
      ...changes(frame('voting_update', 'deleted', { vote_count: { id: 55, committee: 4, candidate: 9 } })),
      ...changes(frame('committee_update', 'deleted', { id: 3 })),
      ...changes(frame('group_update', 'deleted', { id: 3 })),
      ...changes(frame('voting_update', 'deleted', { committee_entry: { id: 8, committee: 4 } })),
      ...changes(frame('voting_update', 'deleted', { results: { id: 1 } })),
    ]
    expect(said).toEqual([
      { kind: 'guarantee', op: 'remove', key: 88 },
      { kind: 'attendance', op: 'remove', key: 5 },
      { kind: 'count', op: 'remove', key: '4:9' },
      { kind: 'committee', op: 'remove', key: 3 },
      { kind: 'group', op: 'remove', key: 3 },
      { kind: 'entry', op: 'remove', key: 4 },
      { kind: 'results', op: 'remove', key: 'results' },
    ])
  })

  test('[W5] the key that is there tells counts, entries and results apart', () => {
    const both = { vote_count: sample.voteCountData, committee_entry: sample.entryData, committee_id: 77 }
    expect(changes(frame('voting_update', 'updated', both))).toEqual([
      {
        kind: 'count',
        op: 'upsert',
        key: '4:9',
        record: {
          key: '4:9',
          committee: 4,
          candidate: 9,
          votes: 131,
          status: 'SUBMITTED',
          verified: false,
          enteredBy: 'Sami Test',
          updatedAt: 1_772_906_560_500,
          row: 55,
        },
      },
      {
        kind: 'entry',
        op: 'upsert',
        key: 4,
        record: { committee: 4, status: 'COMPLETED', cast: 300, invalid: 4, row: 8 },
      },
    ])
    expect(fault(frame('voting_update', 'updated', { committee_id: null })).reason).toBe('wrong-shape')
  })

  test('[W6] collector and committee code are absent until a server says them', () => {
    const [plain] = changes(frame('guarantee_update', 'updated', sample.guaranteeData))
    expect(Object.keys(plain?.op === 'upsert' ? plain.record : {})).not.toContain('collector')
    const said = { ...sample.guaranteeData, user: 12, elector_committee_code: 'f2', updated_at: STAMP }
    expect(changes(frame('guarantee_update', 'updated', said))).toMatchObject([
      { record: { collector: 12, committeeCode: 'f2' } },
    ])
    const none = { ...sample.guaranteeData, elector_committee_code: null }
    expect(changes(frame('guarantee_update', 'updated', none))).toMatchObject([{ record: { committeeCode: null } }])
  })

  test('[W3] escapes and plain text read alike', () => {
    const plain = frame('guarantee_update', 'updated', sample.guaranteeData)
    const escaped = plain.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    expect(escaped).not.toBe(plain)
    expect(heard(escaped)).toEqual(heard(plain))
  })
})

test('[W2] one moment in every style; none without a zone', () => {
  const styles = [
    '2026-03-07T06:41:12.104233+00:00',
    '2026-03-07T09:41:12.104233+03:00',
    '2026-03-07T06:41:12.104Z',
    '2026-03-07T06:41:12.104000000Z',
  ]
  expect(styles.map(momentOf)).toEqual(styles.map(() => 1_772_865_672_104))
  expect(momentOf('2026-03-07T06:41:12Z')).toBe(1_772_865_672_000)
  const refused = ['2026-03-07T06:41:12', '2026-03-07', 'March 7', '', '2026-13-07T06:41:12Z', '1772865672104']
  expect(refused.map(momentOf)).toEqual(refused.map(() => null))
})

describe('the stream', () => {
  test('[W7] a plain hello and the hub’s', () => {
    const plain = JSON.stringify({ type: 'connection_success', message: 'Connected', timestamp: STAMP })
    expect(heard(plain)).toEqual({
      is: 'hello',
      features: new Set(),
      position: null,
      mode: null,
      serverTime: SENT_AT,
    })
    const hub = {
      type: 'connection_success',
      timestamp: STAMP,
      features: ['seq', 'resume', 'telepathy'],
      epoch: 'e1',
      seq: 41,
      mode: 'rehearsal',
    }
    const expected = {
      is: 'hello',
      features: new Set(['seq', 'resume']),
      position: { epoch: 'e1', seq: 41 },
      mode: 'rehearsal',
      serverTime: 123,
    }
    expect(heard(JSON.stringify({ ...hub, server_time: 123 }))).toEqual(expected)
    expect(heard(JSON.stringify({ ...hub, server_time: STAMP }))).toEqual({ ...expected, serverTime: SENT_AT })
  })

  test('[W8] epoch and sequence come together', () => {
    const deleted = { id: 88, elector_id: '70021', user_id: 12 }
    const said = heard(frame('guarantee_update', 'deleted', deleted, { epoch: 'e1', seq: 7 }))
    expect(said).toMatchObject({ position: { epoch: 'e1', seq: 7 } })
    expect(fault(frame('guarantee_update', 'deleted', deleted, { seq: 7 })).detail).toContain('epoch')
    expect(fault(frame('guarantee_update', 'deleted', deleted, { epoch: 'e1' })).detail).toContain('seq')
    expect(fault(frame('guarantee_update', 'deleted', deleted, { epoch: '', seq: 7 })).detail).toContain('epoch')
  })

  test('[W9] skip, resumed, resync', () => {
    expect(heard('{"type":"skip","from":4,"seq":6,"epoch":"e1"}')).toEqual({
      is: 'skip',
      from: 4,
      position: { epoch: 'e1', seq: 6 },
    })
    expect(heard('{"type":"skip","seq":6,"epoch":"e1"}')).toMatchObject({ from: 6 })
    expect(heard('{"type":"resumed","from":5,"to":9}')).toEqual({ is: 'resumed', from: 5, to: 9 })
    expect(heard('{"type":"resync","epoch":"e2","seq":3,"because":"too old"}')).toEqual({
      is: 'resync',
      position: { epoch: 'e2', seq: 3 },
      because: 'too old',
    })
    expect(fault('{"type":"skip","seq":6}').reason).toBe('wrong-shape')
  })

  test('[W10] a pong echoes our number or nothing', () => {
    expect(heard('{"type":"pong","timestamp":1772.5}')).toEqual({ is: 'pong', echo: 1772.5 })
    for (const other of ['null', '"x"', '[1]', '{}'])
      expect(heard(`{"type":"pong","timestamp":${other}}`)).toEqual({ is: 'pong', echo: null })
    expect(heard('{"type":"pong"}')).toEqual({ is: 'pong', echo: null })
  })

  test('[W16] subscribed and dashboards are noted', () => {
    expect(heard('{"type":"subscribed","channels":[]}')).toEqual({ is: 'noted', type: 'subscribed' })
    expect(heard('{"type":"error","message":"Unknown type."}')).toMatchObject({ is: 'noted' })
    expect(heard('{"type":"dashboard_update","dashboard_type":null,"data":null}')).toMatchObject({ is: 'noted' })
  })

  test('[W17] what is sent', () => {
    expect(codec.ping(12.5)).toBe('{"type":"ping","timestamp":12.5}')
    expect(codec.resume({ epoch: 'e"1', seq: 3 })).toBe('{"type":"resume","epoch":"e\\"1","since":3}')
    expect(codec.authenticate('a.b.c')).toBe('{"type":"authenticate","token":"a.b.c"}')
  })
})

describe('what cannot be read', () => {
  test('[W11] three faults', () => {
    for (const text of ['', 'hello', '{"type":"po', '<html></html>', '{"type":"pong"}{'])
      expect(fault(text).reason, text).toBe('not-json')
    for (const text of ['[]', 'null', '5', '"pong"']) expect(fault(text).reason, text).toBe('not-an-object')
    for (const text of ['{}', '{"type":5}', '{"type":"weather_update"}', '{"type":"constructor"}'])
      expect(fault(text).reason, text).toBe('unknown-type')
  })

  test('[W12] too deep and too long are refused, a bracket in a text is not depth', () => {
    const deep = (levels: number) => `{"type":"pong","x":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(heard(deep(31))).toMatchObject({ is: 'pong' })
    expect(fault(deep(32)).reason).toBe('too-deep')
    expect(fault('['.repeat(4_000_000)).reason).toBe('too-deep')
    expect(fault(`{"type":"pong","x":"${'y'.repeat(10_000_000)}"}`)).toMatchObject({ reason: 'wrong-shape' })
    expect(heard(`{"type":"pong","x":"\\"${'['.repeat(99)}"}`)).toMatchObject({ is: 'pong' })
  })

  test.for<[string, unknown, string]>([
    ['id', undefined, 'guarantee_update.data.id: a whole number was expected, nothing came'],
    ['id', '17', 'guarantee_update.data.id: a whole number was expected, text of 2 characters came'],
    ['id', 1.5, 'guarantee_update.data.id: a whole number was expected, number 1.5 came'],
    ['id', -1, 'guarantee_update.data.id: a whole number from 0 was expected, number -1 came'],
    ['id', 2 ** 53, 'guarantee_update.data.id: a whole number was expected, number 9007199254740992 came'],
    ['elector_name', null, 'guarantee_update.data.elector_name: text was expected, null came'],
    [
      'elector_koc_id',
      '',
      'guarantee_update.data.elector_koc_id: text of 1 to 20 characters was expected, an empty text came',
    ],
    ['has_notes', 1, 'guarantee_update.data.has_notes: true or false was expected, number 1 came'],
    ['guarantee_status', 'STRONG', 'one of PENDING, GUARANTEED was expected, text of 6 characters came'],
    ['created_at', 'yesterday', 'a time with its zone was expected, text of 9 characters came'],
  ])('[W13] %s = %j', ([field, value, words]) => {
    const refused = fault(frame('guarantee_update', 'created', { ...sample.guaranteeData, [field]: value }))
    expect(refused.reason).toBe('wrong-shape')
    expect(refused.detail).toContain(words)
  })

  test('[W13] an infinite number, and the path inside a list', () => {
    const text = frame('voting_update', 'updated', { vote_count: sample.voteCountData })
    expect(fault(text.replace('"vote_count":131', '"vote_count":1e999')).detail).toContain('number Infinity')
    const ranks = { candidates: [sample.resultsData.results_data.candidates[0], { candidate_number: 1 }] }
    const results = { ...sample.resultsData, results_data: ranks }
    expect(fault(frame('voting_update', 'updated', { results })).detail).toContain(
      'voting_update.data.results.results_data.candidates[1].candidate_name',
    )
    expect(fault('{"type":"guarantee_update","action":null,"data":null,"timestamp":null}').detail).toContain('.action')
  })

  test('[W14] __proto__ and constructor do nothing', () => {
    const text = frame('attendance_update', 'created', sample.attendanceData)
    const planted = text.replace('{"id"', '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"id"')
    expect(heard(planted)).toEqual(heard(text))
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
    expect(fault('{"__proto__":{"type":"pong"}}').reason).toBe('unknown-type')
  })

  test('[W15] unknown fields are ignored at every depth', () => {
    const plain = frame('voting_update', 'updated', { results: sample.resultsData })
    const more = plain.replaceAll('{', '{"surprise":[{"deep":null}],')
    expect(heard(more)).toEqual(heard(plain))
  })

  test('[W18] nothing makes the decoder throw', () => {
    const seed = 20_260_307
    console.info(`seed ${seed}`)
    const good = [
      frame('guarantee_update', 'created', sample.guaranteeData, { epoch: 'e', seq: 1 }),
      frame('voting_update', 'updated', { results: sample.resultsData }),
      frame('voting_update', 'updated', { vote_count: sample.voteCountData }),
      '{"type":"connection_success","features":["seq"],"epoch":"e","seq":0}',
    ]
    const torn = fc
      .tuple(fc.constantFrom(...good), fc.nat(), fc.nat(), fc.string({ unit: 'binary', maxLength: 8 }))
      .map(([text, from, length, put]) => {
        const at = from % text.length
        return text.slice(0, at) + put + text.slice(at + (length % 12))
      })
    const typed = fc
      .tuple(fc.constantFrom('guarantee_update', 'voting_update', 'pong', 'skip', 'connection_success'), fc.object())
      .map(([type, body]) => JSON.stringify({ ...body, type }))
    const texts = fc.oneof(torn, typed, fc.string({ unit: 'binary' }), fc.json())
    fc.assert(
      fc.property(texts, (text) => void codec.decode(text)),
      { seed, numRuns: 3000 },
    )
  })
})

test.each([
  ['an unknown type', { type: 'tea_update', epoch: 'e', seq: 7, data: {} }],
  ['a wrong shape', { type: 'attendance_update', action: 'created', epoch: 'e', seq: 7, data: { id: 'x' } }],
])('[W70] %s keeps its place in the stream', (_what, frame) => {
  const heard = codec.decode(JSON.stringify(frame))
  expect(heard).toMatchObject({ ok: false, error: { position: { epoch: 'e', seq: 7 } } })
})

test('[W70] a place that cannot be read is none', () => {
  const heard = codec.decode(JSON.stringify({ type: 'tea_update', epoch: 'e', seq: 'x' }))
  expect(heard).toMatchObject({ ok: false, error: { position: null } })
})
