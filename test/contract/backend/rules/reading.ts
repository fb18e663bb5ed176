import { deepEqual, equal, match, ok as check } from 'node:assert/strict'
import { createReader } from '../../../../src/core/backend/election/reader.ts'
import type { ReadPart } from '../../../../src/core/backend/backend.ts'
import type { Topic } from '../../../../src/shared/model/change.ts'
import { dataOf, fieldsOf, listOf } from '../client.ts'
import { type Context, Lack, type Rule, rule } from '../rule.ts'

async function partsOf({ client }: Context, topic: Topic): Promise<readonly ReadPart[]> {
  const parts: ReadPart[] = []
  const whole = await createReader(client.rest, { election: null }).read(
    topic,
    (part) => parts.push(part),
    () => false,
  )
  const fault = whole.ok ? null : whole.error.fault
  if (fault?.is === 'answer' && fault.status === 403) throw new Lack(`the right to read ${topic}`)
  check(whole.ok, JSON.stringify(whole))
  return parts
}

/** Every key of every object inside, with where it stands. */
function* keysIn(value: unknown, at: string): Generator<string> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* keysIn(item, `${at}[${index}]`)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inside] of Object.entries(value)) {
      yield `${at}.${key}`
      yield* keysIn(inside, `${at}.${key}`)
    }
}

export const readingRules: readonly Rule[] = [
  rule('W110', 'The list of elections tells the phase on every day.', [], async (context) => {
    const [part] = await partsOf(context, 'phase')
    equal(part?.changes.length, 1)
  }),
  rule('W111', 'Committees, parties and candidates are read whole.', [], async (context) => {
    const parts = await partsOf(context, 'committees')
    deepEqual(
      parts.map(({ scope }) => (scope.is === 'kind' ? scope.kind : scope.code)),
      ['committee', 'party', 'candidate'],
    )
    check((parts[0]?.changes.length ?? 0) > 0, 'no committee')
  }),
  rule('W112', 'Attendance is read committee by committee, whatever the code.', [], async (context) => {
    for (const { scope, changes } of await partsOf(context, 'attendance'))
      for (const change of changes)
        check(
          change.kind === 'attendance' &&
            change.op === 'upsert' &&
            scope.is === 'committee' &&
            change.record.committeeCode === scope.code,
        )
  }),
  rule('W113', 'Guarantees are listed with a count, and past the end there are none.', [], async (context) => {
    const [part] = await partsOf(context, 'guarantees')
    const answer = await context.client.call('GET', '/api/guarantees/?page=9999&page_size=100')
    equal(answer.status, 200)
    deepEqual(dataOf(answer).guarantees, [])
    const pagination = fieldsOf(fieldsOf(fieldsOf(answer.json).meta).pagination)
    check(typeof pagination.count === 'number' && part !== undefined)
  }),
  rule('W114', 'Vote counts and ballot entries are read whole.', [], async (context) => {
    equal((await partsOf(context, 'counts')).length, 2)
  }),
  rule('W115', 'Results are there, or a 404 says that there are none yet.', [], async (context) => {
    equal((await partsOf(context, 'results')).length, 1)
  }),
  rule('W116', 'Totals are to be had for every topic.', [], async ({ client }) => {
    const totals = await createReader(client.rest, { election: null }).totals()
    check(totals.ok, JSON.stringify(totals))
    deepEqual(Object.keys(totals.value).toSorted(), [
      'attendance',
      'committees',
      'counts',
      'guarantees',
      'phase',
      'results',
    ])
  }),
  rule('W117', 'Keys of answers are in camelCase at every depth.', [], async ({ client }) => {
    const paths = ['users/me', 'elections', 'elections/committees', 'candidates', 'guarantees', 'voting/vote-counts']
    for (const path of paths) {
      const answer = await client.call('GET', `/api/${path}/`)
      equal(answer.status, 200, path)
      for (const key of keysIn(answer.json, path)) {
        // Hour keys and the double-underscore oddities (`group_Name`) are the server's own.
        check(!/[a-z0-9]_[a-z0-9][^.]*$/.test(key.split('.').at(-1) ?? ''), key)
      }
    }
  }),
  rule('W118', 'What is not there is a 404 in JSON, and so is a page past the end.', [], async ({ client }) => {
    for (const path of ['/api/guarantees/999999999/', '/api/attendees/?page=99999']) {
      const answer = await client.call('GET', path)
      equal(answer.status, 404, path)
      equal(fieldsOf(answer.json).status, 'error', path)
    }
  }),
  rule(
    'W119',
    'A body is understood in camelCase and in snake_case, and a missing field is named.',
    [],
    async (context) => {
      const answer = await context.client.call('POST', '/api/attendees/mark/', { body: { committeeCode: 'none' } })
      equal(answer.status, 400)
      const { message, errors } = fieldsOf(answer.json)
      match(String(message), /koc_id/)
      check('kocId' in fieldsOf(errors), JSON.stringify(errors))
      const snake = await context.client.call('POST', '/api/attendees/mark/', { body: { koc_id: 'nobody-here' } })
      match(String(fieldsOf(snake.json).message), /committee_code/)
    },
  ),
  rule('W120', 'The progress of the count names every committee.', [], async (context) => {
    const answer = await context.client.call('GET', '/api/voting/committee-entries/progress/')
    equal(answer.status, 200)
    const places = listOf(dataOf(answer).committees).map(fieldsOf)
    equal(places.length, dataOf(answer).totalCommittees)
    for (const place of places) match(String(place.status), /^(NOT_STARTED|IN_PROGRESS|COMPLETED|VERIFIED)$/)
  }),
]
