import { randomUUID } from 'node:crypto'
import { deepEqual, equal, ok as check } from 'node:assert/strict'
import { readSheets } from '../../../../src/core/backend/election/read-voting.ts'
import type { SharedSheet } from '../../../../src/shared/sheet/sheet-view.ts'
import { dataOf, fieldsOf, listOf } from '../client.ts'
import { type Context, Lack, type Rule, rule } from '../rule.ts'

const PATH = '/api/voting/sheets/'

/** An empty sheet of a committee of which nothing waits; whatever is begun there is thrown away. */
async function withSheet(context: Context, run: (sheet: { path: string; id: number; body: object }) => Promise<void>) {
  const { client } = context
  const waiting = await sheetsRead(context)
  const rows = listOf(fieldsOf((await client.call('GET', '/api/elections/committees/')).json).data).map(fieldsOf)
  const free = rows.find(({ id }) => !waiting.some((one) => one.committee === id && one.entries?.first))
  if (!free) throw new Lack('a committee of which no entry waits')
  const candidates = listOf(fieldsOf((await client.call('GET', '/api/elections/candidates/?page_size=500')).json).data)
  const voteCounts = candidates.map((one) => ({ candidateId: fieldsOf(one).id, voteCount: 0 }))
  const path = `${PATH}${Number(free.id)}/`
  try {
    await run({ path, id: Number(free.id), body: { voteCounts, totalBallotsCast: 0, invalidBallots: 0 } })
  } finally {
    await client.call('POST', `${path}drop/`, { body: { content: 'contract suite' } })
  }
}

async function sheetsRead({ client }: Context): Promise<readonly SharedSheet[]> {
  const sheets: SharedSheet[] = []
  const whole = await readSheets({
    ...{ rest: client.rest, stopped: () => false, features: () => new Set(['remarks', 'double'] as const) },
    onPart: ({ changes }) => {
      for (const change of changes) if (change.kind === 'sheet' && change.op === 'upsert') sheets.push(change.record)
    },
  })
  check(whole.ok, JSON.stringify(whole))
  return sheets
}

export const doubleRules: readonly Rule[] = [
  rule(
    'W178',
    'The first of two entries is told by who and when and by no figure, and read so with the sheets.',
    ['socket', 'double', 'administrator'],
    async (context) => {
      const line = await context.line()
      await withSheet(context, async ({ path, id, body }) => {
        const typed = await context.client.call('POST', `${path}type/`, { body })
        equal(typed.status, 201, typed.text.slice(0, 200))
        equal(dataOf(typed).is, 'first')
        const told = await line.change(
          'the entry',
          (said) => said.kind === 'sheet' && said.op === 'upsert' && said.key === id && !!said.record.entries?.first,
        )
        check(told.kind === 'sheet' && told.op === 'upsert')
        deepEqual(Object.keys(told.record.entries?.first ?? {}).sort(), ['at', 'by', 'turns'])
        deepEqual(
          (await sheetsRead(context)).find(({ committee }) => committee === id),
          told.record,
        )
      })
    },
  ),
  rule(
    'W179',
    'One’s own entry is given to who typed it, and typed again it is the first entry still.',
    ['double', 'administrator'],
    async (context) => {
      await withSheet(context, async ({ path, body }) => {
        equal(dataOf(await context.client.call('GET', `${path}entries/`)).mine, null)
        await context.client.call('POST', `${path}type/`, { body })
        const own = dataOf(await context.client.call('GET', `${path}entries/`))
        equal(fieldsOf(own.mine).totalBallotsCast, 0)
        equal(own.both, null)
        equal(dataOf(await context.client.call('POST', `${path}type/`, { body })).is, 'first')
      })
    },
  ),
  rule(
    'W180',
    'A sheet of which an entry waits is not entered by one alone.',
    ['double', 'administrator'],
    async (context) => {
      await withSheet(context, async ({ path, id, body }) => {
        equal(dataOf(await context.client.call('POST', `${path}type/`, { body })).is, 'first')
        const sheet = { body: { committeeId: id, ...body } }
        const past = await context.client.call('POST', '/api/voting/vote-counts/bulk_entry/', sheet)
        equal(past.status, 409, past.text.slice(0, 200))
      })
    },
  ),
  rule(
    'W181',
    'An entry that cannot be is refused by its field, a decision where nothing waits is a 404, and neither is kept.',
    ['double', 'administrator'],
    async (context) => {
      await withSheet(context, async ({ path, body }) => {
        const wrong = await context.client.call('POST', `${path}type/`, { body: { ...body, invalidBallots: 1 } })
        deepEqual(Object.keys(fieldsOf(fieldsOf(wrong.json).errors)), ['invalidBallots'])
        const decided = { take: [], content: 'contract suite' }
        equal((await context.client.call('POST', `${path}resolve/`, { body: decided })).status, 404)
        equal((await context.client.call('POST', `${path}drop/`, { body: { content: 'contract suite' } })).status, 404)
      })
    },
  ),
  rule(
    'W182',
    'An entry sent twice under one key is kept once and answered the same.',
    ['double', 'idempotency', 'administrator'],
    async (context) => {
      await withSheet(context, async ({ path, body }) => {
        const sent = { body, key: randomUUID() }
        const first = await context.client.call('POST', `${path}type/`, sent)
        equal((await context.client.call('POST', `${path}type/`, sent)).text, first.text)
      })
    },
  ),
]
