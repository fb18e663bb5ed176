import { expect, test } from 'vitest'
import { GUARANTEE_LIST } from '../../../src/core/patch/guarantees.ts'
import { callsSource } from '../../../src/core/patch/calls.ts'
import { listSource } from '../../../src/core/patch/lists.ts'
import { CallActs, CLAIM_LASTS } from '../../../src/core/phone/call-acts.ts'
import { callLedger } from '../../../src/core/phone/call-ledger.ts'
import { Teller } from '../../../src/core/teller.ts'
import { Sharing } from '../../../src/core/sharing.ts'
import { AGAIN_AFTER, callList, REMIND_AFTER } from '../../../src/core/phone/call-list.ts'
import { callSheet, type SheetWish } from '../../../src/core/phone/call-sheet.ts'
import type { Action } from '../../../src/core/outbox/action.ts'
import { err, ok } from '../../../src/shared/result.ts'
import { CallQuery, CallSlice } from '../../../src/shared/view/calls.ts'
import { GuaranteeQuery } from '../../../src/shared/view/lists.ts'
import type { Shown } from '../../../src/core/projection/shown.ts'
import type { Mode } from '../../../src/shared/model/records.ts'
import type { User } from '../../../src/shared/view/session.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { attendance, committee, election, guarantee, number } from '../projection/records.ts'

const OTHER = 7 as never
function sheetOf(book: Shown, wish: SheetWish, viewer: User | null, mode: Mode, now: number) {
  const { pieces, ...made } = callSheet(book, wish, viewer, mode, now)
  return { ...made, text: [...pieces].join('') }
}
const CLERK: User = { ...ADMIN, id: 9 as never, email: 'clerk@tally.example', role: 'USER', committees: ['C1'] }
const mobile = { mobile: '99887766' }
const [ONE, TWO] = ['window-one', 'window-two']

function someDesk(user: User | null = ADMIN) {
  const desk = bookOnDisk()
  must(desk.book, told(election(), committee(1), committee(2)))
  must(
    desk.book,
    told(
      guarantee(1, { ...mobile, confirmation: 'CONFIRMED', note: 'after work' }),
      guarantee(2, mobile),
      guarantee(3, { ...mobile, confirmation: 'NOT_AVAILABLE' }),
      guarantee(4),
      guarantee(5, { ...mobile, status: 'PENDING' }),
      guarantee(6, mobile),
      // All of the second committee are still missing.
      guarantee(7, { ...mobile, committeeName: 'Committee 2', confirmation: 'CONFIRMED' }),
      // Promised to another too.
      guarantee(8, { elector: number(70_002), collector: OTHER, collectorName: 'Salem' }),
      attendance(6),
    ),
  )
  const acted: Action[] = []
  const failed: string[] = []
  const parts = { clock: desk.clock, book: () => desk.book, user: () => user }
  // The plain server: it has no place for calls.
  const rest = () => Promise.reject(new Error('nothing is asked of it'))
  const sharing = new Sharing({ rest, clock: desk.clock, features: () => new Set(), link: () => 'live' })
  const acts = new CallActs({
    ...{ ...parts, sharing, teller: new Teller({ ...parts, sharing, ledgers: [callLedger(desk.clock)] }) },
    failed: ({ is }) => failed.push(is),
    newKey: () => 'key' as never,
    act: (action) => {
      acted.push(action)
      return ok('key' as never)
    },
  })
  const listed = (query: object = {}, viewer: User | null = user) =>
    callList(desk.book, CallQuery.parse(query), viewer, desk.clock.now()).map(({ record }) => Number(record.id))
  return { ...desk, acts, acted, failed, listed }
}
const of = (id: number) => number(70_000 + id)

test('[P108] everybody who promised and was not seen, each once, the viewer’s own first', () => {
  const { listed, book, clock } = someDesk()
  expect(listed().toSorted()).toEqual([1, 2, 3, 4, 7])
  expect(listed({ committee: 'C2' })).toEqual([7])
  expect(listed({ search: '٧٠٠٠٢' })).toEqual([2])
  const slice = callsSource(book, clock, () => ADMIN)(CallQuery.parse({ offset: 1, limit: 2 }), () => {}).snapshot()
  expect(CallSlice.safeParse(slice).error).toBeUndefined()
  expect([slice.total, slice.rows.length]).toEqual([5, 2])
})

test('[P108] where the viewer does not see attendance nobody is listed as unseen', () => {
  expect(someDesk().listed({}, CLERK)).not.toContain(7)
})

test('[P109] who can be called first, then by confirmation, then from the committee with most open; no number last', () => {
  expect(someDesk().listed()).toEqual([7, 1, 2, 3, 4])
})

test('[P109][P110] who was rung lately comes later and back in time; who is settled comes last', async () => {
  const { acts, clock, listed } = someDesk()
  const call = async (id: number, outcome: 'coming' | 'no-answer' | 'not-coming') => {
    expect((await acts.claim({ elector: of(id), window: ONE, caller: 'Dana' })).ok).toBe(true)
    expect((await acts.outcome({ elector: of(id), window: ONE, caller: 'Dana', outcome, note: '' })).ok).toBe(true)
  }
  await call(7, 'not-coming')
  await call(1, 'no-answer')
  await call(2, 'coming')
  expect(listed()).toEqual([3, 4, 1, 2, 7])
  expect(listed({ show: 'waiting' })).toEqual([3, 4])
  await clock.advance(AGAIN_AFTER)
  expect(listed()).toEqual([1, 3, 4, 2, 7])
  await clock.advance(REMIND_AFTER - AGAIN_AFTER)
  expect(listed()).toEqual([1, 2, 3, 4, 7])
})

test('[P111] another collector’s number is for the assigned alone, here and in the list of guarantees', () => {
  const { book, clock } = someDesk()
  must(
    book,
    told(
      guarantee(20, { ...mobile, collector: OTHER, electorMobile: '55550000', committeeName: 'Committee 2' }),
      guarantee(21, { ...mobile, collector: OTHER, electorMobile: '55550000' }),
      guarantee(22, { ...mobile, collector: CLERK.id, electorMobile: '55550000', committeeName: 'Committee 2' }),
    ),
  )
  // Sees all attendance, is assigned nowhere.
  const roaming: User = { ...CLERK, committees: [] }
  const rows = (viewer: User) => {
    const calls = callsSource(book, clock, () => viewer)(CallQuery.parse({}), () => {}).snapshot().rows
    const list = listSource(book, clock, () => viewer, GUARANTEE_LIST)(GuaranteeQuery.parse({}), () => {}).snapshot()
      .rows
    return (id: number) => ({
      call: calls.filter(({ guarantee: one }) => Number(one) === id).map((row) => [row.mobile, row.mobileHidden]),
      list: list.filter((row) => Number(row.id) === id).map((row) => [row.mobile, row.electorMobile, row.mobileHidden]),
    })
  }
  expect(rows(ADMIN)(20)).toEqual({ call: [['99887766', false]], list: [['99887766', '55550000', false]] })
  expect(rows(roaming)(20)).toEqual({ call: [['', true]], list: [['', '', true]] })
  expect(rows(roaming)(22)).toEqual({ call: [['99887766', false]], list: [['99887766', '', true]] })
  expect(rows(CLERK)(21)).toEqual({ call: [['99887766', false]], list: [['99887766', '55550000', false]] })
  const sheet = sheetOf(book, { ...CallQuery.parse({}), language: 'en' }, roaming, 'official', 0)
  expect(sheet.text).not.toContain('55550000')
  expect(sheet.text.match(/99887766/g)?.length).toBe(5)
})

test('[P112] the file: byte order mark, CRLF, quotes, no formula, every row; a rehearsal says so', async () => {
  const { book, acts } = someDesk()
  must(book, told(guarantee(30, { electorName: '=HYPERLINK("x"),سالم', note: 'a\nb' })))
  await acts.claim({ elector: of(30), window: ONE, caller: 'Dana' })
  const at = Date.UTC(2030, 0, 15, 6, 7)
  const made = sheetOf(book, { ...CallQuery.parse({}), language: 'ar' }, ADMIN, 'rehearsal', at)
  expect([made.name, made.rows]).toEqual(['REHEARSAL-call-list-20300115T0607Z.csv', 6])
  expect(made.text.startsWith('\uFEFFالرقم,الاسم,')).toBe(true)
  expect(made.text.replaceAll('\r\n', '').replace('a\nb', '')).not.toMatch(/[\r\n]/)
  expect(made.text).toContain('"\'=HYPERLINK(""x""),سالم"')
  expect(made.text).toContain('"a\nb"')
  expect(made.text.match(/تجربة/g)?.length).toBe(6)
  expect(sheetOf(book, { ...CallQuery.parse({}), language: 'en' }, ADMIN, 'official', at).name).toBe(
    'call-list-20300115T0607Z.csv',
  )
})

test('[P113] who calls is told at once, the order later, and the end of a claim when it ends', async () => {
  const { book, clock, acts } = someDesk()
  let heard = 0
  const feed = callsSource(book, clock, () => ADMIN)(CallQuery.parse({}), () => heard++)
  const shown = () => (heard > 0 ? ((heard = 0), feed.patch('slice')) : null)
  const first = () => feed.snapshot().rows[0]
  expect(Number(first()?.guarantee)).toBe(7)
  await acts.claim({ elector: of(7), window: ONE, caller: 'Dana' })
  await clock.advance(50)
  expect(shown()?.rows[0]?.claim).toMatchObject({ caller: 'Dana', window: ONE })
  await clock.advance(3_000)
  heard = 0
  await acts.outcome({ elector: of(7), window: ONE, caller: 'Dana', outcome: 'came', note: '' })
  await acts.claim({ elector: of(2), window: ONE, caller: 'Dana' })
  await clock.advance(3_000)
  expect(shown()?.rows.map((row) => Number(row.guarantee))).toEqual([1, 2, 3, 4, 7])
  await clock.advance(CLAIM_LASTS - 3_000 - 1)
  heard = 0
  await clock.advance(60)
  expect(shown()?.rows[1]?.claim).toBeNull()
  feed.stop()
})

test('[O70] another window is refused until the call is released, done, or ten minutes old', async () => {
  const { acts, clock } = someDesk()
  const claim = (window: string) => acts.claim({ elector: of(1), window, caller: window })
  expect(await claim(ONE)).toEqual(ok({ until: clock.now() + CLAIM_LASTS, from: 'desk' }))
  expect(await claim(TWO)).toEqual(err('claimed'))
  expect(await acts.release({ elector: of(1), window: TWO })).toEqual(err('not-claimed'))
  expect((await claim(ONE)).ok).toBe(true)
  expect((await acts.release({ elector: of(1), window: ONE })).ok).toBe(true)
  expect((await claim(TWO)).ok).toBe(true)
  await clock.advance(CLAIM_LASTS - 1)
  expect(await claim(ONE)).toEqual(err('claimed'))
  await clock.advance(1)
  expect((await claim(ONE)).ok).toBe(true)
  expect(await acts.claim({ elector: of(6), window: ONE, caller: 'x' })).toEqual(err('not-to-call'))
  expect(await acts.claim({ elector: of(5), window: ONE, caller: 'x' })).toEqual(err('not-to-call'))
  expect(await someDesk(null).acts.claim({ elector: of(1), window: ONE, caller: 'x' })).toEqual(err('not-allowed'))
})

test('[O71] claims and outcomes are there again after the desk died; what the disk refuses is not claimed', async () => {
  const { acts, again, clock, book, disk, failed } = someDesk()
  await acts.claim({ elector: of(1), window: ONE, caller: 'Dana' })
  await acts.claim({ elector: of(2), window: ONE, caller: 'Dana' })
  await acts.outcome({ elector: of(2), window: ONE, caller: 'Dana', outcome: 'coming', note: 'at five' })
  disk.failWith('full')
  expect(await acts.claim({ elector: of(3), window: ONE, caller: 'Dana' })).toEqual(err('not-saved'))
  expect([failed, book.projection.duty.calls.claimOf(of(3), clock.now())]).toEqual([['full'], null])
  disk.failWith(null)
  const { calls } = again().book.projection.duty
  expect(calls.claimOf(of(1), clock.now())).toMatchObject({ caller: 'Dana', window: ONE })
  expect(calls.calledOf(of(2))).toMatchObject({ outcome: 'coming', note: 'at five', times: 1 })
  expect(calls.claimOf(of(2), clock.now())).toBeNull()
})

test('[O72] confirmation and note of one’s own go to the outbox; of another’s guarantee nothing does', async () => {
  const { acts, acted, book } = someDesk()
  const call = async (elector: ReturnType<typeof of>, outcome: 'coming' | 'no-answer' | 'came', note: string) => {
    await acts.claim({ elector, window: ONE, caller: 'Dana' })
    const answer = await acts.outcome({ elector, window: ONE, caller: 'Dana', outcome, note })
    return [answer.ok && answer.value.toServer, acted.splice(0)]
  }
  expect(await call(of(2), 'coming', 'with his sons')).toEqual([
    true,
    [
      { does: 'guarantee.confirm', id: 2, confirmation: 'CONFIRMED' },
      { does: 'guarantee.note', id: 2, text: 'with his sons', important: false },
    ],
  ])
  expect(await call(of(1), 'coming', '')).toEqual([false, []])
  expect(await call(of(4), 'no-answer', '')).toEqual([
    true,
    [{ does: 'guarantee.confirm', id: 4, confirmation: 'NOT_AVAILABLE' }],
  ])
  must(book, told(guarantee(40, { collector: OTHER })))
  expect(await call(of(40), 'coming', 'text')).toEqual([false, []])
  // Seen while the call lasted: what it came to is kept.
  await acts.claim({ elector: of(3), window: ONE, caller: 'Dana' })
  must(book, told(attendance(3)))
  expect(await acts.outcome({ elector: of(3), window: ONE, caller: 'Dana', outcome: 'came', note: '' })).toEqual(
    ok({ toServer: false, shared: false }),
  )
  expect(await acts.outcome({ elector: of(3), window: ONE, caller: 'Dana', outcome: 'came', note: '' })).toEqual(
    err('not-claimed'),
  )
})
