import { expect, test } from 'vitest'
import type { CommitteeCode, ElectorNumber, GuaranteeId } from '../../../src/shared/model/ids.ts'
import { contract } from '../../../src/shared/contract.ts'
import { connect } from '../../../src/shared/rpc/connect.ts'
import { serve } from '../../../src/shared/rpc/serve.ts'
import { GuaranteeQuery } from '../../../src/shared/view/lists.ts'
import { memoryPortPair } from '../../doubles/memory-port.ts'
import { live, told } from '../journal/on-disk.ts'
import { attendance, committee, election, guarantee, MINUTE } from '../projection/records.ts'
import { CLERK, deskWith, NOBODY, recordedDay } from './recorded-day.ts'

/** A morning: three marks ten minutes apart, the link lost in between. */
async function morning() {
  const day = recordedDay()
  const from = day.clock.now()
  day.write(...told(election({ phase: 'VOTING_DAY' }), committee(1), committee(2)))
  day.write({ is: 'link', state: 'live', cause: null, proof: null })
  for (let mark = 1; mark <= 3; mark++) {
    await day.wait(10 * MINUTE)
    if (mark === 2) day.write({ is: 'link', state: 'offline', cause: 'cut', proof: '1006' })
    day.write(live(attendance(mark, { attendedAt: day.clock.now() }), mark))
  }
  return { ...day, from }
}
const nothing = () => {}

test('[T12] the last minutes are told from the moment shown', async () => {
  const past = await morning()
  const desk = deskWith({ past: past.rows() })
  desk.viewing.open('past')
  await desk.settle()
  const headline = desk.sources.headline(null, nothing)
  expect(headline.snapshot()).toMatchObject({ attended: 3, attendedLast: { m15: 2, m30: 3 } })
  desk.viewing.player!.seek(past.from + 19 * MINUTE)
  await desk.settle()
  expect(headline.snapshot()).toMatchObject({ attended: 1, attendedLast: { m15: 1, m30: 1 } })
  headline.stop()
})

test('[T12] while it plays, what only the time moves is told again', async () => {
  const past = await morning()
  const desk = deskWith({ past: past.rows() })
  desk.viewing.open('past', past.from + 10 * MINUTE)
  await desk.settle()
  const heard: string[] = []
  const headline = desk.sources.headline(null, (key) => heard.push(key))
  desk.viewing.player!.play(60)
  await desk.live.clock.advance(2_000)
  expect(heard.length).toBeGreaterThan(2)
  headline.stop()
})

test('[T13] the link is told as the journal has it at the moment shown', async () => {
  const past = await morning()
  const desk = deskWith({ past: past.rows() })
  const link = desk.sources.link(null, nothing)
  expect(link.snapshot()).toMatchObject({ state: 'live' })
  desk.viewing.open('past')
  await desk.settle()
  expect(link.snapshot()).toMatchObject({
    state: 'offline',
    since: past.from + 20 * MINUTE,
    cause: { code: 'cut', proof: '1006' },
    roundTrip: null,
    nextTryAt: null,
  })
  const meters = desk.sources.meters(null, nothing)
  expect(meters.snapshot()).toMatchObject({
    ribbon: [{ state: 'live' }, { state: 'offline', to: null }],
    closes: [{ cause: { code: 'cut' }, lastedMs: 20 * MINUTE }],
    points: [],
  })
  desk.viewing.player!.seek(past.from + 15 * MINUTE)
  await desk.settle()
  expect(link.snapshot()).toMatchObject({ state: 'live', since: past.from })
  expect(meters.snapshot()).toMatchObject({ closes: [] })
  for (const feed of [link, meters]) feed.stop()
})

test('[T14] in a replay notes are refused; back at the link they are asked for', async () => {
  const desk = deskWith({ past: (await morning()).rows() })
  const notes = desk.sources['guarantee.notes']({ id: 1 as GuaranteeId }, nothing)
  expect(notes.snapshot()).not.toMatchObject({ because: 'in-replay' })
  desk.viewing.open('past')
  await desk.settle()
  const then = desk.sources['guarantee.notes']({ id: 1 as GuaranteeId }, nothing)
  expect(then.snapshot()).toEqual({ is: 'refused', because: 'in-replay' })
  for (const feed of [notes, then]) feed.stop()
})

test('[T20] another window goes on at the link, and so does this one when it is back', async () => {
  const past = await morning()
  const desk = deskWith({ past: past.rows() })
  const other = deskWith({}, { live: desk.live })
  const here = desk.sources.headline(null, nothing)
  const there = other.sources.headline(null, nothing)
  desk.viewing.open('past')
  await desk.settle()
  desk.live.write(...told(attendance(77)))
  expect(here.snapshot()).toMatchObject({ attended: 3 })
  expect(there.snapshot()).toMatchObject({ attended: 1 })
  desk.viewing.close()
  expect(here.snapshot()).toMatchObject({ attended: 1 })
  for (const feed of [here, there]) feed.stop()
})

test('[T21] while a window shows a recording it can look, not do', async () => {
  const past = await morning()
  const desk = deskWith({ past: past.rows() })
  const [page, host] = memoryPortPair()
  serve(contract, host, desk, {
    soon: (run) => run(),
    report: nothing,
    refuse: (command) => desk.viewing.refuse(command),
  })
  const window = connect(contract, page)
  const mark = { elector: '7001' as ElectorNumber, committee: 'C1' as CommitteeCode, notes: '' }
  expect(await window.call('replay.seek', { at: 0 })).toEqual({ ok: false, error: 'no-replay' })
  expect(await window.call('replay.open', { name: 'past', at: null })).toMatchObject({ ok: true })
  await desk.settle()
  for (const [name, input] of [
    ['attendance.mark', mark],
    ['link.try-now', null],
    ['link.reread', null],
    ['server.rehearse', null],
  ] as const)
    expect(await window.call(name, input as never)).toEqual({ ok: false, error: 'in-replay' })
  expect(await window.call('replay.play', { speed: 10 })).toMatchObject({ ok: true })
  expect(await window.call('replay.close', null)).toMatchObject({ ok: true })
  expect(desk.viewing.refuse('attendance.mark')).toBeNull()
})

test('[T22] a recording is never appended to, and the live journal stays as it was', async () => {
  const past = await morning()
  const desk = deskWith({ past: past.rows() })
  const before = JSON.stringify([past.rows(), desk.live.rows()])
  desk.viewing.open('past')
  await desk.settle()
  desk.viewing.player!.seek(past.from)
  desk.viewing.player!.play(1_000)
  await desk.live.clock.advance(5_000)
  desk.viewing.close()
  expect(JSON.stringify([past.rows(), desk.live.rows()])).toBe(before)
})

test('[T23] who is signed in may look at the journal being written; others are for administrators', async () => {
  const past = await morning()
  const desk = deskWith({ past: past.rows() })
  expect(desk.viewing.list().map(({ name, is }) => [name, is])).toEqual([
    ['now', 'now'],
    ['past', 'kept'],
  ])
  desk.become(CLERK)
  expect(desk.viewing.list().map(({ name }) => name)).toEqual(['now'])
  expect(desk.viewing.open('past')).toEqual({ ok: false, error: 'not-allowed' })
  expect(desk.viewing.open(null)).toMatchObject({ ok: true })
  await desk.settle()
  expect(desk.viewing.view()).toMatchObject({ is: 'replay', of: { is: 'now' } })
  desk.become(NOBODY)
  expect(desk.viewing.view()).toMatchObject({ is: 'live', fault: null })
  expect(desk.viewing.open(null)).toMatchObject({ ok: false })
  expect(desk.viewing.open('gone')).toEqual({ ok: false, error: 'unknown-recording' })
})

test('[T24] a file given at the start is shown without a sign-in, its phone numbers hidden', async () => {
  const past = await morning()
  past.write(...told(guarantee(1, { electorMobile: '99887766' })))
  const desk = deskWith({ 'other-desk.sqlite': past.rows() }, { file: 'other-desk.sqlite' })
  desk.become(NOBODY)
  expect(desk.viewing.open('other-desk.sqlite')).toMatchObject({ ok: true })
  await desk.settle()
  expect(desk.viewing.view()).toMatchObject({ is: 'replay', of: { is: 'file', name: 'other-desk.sqlite' } })
  const query = GuaranteeQuery.parse({})
  const list = desk.sources.guarantees(query, nothing)
  expect(list.snapshot().rows).toMatchObject([{ mobileHidden: true, electorMobile: '' }])
  list.stop()
})

test('[T4] a recording that cannot be shown is told with the reason, until that is closed', async () => {
  const desk = deskWith({ empty: [] })
  desk.viewing.open('empty')
  await desk.settle()
  expect(desk.viewing.view()).toMatchObject({ is: 'live', fault: { is: 'empty' } })
  desk.viewing.close()
  expect(desk.viewing.view()).toEqual({ is: 'live', fault: null })
})
