import { expect, test } from 'vitest'
import { GUARANTEE_LIST } from '../../../src/core/patch/guarantees.ts'
import { listSource } from '../../../src/core/patch/lists.ts'
import { PACE } from '../../../src/core/patch/pace.ts'
import { foldText } from '../../../src/shared/words/fold-text.ts'
import { GuaranteeQuery } from '../../../src/shared/view/lists.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { attendance, code, committee, guarantee, number, removal } from '../projection/records.ts'

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

test('[P116] 100 000 guarantees: a page, sorted or searched, again and again', () => {
  const { book, clock } = bookOnDisk()
  must(book, told(...Array.from({ length: 420 }, (_, id) => committee(id + 1))))
  const changes = Array.from({ length: 100_000 }, (_, id) =>
    guarantee(id, {
      electorName: `${NAMES[id % 9]} ${(id * 7919) % 100_003}`,
      committeeCode: code(`C${(id % 420) + 1}`),
    }),
  )
  must(book, told(...changes))
  const took = (query: object) => {
    const feed = listSource(book, clock, () => ADMIN, GUARANTEE_LIST)(GuaranteeQuery.parse(query), () => {})
    feed.snapshot()
    const times = [1, 2, 3, 4, 5].map((turn) => {
      must(book, told(attendance(turn), guarantee(turn, { electorName: `new ${turn}` })))
      const started = performance.now()
      feed.snapshot()
      return performance.now() - started
    })
    return times.toSorted((a, b) => a - b)[2] ?? 0
  }
  const [plain, searched, sorted] = [took({}), took({ search: 'احمد ٥' }), took({ sort: 'name', offset: 50_000 })]
  console.info(
    `100 000 guarantees: ${plain.toFixed(0)} ms plain, ${searched.toFixed(0)} searched, ${sorted.toFixed(0)} sorted`,
  )
  // Far from the pace on any machine that runs this; a quadratic path would take minutes.
  for (const ms of [plain, searched, sorted]) expect(ms).toBeLessThan(PACE.list * 20)
})
