import { expect, test } from 'vitest'
import { BulkDesk, type BulkHands } from '../../src/core/bulk.ts'
import type { Action } from '../../src/core/outbox/action.ts'
import { err, ok } from '../../src/shared/result.ts'
import { BulkPlan } from '../../src/shared/view/bulk.ts'
import { GuaranteeQuery } from '../../src/shared/view/lists.ts'
import { ADMIN } from './ingest/arriving-desk.ts'
import { bookOnDisk, must, told } from './journal/on-disk.ts'
import { committee, guarantee } from './projection/records.ts'

const OTHER = 7 as never
const query = GuaranteeQuery.parse({})
const CONFIRM = { is: 'confirmation', to: 'CONFIRMED' } as const

function desk(rows = 12) {
  const disk = bookOnDisk()
  must(disk.book, told(committee(1)))
  must(
    disk.book,
    told(
      ...Array.from({ length: rows }, (_, id) =>
        guarantee(id, {
          ...(id % 6 === 1 && { collector: OTHER }),
          ...(id % 6 === 2 && { confirmation: 'CONFIRMED' as const }),
        }),
      ),
    ),
  )
  const acted: Action[] = []
  const state = { fault: null as string | null, same: true }
  const hands: BulkHands = {
    book: disk.book,
    user: ADMIN,
    act: (action) => {
      if (state.fault !== null) return err(state.fault)
      acted.push(action)
      return ok(null)
    },
    same: () => state.same,
  }
  return { ...disk, bulk: new BulkDesk(disk.clock), acted, hands, state }
}

test('[O73] how many would change and which would not and why, by name; nothing is done', () => {
  const { bulk, acted, hands } = desk(60)
  const plan = bulk.prepare({ query, ids: null, change: CONFIRM }, hands)
  expect(BulkPlan.safeParse(plan).error).toBeUndefined()
  expect([plan.asked, plan.changes, plan.examples.length]).toEqual([60, 40, 5])
  expect(plan.refused.map(({ why, count, examples }) => [why, count, examples.length])).toEqual([
    ['not-yours', 10, 5],
    ['already', 10, 5],
  ])
  expect(plan.examples[0]).toEqual({ elector: '70000', name: 'Elector 0', before: 'PENDING' })
  const some = bulk.prepare({ query, ids: [0, 1, 999] as never, change: CONFIRM }, hands)
  expect([some.asked, some.changes, some.refused.map(({ why }) => why)]).toEqual([3, 1, ['not-yours', 'not-known']])
  const narrowed = bulk.prepare({ query: GuaranteeQuery.parse({ search: '70003' }), ids: null, change: CONFIRM }, hands)
  expect([narrowed.asked, narrowed.changes]).toEqual([1, 1])
  expect([bulk.view, acted]).toEqual([{ is: 'none' }, []])
})

test('[O74] record by record through the outbox, with the progress told', async () => {
  const { bulk, acted, hands, clock } = desk()
  const views: string[] = []
  bulk.onChange(() => views.push(`${bulk.view.is} ${'done' in bulk.view ? bulk.view.done : ''}`))
  const { id } = bulk.prepare({ query, ids: null, change: CONFIRM }, hands)
  expect(bulk.start('bulk-0')).toEqual(err('unknown'))
  expect(bulk.start(id)).toEqual(ok(null))
  expect(bulk.start(id)).toEqual(err('bulk-busy'))
  expect(acted.length).toBe(1)
  await clock.advance(1_000)
  expect(acted.map((action) => action.does === 'guarantee.confirm' && Number(action.id))).toEqual([
    0, 3, 4, 5, 6, 9, 10, 11,
  ])
  expect(bulk.view).toEqual({ is: 'ended', change: CONFIRM, total: 8, done: 8, refused: 0, how: 'done' })
  expect(views[0]).toBe('running 0')
  expect(views.at(-1)).toBe('ended 8')
  expect(bulk.start(id)).toEqual(err('unknown'))
})

test('[O74] stopped between two records the rest stays as it was', async () => {
  const { bulk, acted, hands, clock } = desk()
  const { id } = bulk.prepare({ query, ids: null, change: { is: 'status', to: 'PENDING' } }, hands)
  bulk.start(id)
  await clock.advance(8)
  bulk.cancel()
  const done = acted.length
  await clock.advance(1_000)
  expect([acted.length, done < 10, bulk.view]).toEqual([
    done,
    true,
    expect.objectContaining({ is: 'ended', how: 'cancelled', done }),
  ])
})

test('[O74] what needs no change any more is left; what is no more too', async () => {
  const { bulk, acted, hands, clock, book } = desk()
  const { id } = bulk.prepare({ query, ids: null, change: CONFIRM }, hands)
  must(book, told(guarantee(5, { confirmation: 'CONFIRMED' })))
  must(book, [{ is: 'change', from: 'snapshot', change: { kind: 'guarantee', op: 'remove', key: 6 as never } }])
  bulk.start(id)
  await clock.advance(1_000)
  expect(acted.length).toBe(6)
  expect(bulk.view).toMatchObject({ is: 'ended', how: 'done', done: 6, refused: 2 })
})

test('[O74] a disk that refuses ends it; another person at the desk does too', async () => {
  for (const how of ['disk', 'person'] as const) {
    const { bulk, acted, hands, clock, state } = desk()
    const { id } = bulk.prepare({ query, ids: null, change: { is: 'group', to: 3 as never } }, hands)
    bulk.start(id)
    if (how === 'disk') state.fault = 'not-saved'
    else state.same = false
    await clock.advance(1_000)
    expect([acted.length, bulk.view]).toEqual([1, expect.objectContaining({ is: 'ended', how: 'failed', done: 1 })])
  }
})
