import { deepEqual, equal, notEqual, ok as check } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { electionCodec } from '../../../../src/core/backend/election/codec.ts'
import type { Heard } from '../../../../src/core/backend/backend.ts'
import type { Position } from '../../../../src/shared/model/change.ts'
import { dataOf, fieldsOf, listOf } from '../client.ts'
import { type Line, openLine } from '../line.ts'
import { absentElector, withPledge } from '../records.ts'
import { type Context, type Rule, rule } from '../rule.ts'

function helloOf(line: Line): Position {
  const [hello] = line.heard
  check(hello?.is === 'hello' && hello.position !== null, 'no position in the hello')
  return hello.position
}
/** The number of each frame that has one, skips as their range. */
const numbersOf = (heard: readonly Heard[]): number[] =>
  heard.flatMap((said) => {
    if (said.is === 'changes') return said.position === null ? [] : [said.position.seq]
    if (said.is !== 'skip') return []
    return Array.from({ length: said.position.seq - said.from + 1 }, (_, at) => said.from + at)
  })
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + 1 + at)

/** Three changes by this account: made, changed, taken back. */
const threeChanges = (context: Context): Promise<void> =>
  withPledge(context, async ({ id }) => {
    await context.client.call('PATCH', `/api/guarantees/${id}/quick-update/`, { body: { guaranteeStatus: 'PENDING' } })
  })

export const streamRules: readonly Rule[] = [
  rule('W160', 'Frames are numbered from the hello on without a gap.', ['socket', 'seq'], async (context) => {
    const line = await context.line()
    const { seq } = helloOf(line)
    await threeChanges(context)
    await line.change('the removal', (said) => said.kind === 'guarantee' && said.op === 'remove')
    const numbers = numbersOf(line.heard)
    deepEqual(numbers, upTo(seq, numbers.at(-1) ?? seq))
    check(numbers.length >= 3)
  }),
  rule('W161', 'An answer tells the position its data belong to.', ['socket', 'seq'], async (context) => {
    const line = await context.line()
    const { epoch, seq } = helloOf(line)
    await threeChanges(context)
    const meta = fieldsOf(fieldsOf((await context.client.call('GET', '/api/elections/')).json).meta)
    const position = fieldsOf(meta.position)
    equal(position.epoch, epoch)
    check(Number(position.seq) >= seq + 3, `at ${position.seq}, hello was at ${seq}`)
  }),
  rule('W162', 'A resume gives exactly what was missed, then goes on live.', ['socket', 'resume'], async (context) => {
    const first = await context.line()
    const since = helloOf(first)
    first.close()
    await threeChanges(context)
    const line = await context.line()
    line.send(electionCodec.resume(since))
    const resumed = await line.frame('resumed', (heard) => heard.is === 'resumed')
    check(resumed.is === 'resumed' && resumed.from === since.seq && resumed.to >= since.seq + 3)
    await threeChanges(context)
    await line.frame('the live ones', (heard) => numbersOf([heard]).some((number) => number >= resumed.to + 3))
    const numbers = numbersOf(line.heard)
    deepEqual(numbers, upTo(since.seq, numbers.at(-1) ?? 0))
  }),
  rule(
    'W163',
    'A resume from another epoch, or from the future, is answered by resync.',
    ['socket', 'resume'],
    async (context) => {
      const line = await context.line()
      const here = helloOf(line)
      for (const since of [
        { epoch: 'another', seq: 0 },
        { epoch: here.epoch, seq: here.seq + 1_000_000 },
      ]) {
        const from = line.texts.length
        line.send(electionCodec.resume(since))
        const said = await line.frame('resync', (heard) => heard.is === 'resync', from)
        check(said.is === 'resync' && said.position.epoch === here.epoch)
      }
    },
  ),
  rule(
    'W164',
    'A newer token shown on the socket keeps it; a bad one ends it.',
    ['socket', 'authenticate'],
    async (context) => {
      const line = await context.line()
      line.send(electionCodec.authenticate(context.client.tokens.access))
      await line.frame('authenticated', (heard) => heard.is === 'noted' && heard.type === 'authenticated')
      line.send(electionCodec.authenticate('not.a.token'))
      equal(await line.closed(), 4001)
    },
  ),
  rule('W165', 'A connection ticket opens one socket once.', ['socket', 'ticket'], async ({ client, target }) => {
    const { ticket } = dataOf(await client.call('POST', '/api/auth/ws-ticket/', { body: {} }))
    const query = `?ticket=${encodeURIComponent(String(ticket))}`
    const opening = await openLine(target, { query })
    check(opening.is === 'open', JSON.stringify(opening))
    opening.line.close()
    const again = await openLine(target, { query })
    notEqual(again.is, 'open')
  }),
  rule(
    'W166',
    'An act sent twice under one key happens once and is answered the same.',
    ['idempotency'],
    async (context) => {
      const { client } = context
      const elector = await absentElector(context)
      const sent = { body: { kocId: elector.number, committeeCode: elector.committee }, key: randomUUID() }
      const first = await client.call('POST', '/api/attendees/mark/', sent)
      equal(first.status, 201)
      try {
        const second = await client.call('POST', '/api/attendees/mark/', sent)
        equal(second.status, 201)
        equal(dataOf(second).id, dataOf(first).id)
        const other = { ...sent, body: { ...sent.body, notes: 'another act' } }
        check((await client.call('POST', '/api/attendees/mark/', other)).status >= 400)
      } finally {
        await client.call('DELETE', `/api/attendees/${Number(dataOf(first).id)}/`)
      }
    },
  ),
  rule('W167', 'Marks sent together stand or fall one by one.', ['bulk_mark'], async (context) => {
    const { client } = context
    const elector = await absentElector(context)
    const good = { kocId: elector.number, committeeCode: elector.committee }
    const answer = await client.call('POST', '/api/attendees/bulk_mark/', {
      body: { marks: [good, { ...good, kocId: 'nobody-here' }] },
    })
    const results = listOf(dataOf(answer).results).map(fieldsOf)
    try {
      deepEqual(
        results.map(({ result }) => result),
        ['created', 'refused'],
      )
    } finally {
      await client.call('DELETE', `/api/attendees/${Number(results[0]?.id)}/`)
    }
  }),
]
