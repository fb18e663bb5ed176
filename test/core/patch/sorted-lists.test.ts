import { expect, test } from 'vitest'
import { GUARANTEE_LIST } from '../../../src/core/patch/guarantees.ts'
import { listSource } from '../../../src/core/patch/lists.ts'
import { foldText } from '../../../src/shared/words/fold-text.ts'
import { GuaranteeQuery } from '../../../src/shared/view/lists.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { attendance, committee, guarantee, number, removal } from '../projection/records.ts'

const NAMES = ['أحمد', 'احمد', 'Salem', 'salim', 'فاطمة', 'Zayd', 'Ada', 'سالم', 'عبد الله']

test('[P114] by name, number and committee', () => {
  const { book, clock } = bookOnDisk()
  must(book, told(committee(1), committee(2)))
  must(
    book,
    told(
      guarantee(1, { electorName: 'Zayd', elector: number('99'), committeeName: 'Committee 2' }),
      guarantee(2, { electorName: 'ahmad', elector: number('100') }),
      guarantee(3, { electorName: 'Béchir', elector: number('0500'), committeeName: 'Committee 2' }),
    ),
  )
  const ids = (sort: string | null) =>
    listSource(
      book,
      clock,
      () => ADMIN,
      GUARANTEE_LIST,
    )(GuaranteeQuery.parse({ sort }), () => {})
      .snapshot()
      .rows.map(({ id }) => Number(id))
  expect([ids(null), ids('name'), ids('number'), ids('committee')]).toEqual([
    [3, 2, 1],
    [2, 3, 1],
    [1, 2, 3],
    [2, 3, 1],
  ])
})

test('[P114] after any changes as if sorted anew', () => {
  const seed = freshSeed()
  console.info(`TEST_SEED=${seed}`)
  const chance = seededRandom(seed)
  const upTo = (most: number) => Math.floor(chance.next() * most)
  const { book, clock } = bookOnDisk()
  const query = GuaranteeQuery.parse({ sort: 'name', limit: 200 })
  const kept = listSource(book, clock, () => ADMIN, GUARANTEE_LIST)(query, () => {})
  for (let turn = 0; turn < 120; turn++) {
    const one = guarantee(upTo(60), { electorName: `${NAMES[upTo(NAMES.length)]} ${upTo(30)}` })
    must(book, told(chance.next() < 0.2 ? removal(one) : one))
    if (turn % 3 > 0) continue
    const names = kept.snapshot().rows.map(({ electorName }) => foldText(electorName))
    expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    expect(names.length).toBe(book.projection.of('guarantee').size)
  }
})

test('[P116] of 10 000 sorted guarantees only what changed is looked at anew', () => {
  const { book, clock } = bookOnDisk()
  must(book, told(committee(1)))
  must(
    book,
    told(...Array.from({ length: 10_000 }, (_, id) => guarantee(id, { electorName: `${NAMES[id % 9]} ${id}` }))),
  )
  let asked = 0
  const counted: typeof GUARANTEE_LIST = {
    ...GUARANTEE_LIST,
    sortedBy: (shown, query) => {
      const by = GUARANTEE_LIST.sortedBy?.(shown, query)
      return by ? (record) => ((asked += 1), by(record)) : null
    },
  }
  const feed = listSource(
    book,
    clock,
    () => ADMIN,
    counted,
  )(GuaranteeQuery.parse({ sort: 'name', offset: 5_000 }), () => {})
  const looked = () => {
    asked = 0
    feed.snapshot()
    return asked
  }
  expect(looked()).toBe(10_000)
  expect(looked()).toBe(0)
  must(book, told(attendance(1), guarantee(2, { electorName: 'new' }), guarantee(10_001, { electorName: 'more' })))
  expect(looked()).toBe(2)
})
