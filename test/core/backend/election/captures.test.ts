import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { electionCodec } from '../../../../src/core/backend/election/codec.ts'
import { type Fields, understood } from '../../../../src/core/backend/election/fields.ts'
import * as records from '../../../../src/core/backend/election/records.ts'

/** What the real election server sent and answered, kept beside the project where it is to be had. */
const FOLDER = join(import.meta.dirname, '../../../../../shared/data/captures')
const there = existsSync(FOLDER)

type Capture = {
  readonly received?: readonly { readonly text: string }[]
  readonly reply?: { readonly data?: unknown }
}
const read = (name: string): Record<string, Capture> => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))

describe('captures', () => {
  beforeEach((context) => {
    if (!there) context.skip(`skipped: no captures of the real server in ${FOLDER}`)
  })

  test('[W19] every captured frame is understood, except the one sent empty by hand', () => {
    const notUnderstood: string[] = []
    for (const [name, { received = [] }] of Object.entries(read('broadcasts.json')))
      for (const { text } of received) {
        const decoded = electionCodec.decode(text)
        if (!decoded.ok) notUnderstood.push(name)
        else if (decoded.value.is === 'changes') expect(decoded.value.changes, name).toHaveLength(1)
      }
    expect(notUnderstood).toEqual(['raw_event_without_fields'])
  })

  test('[W19] a captured frame and the captured answer agree on the record', () => {
    const frames = read('broadcasts.json')
    const [frame] = frames.attendance_created?.received ?? []
    const decoded = electionCodec.decode(frame?.text ?? '')
    expect(decoded).toMatchObject({
      value: { changes: [{ kind: 'attendance', record: { elector: '900001', attendedAt: 1_795_211_227_380 } }] },
    })
  })

  test.for<[string, (f: Fields) => unknown, (data: unknown) => unknown]>([
    ['attendees', records.attendance, (data) => data],
    ['vote_counts', records.voteCount, (data) => data],
    ['elections', records.election, (data) => data],
    ['committees', records.committee, (data) => data],
    ['candidates', records.candidate, (data) => data],
    ['results', records.results, (data) => [data]],
    ['me', records.user, (data) => [data]],
    ['guarantees', records.guarantee, (data) => (data as { guarantees: unknown }).guarantees],
    ['guarantees', records.group, (data) => (data as { groups: unknown }).groups],
  ])('[W19] %s', ([name, build, items]) => {
    const data = items(read('rest.json')[name]?.reply?.data)
    expect(Array.isArray(data) && data.length).toBeGreaterThan(0)
    // Long lists were cut when they were captured: "(6 more)" stands for the rest.
    const kept = (data as unknown[]).filter((item) => typeof item !== 'string')
    for (const item of kept) expect(understood(item, name, 'rest', build)).toMatchObject({ ok: true })
  })
})
