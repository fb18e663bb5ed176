import { describe, expect, test } from 'vitest'
import { foldText } from '../../../src/shared/words/fold-text.ts'
import { GUARANTEE_LIST, guaranteeChoicesSource } from '../../../src/core/patch/guarantees.ts'
import { ATTENDANCE_LIST, COUNT_LIST, listSource } from '../../../src/core/patch/lists.ts'
import type { Change } from '../../../src/shared/model/change.ts'
import type { UserId } from '../../../src/shared/model/ids.ts'
import {
  AttendanceQuery,
  AttendanceSlice,
  CountQuery,
  CountSlice,
  GuaranteeChoices,
  GuaranteeQuery,
  GuaranteeSlice,
} from '../../../src/shared/view/lists.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, frame, must, told } from '../journal/on-disk.ts'
import { attendance, candidate, code, committee, count, guarantee, number, party } from '../projection/records.ts'

function windowOn() {
  const desk = bookOnDisk()
  const heard: string[] = []
  const stops: (() => void)[] = []
  const keep = <F extends { stop: () => void }>(feed: F): F => {
    stops.push(() => feed.stop())
    return feed
  }
  const changed = () => void heard.push('slice')
  const { book, clock } = desk
  const viewer = () => ADMIN
  return {
    ...desk,
    heard,
    stop: () => stops.forEach((stop) => void stop()),
    attendance: (query: object = {}) =>
      keep(listSource(book, clock, viewer, ATTENDANCE_LIST)(AttendanceQuery.parse(query), changed)),
    guarantees: (query: object = {}) =>
      keep(listSource(book, clock, viewer, GUARANTEE_LIST)(GuaranteeQuery.parse(query), changed)),
    counts: (query: object = {}) => keep(listSource(book, clock, viewer, COUNT_LIST)(CountQuery.parse(query), changed)),
  }
}

test('[P25] the part asked for, newest first, with the number of all that match', () => {
  const desk = windowOn()
  must(desk.book, told(...Array.from({ length: 250 }, (_, id) => attendance(id))))
  const slice = desk.attendance({ offset: 10, limit: 5 }).snapshot()
  expect([slice.total, slice.offset, slice.rows.map(({ id }) => id)]).toEqual([250, 10, [239, 238, 237, 236, 235]])
  expect(
    desk
      .attendance({ offset: 248 })
      .snapshot()
      .rows.map(({ id }) => id),
  ).toEqual([1, 0])
  expect(desk.attendance({ offset: 900 }).snapshot()).toEqual({ total: 250, offset: 900, rows: [] })
  expect(AttendanceSlice.safeParse(slice).error).toBeUndefined()
})

test('[P25] each row says where it came from', () => {
  const desk = windowOn()
  must(desk.book, [...told(attendance(1)), frame(attendance(2))])
  expect(
    desk
      .attendance()
      .snapshot()
      .rows.map(({ provenance }) => provenance),
  ).toEqual([
    { source: 'live', at: desk.clock.now(), provisional: true },
    { source: 'snapshot', at: desk.clock.now(), provisional: false },
  ])
})

test('[P26] attendance by committee and status', () => {
  const desk = windowOn()
  must(
    desk.book,
    told(attendance(1), attendance(2, { status: 'PENDING' }), attendance(3, { committeeCode: code('C2') })),
  )
  const ids = (query: object) =>
    desk
      .attendance(query)
      .snapshot()
      .rows.map(({ id }) => id)
  expect(ids({ committee: 'C1' })).toEqual([2, 1])
  expect(ids({ committee: 'C1', status: 'PENDING' })).toEqual([2])
  expect(ids({ status: 'ATTENDED' })).toEqual([3, 1])
})

test('[P26] guarantees by committee (code or name), status, confirmation and attendance together', () => {
  const desk = windowOn()
  must(desk.book, told(committee(1), committee(2), attendance(1), attendance(3)))
  must(
    desk.book,
    told(
      guarantee(1, { committeeName: 'Committee 1' }),
      guarantee(2, { committeeName: null, committeeCode: code('C1'), confirmation: 'CONFIRMED' }),
      guarantee(3, { committeeName: 'Committee 2', status: 'PENDING' }),
    ),
  )
  const ids = (query: object) =>
    desk
      .guarantees(query)
      .snapshot()
      .rows.map(({ id }) => id)
  expect(ids({ committee: 'C1' })).toEqual([2, 1])
  expect(ids({ committee: 'Committee 2' })).toEqual([3])
  expect(ids({ confirmation: 'CONFIRMED' })).toEqual([2])
  expect(ids({ status: 'GUARANTEED', attendance: 'not-seen' })).toEqual([2])
  expect(ids({ attendance: 'seen' })).toEqual([3, 1])
  expect(ids({ committee: 'C1', attendance: 'seen', status: 'GUARANTEED' })).toEqual([1])
  const slice = desk.guarantees().snapshot()
  expect(slice.rows.map(({ attended }) => attended)).toEqual([true, false, true])
  expect(GuaranteeSlice.safeParse(slice).error).toBeUndefined()
})

const OTHER = 7 as never
const FAMILY: Change = {
  kind: 'group',
  op: 'upsert',
  key: 3 as never,
  record: { id: 3 as never, name: 'Family', color: '#ffd43b', order: 2 },
}
const OFFICE = { ...FAMILY, key: 4, record: { ...FAMILY.record, id: 4, name: 'Office', order: 1 } } as Change
const named = { group: 3 as never, groupName: 'Kin', groupColor: '#000000' }

test('[P80] a guarantee shows its group as the group now is; of somebody else’s nothing', () => {
  const desk = windowOn()
  must(desk.book, told(guarantee(1, named), guarantee(2, { ...named, collector: OTHER }), guarantee(3)))
  const shown = () =>
    desk
      .guarantees()
      .snapshot()
      .rows.map(({ group, groupName, groupColor }) => [group, groupName, groupColor])
  const nothing = [null, null, null]
  expect(shown()).toEqual([nothing, nothing, [3, 'Kin', '#000000']])
  must(desk.book, told(FAMILY))
  expect(shown()).toEqual([nothing, nothing, [3, 'Family', '#ffd43b']])
})

test('[P81] guarantees by group, by collector and the viewer’s own', () => {
  const desk = windowOn()
  must(desk.book, told(FAMILY, guarantee(1, named), guarantee(2, { ...named, collector: OTHER }), guarantee(3)))
  must(desk.book, told(guarantee(4, { collector: ADMIN.id }), guarantee(5, { collector: OTHER })))
  const ids = (query: object) =>
    desk
      .guarantees(query)
      .snapshot()
      .rows.map(({ id }) => id)
  expect(ids({ group: 3 })).toEqual([1])
  expect(ids({ group: 'none' })).toEqual([4, 3])
  expect(ids({ collector: 'mine' })).toEqual([4, 3, 1])
  expect(ids({ collector: ADMIN.id })).toEqual([4, 3, 1])
  expect(ids({ collector: OTHER })).toEqual([5, 2])
  expect(ids({ collector: OTHER, group: 'none' })).toEqual([])
})

test('[P82] what the list can be narrowed to, with how many there are', () => {
  const desk = windowOn()
  const told8 = { collector: OTHER, collectorName: 'Omar Other' }
  must(desk.book, told(FAMILY, OFFICE, guarantee(1, named), guarantee(2, told8), guarantee(3), guarantee(4, told8)))
  must(desk.book, told(guarantee(5, told8), guarantee(6, { collector: 8 as never })))
  const feed = guaranteeChoicesSource(desk.book, desk.clock, () => ADMIN)(null, () => {})
  const choices = feed.snapshot()
  feed.stop()
  expect(choices).toEqual({
    groups: [
      { id: 4, name: 'Office', color: '#ffd43b', guarantees: 0 },
      { id: 3, name: 'Family', color: '#ffd43b', guarantees: 1 },
    ],
    ungrouped: 1,
    collectors: [
      { id: ADMIN.id, name: ADMIN.name, mine: true, guarantees: 2 },
      { id: 7, name: 'Omar Other', mine: false, guarantees: 3 },
      { id: 8, name: null, mine: false, guarantees: 1 },
    ],
  })
  expect(GuaranteeChoices.safeParse(choices).error).toBeUndefined()
})

test('[P138] counts of one candidate by the number on the list, with the other filters', () => {
  const desk = windowOn()
  must(desk.book, told(committee(1), committee(2), candidate(1, { number: 7 }), candidate(2, { number: 1 })))
  must(desk.book, told(count(1, 1, 10), count(2, 1, 20, { verified: true }), count(1, 2, 30)))
  const votes = (query: object) =>
    desk
      .counts(query)
      .snapshot()
      .rows.map((row) => row.votes)
  expect(votes({ candidate: 7 })).toEqual([20, 10])
  expect(votes({ candidate: 7, verified: false })).toEqual([10])
  expect(votes({ candidate: 1, committee: 'C2' })).toEqual([])
  expect(votes({ candidate: null })).toHaveLength(3)
})

test('[V453] marks and promises of one time of the day, from its beginning up to its end', () => {
  const desk = windowOn()
  const at = (id: number, attendedAt: number) => attendance(id, { attendedAt, elector: number(`7000${id}`) })
  must(desk.book, told(committee(1), at(1, 1_000), at(2, 2_000), at(3, 2_999), at(4, 3_000)))
  const promise = (id: number) => guarantee(id, { elector: number(`7000${id}`) })
  must(desk.book, told(promise(2), promise(4), promise(5)))
  const during = { from: 2_000, to: 3_000 }
  const ids = (slice: { readonly rows: readonly { readonly id: number }[] }) => slice.rows.map(({ id }) => id)
  expect(ids(desk.attendance({ during }).snapshot())).toEqual([3, 2])
  expect(ids(desk.guarantees({ during }).snapshot())).toEqual([2])
  expect(ids(desk.guarantees({ during: null }).snapshot())).toHaveLength(3)
  expect(ids(desk.guarantees({ id: 4 }).snapshot())).toEqual([4])
})

test('[V454] counts of one party’s candidates, and of those of none', () => {
  const desk = windowOn()
  must(desk.book, told(committee(1), party(1, 'Blue'), candidate(1, { party: 1 as never }), candidate(2)))
  must(desk.book, told(count(1, 1, 10), count(1, 2, 30)))
  const votes = (query: object) =>
    desk
      .counts(query)
      .snapshot()
      .rows.map((row) => row.votes)
  expect(votes({ party: 'Blue' })).toEqual([10])
  expect(votes({ party: '' })).toEqual([30])
  expect(votes({ party: null })).toHaveLength(2)
})

test('[P26] counts by committee and verification, with the names they refer to', () => {
  const desk = windowOn()
  must(desk.book, told(count(1, 1, 10), count(2, 1, 20, { verified: true })))
  expect(desk.counts().snapshot().rows[0]).toMatchObject({ committeeCode: '', candidateName: '', party: null })
  must(desk.book, told(committee(1), committee(2), party(1, 'Blue'), candidate(1, { party: 1 as never })))
  expect(desk.counts({ committee: 'C1' }).snapshot().rows).toMatchObject([
    { votes: 10, committeeName: 'Committee 1', candidateName: 'Candidate 1', party: 'Blue' },
  ])
  expect(
    desk
      .counts({ verified: true })
      .snapshot()
      .rows.map(({ votes }) => votes),
  ).toEqual([20])
  expect(CountSlice.safeParse(desk.counts().snapshot()).error).toBeUndefined()
})

describe('searching', () => {
  const NAMES: readonly (readonly [string, string, boolean])[] = [
    ['أحمد عبدالله المطيري', 'احمد', true],
    ['أحمد عبدالله المطيري', 'المطيرى احمد', true],
    ['فاطمة إبراهيم', 'فاطمه ابراهيم', true],
    ['فَاطِمَة', 'فاطمة', true],
    ['مؤمن رئيس', 'مومن رييس', true],
    ['محـــمد', 'محمد', true],
    ['ٱلكريم آمنة', 'الكريم امنه', true],
    ['کریم', 'كريم', true],
    ['José Núñez', 'jose nunez', true],
    ['ZOË', 'zoë', true],
    ['أحمد عبدالله', 'خالد', false],
    ['Jose Nunez', 'jose garcia', false],
  ]
  for (const [name, search, isFound] of NAMES) {
    test(`[P27] ${search} ${isFound ? 'finds' : 'does not find'} ${name}`, () => {
      const desk = windowOn()
      must(desk.book, told(attendance(1, { electorName: name })))
      expect(desk.attendance({ search }).snapshot().total).toBe(isFound ? 1 : 0)
    })
  }

  test.each(['70012', '٧٠٠١٢', '۷۰۰۱۲', '00١', ' 70012 elector '])('[P27] digits in either set: %s', (search) => {
    const desk = windowOn()
    must(desk.book, told(attendance(12, { elector: number('70012') }), attendance(5, { elector: number('٦٠٠٠٥') })))
    expect(
      desk
        .attendance({ search })
        .snapshot()
        .rows.map(({ id }) => id),
    ).toEqual([12])
    expect(
      desk
        .attendance({ search: '60005' })
        .snapshot()
        .rows.map(({ id }) => id),
    ).toEqual([5])
  })

  test('[P27] blanks search for nothing, and everything is shown', () => {
    const desk = windowOn()
    must(desk.book, told(attendance(1)))
    expect(desk.attendance({ search: '  \u200f ' }).snapshot().total).toBe(1)
  })

  test('[P27] a record that changed is found by what it says now', () => {
    const desk = windowOn()
    must(desk.book, told(attendance(1, { electorName: 'Sara' })))
    expect(desk.attendance({ search: 'sara' }).snapshot().total).toBe(1)
    must(desk.book, told(attendance(1, { electorName: 'Mona' })))
    expect(desk.attendance({ search: 'sara' }).snapshot().total).toBe(0)
    expect(desk.attendance({ search: 'mona' }).snapshot().total).toBe(1)
  })

  test('[P118] what another collector wrote down is neither shown nor found', () => {
    const desk = windowOn()
    const theirs = { collector: (ADMIN.id + 1) as UserId, note: 'calls after noon', mobile: '5550199' }
    must(desk.book, told(guarantee(1, theirs), guarantee(2, { ...theirs, collector: ADMIN.id })))
    const found = (search: string) => desk.guarantees({ search }).snapshot().rows
    expect(found('').map(({ id, note }) => [id, note])).toEqual([
      [2, 'calls after noon'],
      [1, ''],
    ])
    for (const search of ['noon', '5550199', '70002 noon']) expect(found(search).map(({ id }) => id)).toEqual([2])
    expect(found('70001').map(({ id }) => id)).toEqual([1])
  })

  test('[P27] guarantees by number, name, note; counts by committee and candidate together', () => {
    const desk = windowOn()
    must(desk.book, told(guarantee(1, { note: 'calls after noon' }), guarantee(2)))
    expect(desk.guarantees({ search: 'noon 70001' }).snapshot().total).toBe(1)
    must(
      desk.book,
      told(committee(1, { name: 'مدرسة النور' }), candidate(4, { name: 'Sami' }), count(1, 4, 9), count(1, 5, 9)),
    )
    expect(desk.counts({ search: 'النور sami' }).snapshot().total).toBe(1)
    expect(desk.counts({ search: 'C1 4' }).snapshot().total).toBe(1)
    expect(desk.counts({ search: 'C1' }).snapshot().total).toBe(2)
  })

  test('[P27] folding again changes nothing', () => {
    for (const [name] of NAMES) expect(foldText(foldText(name))).toBe(foldText(name))
  })
})

test('[P28] told anew when its records, those it shows or their standing changed, and by nothing else', async () => {
  const desk = windowOn()
  desk.guarantees()
  const settle = async () => {
    await desk.clock.advance(300)
    return desk.heard.splice(0).length
  }
  must(desk.book, told(guarantee(1)))
  expect(await settle()).toBe(1)
  must(desk.book, [frame(attendance(1))])
  expect(await settle()).toBe(1)
  must(desk.book, told(count(1, 1, 5), committee(1)))
  must(desk.book, [{ is: 'doubted', topics: ['guarantees'], since: 0, because: 'gap' }])
  expect(await settle()).toBe(0)
  must(desk.book, [frame(guarantee(2))])
  expect(await settle()).toBe(1)
  await desk.clock.advance(3_000)
  const cover = () => {
    const from = desk.clock.now()
    must(desk.book, [{ is: 'covered', topic: 'guarantees', from, after: desk.book.journal.cursor, settles: from }])
  }
  cover()
  expect(await settle()).toBe(1)
  cover()
  expect(await settle()).toBe(0)
})

test('[P28] at most four times a second', async () => {
  const desk = windowOn()
  desk.attendance()
  for (let ms = 0; ms < 2_000; ms += 5) {
    must(desk.book, told(attendance(ms)))
    await desk.clock.advance(5)
  }
  expect(desk.heard.length).toBeLessThanOrEqual(9)
  desk.stop()
  must(desk.book, told(attendance(1)))
  await desk.clock.advance(1_000)
  expect([desk.heard.length <= 9, desk.clock.pending]).toEqual([true, 0])
})
