import { deepEqual, equal, match, ok as check } from 'node:assert/strict'
import { understood } from '../../../../src/core/backend/election/fields.ts'
import * as records from '../../../../src/core/backend/election/records.ts'
import type { Guarantee } from '../../../../src/shared/model/records.ts'
import { dataOf, fieldsOf, listOf } from '../client.ts'
import { absentElector, idOfPledge, placesOf, pledgeSomebody, withMark, withPledge } from '../records.ts'
import { type Context, Lack, type Rule, rule } from '../rule.ts'

/** What every server of the family says of a pledge; a hub adds whose it is. */
const shared = ({ collector: _collector, committeeCode: _code, ...rest }: Guarantee): object => rest

async function pledgeInList({ client }: Context, id: number): Promise<Guarantee> {
  const answer = await client.call('GET', '/api/guarantees/?page=1&page_size=500')
  const row = listOf(dataOf(answer).guarantees).find((item) => fieldsOf(item).id === id)
  const read = understood(row, `guarantee ${id} of the list`, 'rest', records.guarantee)
  check(read.ok, JSON.stringify(read))
  return read.value
}

export const changeRules: readonly Rule[] = [
  rule(
    'W140',
    'A pledge is told to other sockets and stands in the list as it was told.',
    ['socket'],
    async (context) => {
      const line = await context.line()
      await withPledge(context, async ({ id }) => {
        const change = await line.change('the pledge', (said) => said.kind === 'guarantee' && said.key === id)
        check(change.kind === 'guarantee' && change.op === 'upsert')
        deepEqual(shared(change.record), shared(await pledgeInList(context, id)))
      })
    },
  ),
  rule('W141', 'A changed pledge is told, from each of the calls that change it.', ['socket'], async (context) => {
    const line = await context.line()
    await withPledge(context, async ({ id }) => {
      const told = (what: string, fits: (record: Guarantee) => boolean) =>
        line.change(
          what,
          (said) => said.kind === 'guarantee' && said.op === 'upsert' && said.key === id && fits(said.record),
        )
      const { client } = context
      await client.call('PATCH', `/api/guarantees/${id}/`, { body: { quickNote: 'call after ٤', mobile: '50001122' } })
      await told('the note', (record) => record.note === 'call after ٤' && record.mobile === '50001122')
      await client.call('PATCH', `/api/guarantees/${id}/quick-update/`, { body: { guaranteeStatus: 'PENDING' } })
      await told('the status', (record) => record.status === 'PENDING')
      await client.call('POST', `/api/guarantees/${id}/confirm/`, { body: { confirmationStatus: 'CONFIRMED' } })
      await told('the confirmation', (record) => record.confirmation === 'CONFIRMED')
    })
  }),
  rule('W142', 'A pledge taken back is told with its id and is gone from the list.', ['socket'], async (context) => {
    const line = await context.line()
    let gone = 0
    await withPledge(context, async ({ id }) => {
      gone = id
    })
    await line.change('the removal', (said) => said.kind === 'guarantee' && said.op === 'remove' && said.key === gone)
    equal((await context.client.call('GET', `/api/guarantees/${gone}/`)).status, 404)
  }),
  rule('W143', 'The same elector is pledged to one collector once.', [], async (context) => {
    await withPledge(context, async ({ elector }) => {
      const again = await context.client.call('POST', '/api/guarantees/', { body: { elector } })
      equal(again.status, 400)
    })
  }),
  rule(
    'W144',
    'A mark is told, its notes without HTML, and the committee’s own list has it.',
    ['socket'],
    async (context) => {
      const line = await context.line()
      await withMark(context, async ({ id, elector }) => {
        const change = await line.change('the mark', (said) => said.kind === 'attendance' && said.key === id)
        check(change.kind === 'attendance' && change.op === 'upsert')
        equal(change.record.elector, elector.number)
        equal(change.record.notes, 'contract suite')
        const path = `/api/attendees/committee/${encodeURIComponent(elector.committee)}/`
        const list = listOf(dataOf(await context.client.call('GET', path)).attendance).map(fieldsOf)
        const row = list.find((each) => each.id === id)
        const read = understood(row, path, 'rest', records.attendance)
        deepEqual(read.ok ? read.value : read, change.record)
      })
    },
  ),
  rule('W145', 'A second mark is refused and says so.', [], async (context) => {
    await withMark(context, async ({ elector }) => {
      const body = { kocId: elector.number, committeeCode: elector.committee }
      const again = await context.client.call('POST', '/api/attendees/mark/', { body })
      equal(again.status, 400)
      match(String(fieldsOf(again.json).message), /already.*attended/i)
    })
  }),
  rule('W146', 'A mark at the wrong committee is refused.', [], async (context) => {
    const elector = await absentElector(context)
    const other = (await placesOf(context)).find((code) => code !== elector.committee)
    if (other === undefined) throw new Lack('two committees this account may mark in')
    const body = { kocId: elector.number, committeeCode: other }
    equal((await context.client.call('POST', '/api/attendees/mark/', { body })).status, 400)
  }),
  rule('W147', 'A corrected mark is told.', ['socket'], async (context) => {
    const line = await context.line()
    await withMark(context, async ({ id }) => {
      const answer = await context.client.call('PATCH', `/api/attendees/${id}/`, { body: { notes: 'corrected' } })
      equal(answer.status, 200)
      await line.change(
        'the correction',
        (said) =>
          said.kind === 'attendance' && said.op === 'upsert' && said.key === id && said.record.notes === 'corrected',
      )
    })
  }),
  rule('W148', 'Every socket of the account hears the same change.', ['socket'], async (context) => {
    const lines = [await context.line(), await context.line()]
    await withPledge(context, async ({ id }) => {
      for (const line of lines) await line.change('the pledge', (said) => said.kind === 'guarantee' && said.key === id)
    })
  }),
  rule('W149', 'A removed mark is told.', ['socket', 'seq'], async (context) => {
    const line = await context.line()
    let gone = 0
    await withMark(context, async ({ id }) => {
      gone = id
    })
    await line.change('the removal', (said) => said.kind === 'attendance' && said.op === 'remove' && said.key === gone)
  }),
  rule('W150', 'Pledges changed in bulk are told one by one.', ['socket', 'seq'], async (context) => {
    const line = await context.line()
    await withPledge(context, async ({ id }) => {
      const body = { guaranteeIds: [id], guaranteeStatus: 'PENDING' }
      equal((await context.client.call('POST', '/api/guarantees/bulk-update/', { body })).status, 200)
      await line.change(
        'the bulk change',
        (said) =>
          said.kind === 'guarantee' && said.op === 'upsert' && said.key === id && said.record.status === 'PENDING',
      )
    })
  }),
  rule(
    'W151',
    'A count sheet with an unknown candidate is refused in JSON and nothing of it is told.',
    ['socket', 'seq', 'administrator'],
    async (context) => {
      const { client } = context
      const line = await context.line()
      const places = listOf(fieldsOf((await client.call('GET', '/api/elections/committees/')).json).data).map(fieldsOf)
      const candidates = listOf(fieldsOf((await client.call('GET', '/api/candidates/')).json).data).map(fieldsOf)
      const voteCounts = [
        { candidateId: candidates[0]?.id, voteCount: 1 },
        { candidateId: 999_999_999, voteCount: 1 },
      ]
      const body = { committeeId: places[0]?.id, voteCounts, totalBallotsCast: 2, invalidBallots: 0, notes: '' }
      const answer = await client.call('POST', '/api/voting/vote-counts/bulk_entry/', { body })
      check(answer.status >= 400 && answer.status < 500, `status ${answer.status}`)
      const from = line.texts.length
      await pledgedAndTakenBack(context)
      await line.change('the pledge after it', (said) => said.kind === 'guarantee', from)
      equal(line.changes.filter(({ kind }) => kind === 'count' || kind === 'entry').length, 0)
    },
  ),
]

async function pledgedAndTakenBack(context: Context): Promise<void> {
  const elector = await pledgeSomebody(context)
  await context.client.call('DELETE', `/api/guarantees/${await idOfPledge(context, elector)}/`)
}
